#include "app/agent/settings.h"

#include <string.h>

struct _MadoSettings {
  MadoConfig *config;
};

/* Header values of the journal are ASCII, and the id becomes the CN of a certificate. */
static gboolean
is_name (const char *value)
{
  return *value != '\0' && strlen (value) <= 64
         && strspn (value, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
                == strlen (value);
}

static gboolean
is_driver (const char *value)
{
  return g_str_equal (value, "ocsp") || g_str_equal (value, "crl") || g_str_equal (value, "none");
}

static gboolean
is_kind (const char *value)
{
  return g_str_equal (value, "counter") || g_str_equal (value, "kiosk");
}

static gboolean
is_http_url (const char *value)
{
  return g_str_has_prefix (value, "http://") || g_str_has_prefix (value, "https://");
}

static gboolean
is_https_url (const char *value)
{
  return g_str_has_prefix (value, "https://");
}

static gboolean
is_seconds (const char *value)
{
  guint64 seconds;

  return g_ascii_string_to_unsigned (value, 10, 1, 86400, &seconds, NULL);
}

static gboolean
is_anything (G_GNUC_UNUSED const char *value)
{
  return TRUE;
}

static const MadoConfigKey keys[] = {
  { "terminal", "id", NULL, "a terminal id: letters, digits, - _ .", is_name },
  { "terminal", "branch", NULL, "a branch id: letters, digits, - _ .", is_name },
  { "terminal", "rehearsal", "false", "true or false", mado_config_is_flag },
  { "terminal", "kind", "counter", "counter or kiosk", is_kind },
  { "trust", "anchors", NULL, "a directory with trust anchors", mado_config_is_text },
  { "auth-service", "driver", "none", "ocsp, crl or none (platform is not built in)", is_driver },
  { "auth-service", "url", NULL, "an http or https URL", is_http_url },
  { "auth-service", "crl", NULL, "a path", mado_config_is_text },
  { "server", "url", NULL, "an https URL", is_https_url },
  { "server", "ca", NULL, "a path", mado_config_is_text },
  { "keys", "kek", NULL, "the path of a file of 32 octets", mado_config_is_text },
  { "access", "staff", "", "names of users", is_anything },
  { "access", "kiosk", "", "names of users", is_anything },
  { "sync", "interval", "60", "seconds from 1 to 86400", is_seconds },
};

/* What there is no sensible value for. */
static const struct {
  const char *group, *key;
} required[] = {
  { "terminal", "id" },
  { "terminal", "branch" },
  { "trust", "anchors" },
  { "keys", "kek" },
};

static gboolean
refuse (const char *path, const char *group, const char *key, GError **error)
{
  g_set_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_INVALID,
               "%s: [%s] %s: expected, but the key is not there", path, group, key);
  return FALSE;
}

static gboolean
check_required (const MadoConfig *config, const char *path, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (required); i++)
    if (mado_config_get (config, required[i].group, required[i].key) == NULL)
      return refuse (path, required[i].group, required[i].key, error);
  return TRUE;
}

/* A driver without its source could never answer, and nobody would notice. */
static gboolean
check_driver (const MadoConfig *config, const char *path, GError **error)
{
  const char *driver = mado_config_get (config, "auth-service", "driver");

  if (g_str_equal (driver, "ocsp") && mado_config_get (config, "auth-service", "url") == NULL)
    return refuse (path, "auth-service", "url", error);
  if (g_str_equal (driver, "crl") && mado_config_get (config, "auth-service", "crl") == NULL)
    return refuse (path, "auth-service", "crl", error);
  return TRUE;
}

MadoSettings *
mado_settings_load (const char *path, GError **error)
{
  g_autoptr (MadoConfig) config = mado_config_load (path, keys, G_N_ELEMENTS (keys), error);
  MadoSettings *settings;

  if (config == NULL || !check_required (config, path, error)
      || !check_driver (config, path, error))
    return NULL;
  settings = g_new0 (MadoSettings, 1);
  settings->config = g_steal_pointer (&config);
  return settings;
}

void
mado_settings_free (MadoSettings *settings)
{
  if (settings == NULL)
    return;
  mado_config_free (settings->config);
  g_free (settings);
}

const char *
mado_settings_terminal (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "terminal", "id");
}

const char *
mado_settings_branch (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "terminal", "branch");
}

gboolean
mado_settings_is_rehearsal (const MadoSettings *settings)
{
  return mado_config_flag (settings->config, "terminal", "rehearsal");
}

gboolean
mado_settings_is_kiosk (const MadoSettings *settings)
{
  return g_str_equal (mado_config_get (settings->config, "terminal", "kind"), "kiosk");
}

const char *
mado_settings_anchors (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "trust", "anchors");
}

const char *
mado_settings_auth_driver (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "auth-service", "driver");
}

const char *
mado_settings_auth_url (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "auth-service", "url");
}

const char *
mado_settings_auth_crl (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "auth-service", "crl");
}

const char *
mado_settings_server_url (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "server", "url");
}

const char *
mado_settings_server_ca (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "server", "ca");
}

const char *
mado_settings_kek (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "keys", "kek");
}

const char *
mado_settings_staff (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "access", "staff");
}

const char *
mado_settings_kiosk (const MadoSettings *settings)
{
  return mado_config_get (settings->config, "access", "kiosk");
}

guint
mado_settings_sync_interval (const MadoSettings *settings)
{
  return (guint)g_ascii_strtoull (mado_config_get (settings->config, "sync", "interval"), NULL, 10);
}
