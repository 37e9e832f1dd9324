#include "app/central/setup.h"

#include "app/base/random.h"
#include "app/central/error.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define DAY (24 * 60 * 60)
#define ROOT_DAYS (20 * 365)
#define SERVER_DAYS (5 * 365)
#define RENEW_DAYS 90
#define KEK_LEN 32

static gboolean
pass_on (GError **error, MadoCentralError code, const char *what, const GError *fault)
{
  return mado_central_raise (error, code, "%s: %s", what, fault->message);
}

static gboolean
is_there (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

GBytes *
mado_setup_read_file (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  char *text;
  gsize len;

  if (g_file_get_contents (path, &text, &len, &fault))
    return g_bytes_new_take (text, len);
  mado_central_raise (error, MADO_CENTRAL_ERROR_FILE, "%s (madoguchi-central init makes it)",
                      fault->message);
  return NULL;
}

static gboolean
write_file (const char *path, GBytes *content, int mode, GError **error)
{
  g_autoptr (GError) fault = NULL;
  gsize       len;
  const char *data = g_bytes_get_data (content, &len);

  if (!g_file_set_contents_full (path, data, (gssize)len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode,
                                 &fault))
    return pass_on (error, MADO_CENTRAL_ERROR_FILE, "cannot write", fault);
  /* A unit's UMask=0077 must not keep terminals from a copy of the public certificate. */
  if (g_chmod (path, (mode_t)mode) != 0)
    return mado_central_raise (error, MADO_CENTRAL_ERROR_FILE, "cannot write: %s: %s", path,
                               g_strerror (errno));
  return TRUE;
}

static gboolean
make_kek (const char *path, GError **error)
{
  guint8 octets[KEK_LEN];

  if (is_there (path))
    return TRUE;
  mado_random (octets, sizeof octets);
  g_autoptr (GBytes) content = g_bytes_new_static (octets, sizeof octets);
  gboolean ok = write_file (path, content, 0600, error);
  explicit_bzero (octets, sizeof octets);
  return ok;
}

static MadoKey *
load_key (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) pem = mado_setup_read_file (path, error);
  MadoKey *key = pem != NULL ? mado_key_from_pem (pem, &fault) : NULL;

  if (fault != NULL)
    pass_on (error, MADO_CENTRAL_ERROR_FILE, path, fault);
  return key;
}

static MadoCert *
load_cert (const char *path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) pem = mado_setup_read_file (path, error);
  MadoCert *cert = pem != NULL ? mado_cert_parse (pem, &fault) : NULL;

  if (fault != NULL)
    pass_on (error, MADO_CENTRAL_ERROR_FILE, path, fault);
  return cert;
}

static MadoAuthority *
load_authority (const char *cert_path, const char *key_path, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (MadoCert) root = load_cert (cert_path, error);
  g_autoptr (MadoKey) key = root != NULL ? load_key (key_path, error) : NULL;
  MadoAuthority *authority = key != NULL ? mado_authority_new (root, key, &fault) : NULL;

  if (fault != NULL)
    pass_on (error, MADO_CENTRAL_ERROR_FILE, cert_path, fault);
  return authority;
}

MadoAuthority *
mado_setup_load_terminal_authority (const MadoSettings *settings, GError **error)
{
  return load_authority (settings->terminal_ca, settings->terminal_ca_key, error);
}

