#include "app/sync/identity.h"

#include "app/sync/error.h"

#include <errno.h>
#include <glib/gstdio.h>

MadoIdentity *
mado_identity_new (const char *state_dir)
{
  MadoIdentity *identity = g_new0 (MadoIdentity, 1);

  identity->key = g_build_filename (state_dir, "terminal.key", NULL);
  identity->certificate = g_build_filename (state_dir, "terminal.crt", NULL);
  identity->server_ca = g_build_filename (state_dir, "server-ca.pem", NULL);
  return identity;
}

void
mado_identity_free (MadoIdentity *identity)
{
  if (identity == NULL)
    return;
  g_free (identity->key);
  g_free (identity->certificate);
  g_free (identity->server_ca);
  g_free (identity);
}

static char *
fresh_name (const char *path)
{
  return g_strconcat (path, ".new", NULL);
}

static gboolean
take_fresh (const char *path, GError **error)
{
  g_autofree char *fresh = fresh_name (path);

  if (g_rename (fresh, path) == 0 || errno == ENOENT)
    return TRUE;
  return mado_sync_raise (error, MADO_SYNC_ERROR_IO, "%s: %s", path, g_strerror (errno));
}

/* The fresh certificate is written last and renamed last: while it is there, the other two are
 * whole, in their places or still beside them. */
static gboolean
finish_replace (const MadoIdentity *identity, GError **error)
{
  g_autofree char *certificate = fresh_name (identity->certificate);

  return !g_file_test (certificate, G_FILE_TEST_EXISTS)
         || (take_fresh (identity->server_ca, error) && take_fresh (identity->key, error)
             && take_fresh (identity->certificate, error));
}

gboolean
mado_identity_is_enrolled (const MadoIdentity *identity)
{
  g_autoptr (GError) fault = NULL;

  if (!finish_replace (identity, &fault))
    g_debug ("cannot finish an enrolment: %s", fault->message);
  return g_file_test (identity->key, G_FILE_TEST_IS_REGULAR)
         && g_file_test (identity->certificate, G_FILE_TEST_IS_REGULAR)
         && g_file_test (identity->server_ca, G_FILE_TEST_IS_REGULAR);
}

static gboolean
write_file (const char *path, GBytes *content, int mode, GError **error)
{
  gsize       len;
  const char *data = g_bytes_get_data (content, &len);
  g_autoptr (GError) fault = NULL;

  /* The old file goes first: replacing it would keep the mode it had. */
  g_unlink (path);
  if (!g_file_set_contents_full (path, data, (gssize)len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, mode,
                                 &fault))
    return mado_sync_raise (error, MADO_SYNC_ERROR_IO, "%s", fault->message);
  return TRUE;
}

gboolean
mado_identity_replace (const MadoIdentity *identity,
                       GBytes             *key,
                       GBytes             *certificate,
                       GBytes             *server_ca,
                       GError            **error)
{
  g_autofree char *key_new = fresh_name (identity->key);
  g_autofree char *certificate_new = fresh_name (identity->certificate);
  g_autofree char *ca_new = fresh_name (identity->server_ca);

  return finish_replace (identity, error) && write_file (key_new, key, 0600, error)
         && write_file (ca_new, server_ca, 0644, error)
         && write_file (certificate_new, certificate, 0644, error)
         && finish_replace (identity, error);
}
