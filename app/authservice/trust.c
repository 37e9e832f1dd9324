#include "app/authservice/trust.h"

#include "app/authservice/error.h"

static gboolean
is_anchor_name (const char *name)
{
  return g_str_has_suffix (name, ".pem") || g_str_has_suffix (name, ".crt")
         || g_str_has_suffix (name, ".cer") || g_str_has_suffix (name, ".der");
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static GPtrArray *
list_names (const char *dir, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GDir) folder = g_dir_open (dir, 0, &fault);
  const char *name;

  if (folder == NULL) {
    mado_auth_raise (error, MADO_AUTH_ERROR_ANCHORS, "%s", fault->message);
    return NULL;
  }
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (is_anchor_name (name))
      g_ptr_array_add (names, g_build_filename (dir, name, NULL));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static MadoCert *
load_anchor (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  char     *text;
  gsize     len;
  MadoCert *cert = NULL;

  if (g_file_get_contents (path, &text, &len, &fault)) {
    g_autoptr (GBytes) octets = g_bytes_new_take (text, len);
    cert = mado_cert_parse (octets, &fault);
  }
  if (cert == NULL)
    mado_auth_raise (error, MADO_AUTH_ERROR_ANCHORS, "%s: %s", path, fault->message);
  return cert;
}

GPtrArray *
mado_trust_load (const char *dir, GError **error)
{
  g_autoptr (GPtrArray) names = list_names (dir, error);
  g_autoptr (GPtrArray) anchors = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_cert_unref);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    MadoCert *cert = load_anchor (names->pdata[i], error);
    if (cert == NULL)
      return NULL;
    g_ptr_array_add (anchors, cert);
  }
  if (names == NULL)
    return NULL;
  if (anchors->len == 0) {
    mado_auth_raise (error, MADO_AUTH_ERROR_ANCHORS, "%s: no certificate in it", dir);
    return NULL;
  }
  return g_steal_pointer (&anchors);
}
