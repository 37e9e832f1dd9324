#include "app/central/settings.h"

#include "app/base/config.h"
#include "app/central/address.h"
#include "app/central/error.h"

#include <string.h>

#define KEK_LEN 32

static gboolean
is_store_url (const char *value)
{
  return g_str_equal (value, "sqlite:central.db");
}

static gboolean
is_mail_url (const char *value)
{
  return g_str_has_prefix (value, "smtp://") || g_str_has_prefix (value, "smtps://");
}

static gboolean
is_mail_address (const char *value)
{
  const char *at = strchr (value, '@');

  return at != NULL && at > value && at[1] != '\0' && strpbrk (value, " <>\r\n") == NULL;
}

static const MadoConfigKey keys[] = {
  { "listen", "sync", "127.0.0.1:8443", "ADDRESS:PORT or unix:/PATH", mado_address_is_any },
  { "listen", "staff", NULL, "ADDRESS:PORT or unix:/PATH", mado_address_is_any },
  { "listen", "apply", NULL, "ADDRESS:PORT or unix:/PATH", mado_address_is_any },
  { "metrics", "listen", NULL, "a loopback ADDRESS:PORT", mado_address_is_loopback },
  { "tls", "certificate", "server.crt", "a path", mado_config_is_text },
  { "tls", "key", "server.key", "a path", mado_config_is_text },
  { "store", "url", "sqlite:central.db",
    "sqlite:central.db (postgresql:// is not built into this version)", is_store_url },
  { "mail", "smtp", NULL, "smtp://HOST:PORT or smtps://HOST:PORT", is_mail_url },
  { "mail", "from", NULL, "a mail address", is_mail_address },
  { "keys", "kek", NULL, "a path", mado_config_is_text },
};

static char *
in_state_dir (const char *state_dir, const char *path)
{
  return g_path_is_absolute (path) ? g_strdup (path) : g_build_filename (state_dir, path, NULL);
}

/* A configured key that is not there yet is no error: `init` makes one in the state directory. */
static char *
find_kek (const char *state_dir, const char *configured)
{
  g_autofree char *path = configured != NULL ? in_state_dir (state_dir, configured) : NULL;

  if (path != NULL && g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  return g_build_filename (state_dir, "central.kek", NULL);
}

static MadoSettings *
read_settings (const MadoConfig *config, const char *state_dir)
{
  MadoSettings *settings = g_new0 (MadoSettings, 1);

  settings->state_dir = g_strdup (state_dir);
  settings->sync_listen = g_strdup (mado_config_get (config, "listen", "sync"));
  settings->staff_listen = g_strdup (mado_config_get (config, "listen", "staff"));
  settings->apply_listen = g_strdup (mado_config_get (config, "listen", "apply"));
  settings->metrics_listen = g_strdup (mado_config_get (config, "metrics", "listen"));
  settings->mail_smtp = g_strdup (mado_config_get (config, "mail", "smtp"));
  settings->certificate = in_state_dir (state_dir, mado_config_get (config, "tls", "certificate"));
  settings->key = in_state_dir (state_dir, mado_config_get (config, "tls", "key"));
  settings->server_ca = g_build_filename (state_dir, "server-ca.pem", NULL);
  settings->server_ca_key = g_build_filename (state_dir, "server-ca.key", NULL);
  settings->terminal_ca = g_build_filename (state_dir, "terminal-ca.pem", NULL);
  settings->terminal_ca_key = g_build_filename (state_dir, "terminal-ca.key", NULL);
  settings->kek = find_kek (state_dir, mado_config_get (config, "keys", "kek"));
  return settings;
}

MadoSettings *
mado_settings_load (const char *path, const char *state_dir, GError **error)
{
  g_autoptr (MadoConfig) config
      = mado_config_load (path != NULL ? path : "/dev/null", keys, G_N_ELEMENTS (keys), error);

  return config != NULL ? read_settings (config, state_dir) : NULL;
}

void
mado_settings_free (MadoSettings *settings)
{
  if (settings == NULL)
    return;
  g_free (settings->state_dir);
  g_free (settings->sync_listen);
  g_free (settings->staff_listen);
  g_free (settings->apply_listen);
  g_free (settings->metrics_listen);
  g_free (settings->mail_smtp);
  g_free (settings->certificate);
  g_free (settings->key);
  g_free (settings->server_ca);
  g_free (settings->server_ca_key);
  g_free (settings->terminal_ca);
  g_free (settings->terminal_ca_key);
  g_free (settings->kek);
  g_free (settings);
}

static void
wipe_kek (gpointer octets)
{
  explicit_bzero (octets, KEK_LEN);
  g_free (octets);
}

GBytes *
mado_settings_read_kek (const MadoSettings *settings, GError **error)
{
  g_autoptr (GError) fault = NULL;
  char *octets;
  gsize len;

  if (!g_file_get_contents (settings->kek, &octets, &len, &fault)) {
    mado_central_raise (error, MADO_CENTRAL_ERROR_FILE, "[keys] kek: %s (madoguchi-central init)",
                        fault->message);
    return NULL;
  }
  if (len == KEK_LEN)
    return g_bytes_new_with_free_func (octets, len, wipe_kek, octets);
  explicit_bzero (octets, len);
  g_free (octets);
  mado_central_raise (error, MADO_CENTRAL_ERROR_FILE, "[keys] kek: %s: expected %d octets",
                      settings->kek, KEK_LEN);
  return NULL;
}