/* The key is written first: a root without its key would never be made good. */
static gboolean
make_authority (
    const char *name, const char *cert_path, const char *key_path, gint64 now, GError **error)
{
  g_autoptr (GError) fault = NULL;

  if (is_there (cert_path))
    return TRUE;
  g_autoptr (MadoKey) key = mado_key_new (&fault);
  g_autoptr (MadoAuthority) authority
      = key != NULL ? mado_authority_new_self_signed (name, key, now - DAY,
                                                      now + (gint64)ROOT_DAYS * DAY, &fault)
                    : NULL;
  if (authority == NULL)
    return pass_on (error, MADO_CENTRAL_ERROR_SETUP, name, fault);
  g_autoptr (GBytes) key_pem = mado_key_to_pem (key);
  g_autoptr (GBytes) root_pem = mado_cert_pem (mado_authority_root (authority));
  return write_file (key_path, key_pem, 0600, error)
         && write_file (cert_path, root_pem, 0644, error);
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (name != NULL && *name != '\0'
      && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

/* The names a certificate has are kept beside it, so that `init --name` twice gives both. */
static GPtrArray *
collect_names (const char *list_path, const char *name)
{
  GPtrArray               *names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char         *text = NULL;
  static const char *const always[] = { "localhost", "127.0.0.1", "::1", NULL };

  for (const char *const *at = always; *at != NULL; at++)
    add_name (names, *at);
  add_name (names, g_get_host_name ());
  if (g_file_get_contents (list_path, &text, NULL, NULL)) {
    g_auto (GStrv) kept = g_strsplit (text, "\n", -1);
    for (char **at = kept; *at != NULL; at++)
      add_name (names, *at);
  }
  add_name (names, name);
  return names;
}

static gboolean
write_names (const char *path, GPtrArray *names, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s\n", (const char *)names->pdata[i]);
  g_autoptr (GBytes) content = g_bytes_new (text->str, text->len);
  return write_file (path, content, 0644, error);
}

static MadoCert *
issue_server (MadoAuthority *authority, MadoKey *key, GPtrArray *names, gint64 now, GError **error)
{
  g_autoptr (GBytes) pkcs10 = mado_request_new (key, "madoguchi-central", error);
  g_autoptr (MadoRequest) request = pkcs10 != NULL ? mado_request_parse (pkcs10, error) : NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  if (request == NULL)
    return NULL;
  g_ptr_array_extend (list, names, NULL, NULL);
  g_ptr_array_add (list, NULL);
  MadoIssue issue = {
    .common_name = "madoguchi-central",
    .usage = MADO_ISSUE_SERVER,
    .names = (const char *const *)list->pdata,
    .not_before = now - DAY,
    .not_after = now + (gint64)SERVER_DAYS * DAY,
  };
  return mado_authority_issue (authority, request, &issue, error);
}

static gboolean
write_server (const MadoSettings *settings, GPtrArray *names, gint64 now, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (MadoAuthority) authority
      = load_authority (settings->server_ca, settings->server_ca_key, error);
  if (authority == NULL)
    return FALSE;
  g_autoptr (MadoKey) key = mado_key_new (&fault);
  g_autoptr (MadoCert) cert
      = key != NULL ? issue_server (authority, key, names, now, &fault) : NULL;
  if (cert == NULL)
    return pass_on (error, MADO_CENTRAL_ERROR_SETUP, "the server's certificate", fault);
  g_autoptr (GBytes) key_pem = mado_key_to_pem (key);
  g_autoptr (GBytes) cert_pem = mado_cert_pem (cert);
  return write_file (settings->key, key_pem, 0600, error)
         && write_file (settings->certificate, cert_pem, 0644, error);
}

static gboolean
lists_name (const char *names_path, const char *name)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (names_path, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) names = g_strsplit (text, "\n", -1);
  return g_strv_contains ((const char *const *)names, name);
}

/* @names_path exists exactly when the certificate in place is one of ours. */
static gboolean
is_foreign (const MadoSettings *settings, const char *names_path)
{
  return is_there (settings->certificate) && !is_there (names_path);
}

/* One that cannot be read is no reason to write over it: starting tells what is wrong with it. */
static gboolean
ends_soon (const char *path, gint64 now)
{
  g_autoptr (MadoCert) cert = load_cert (path, NULL);

  return cert != NULL && mado_cert_not_after (cert) < now + RENEW_DAYS * DAY;
}

static gboolean
make_server (const MadoSettings *settings, const char *name, gint64 now, GError **error)
{
  g_autofree char *names_path = g_strconcat (settings->certificate, ".names", NULL);
  g_autoptr (GPtrArray) names = collect_names (names_path, name);
  gboolean there = is_there (settings->certificate) && is_there (settings->key);

  if (is_foreign (settings, names_path))
    return there
           || mado_central_raise (error, MADO_CENTRAL_ERROR_FILE,
                                  "[tls] key: %s is not there, but its certificate %s is",
                                  settings->key, settings->certificate);
  if (there && !ends_soon (settings->certificate, now)
      && (name == NULL || lists_name (names_path, name)))
    return TRUE;
  return make_authority ("Madoguchi server authority", settings->server_ca, settings->server_ca_key,
                         now, error)
         && write_server (settings, names, now, error) && write_names (names_path, names, error);
}

gboolean
mado_setup_prepare (const MadoSettings *settings,
                    const char         *name,
                    MadoClock          *clock,
                    GError            **error)
{
  gint64 now = mado_clock_now (clock);

  if (g_mkdir_with_parents (settings->state_dir, 0700) != 0)
    return mado_central_raise (error, MADO_CENTRAL_ERROR_FILE, "%s: %s", settings->state_dir,
                               g_strerror (errno));
  return make_kek (settings->kek, error) && make_server (settings, name, now, error)
         && make_authority ("Madoguchi terminal authority", settings->terminal_ca,
                            settings->terminal_ca_key, now, error);
}
