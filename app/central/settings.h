/* app/central/settings.h - what the server was told: central.conf and its state directory.
 *
 * Keys: [listen] sync, staff, apply; [tls] certificate, key; [store] url; [mail] smtp, from;
 * [keys] kek; [metrics] listen. Relative paths start at the state directory.
 */
#pragma once
#include <glib.h>

typedef struct {
  char *state_dir;
  char *sync_listen;                   /* "127.0.0.1:8443" or "unix:PATH" */
  char *staff_listen;                  /* (nullable) not served in this version */
  char *apply_listen;                  /* (nullable) not served in this version */
  char *metrics_listen;                /* (nullable): none; a loopback address */
  char *mail_smtp;                     /* (nullable) not used in this version */
  char *certificate, *key;             /* of the server, PEM */
  char *server_ca, *server_ca_key;     /* the authority that made them, unless a city has its own */
  char *terminal_ca, *terminal_ca_key; /* the authority for terminals */
  char *kek;                           /* file of 32 octets */
} MadoSettings;

/**
 * mado_settings_load:
 * @path: (nullable): %NULL: defaults only
 *
 * Without a `[keys] kek` that exists, `central.kek` of the state directory is the one. Blocks.
 *
 * Returns: (transfer full): or %NULL with %MADO_CONFIG_ERROR
 */
MadoSettings *mado_settings_load (const char *path,
                                  const char *state_dir,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void          mado_settings_free (MadoSettings *settings);

/** The 32 octets, wiped when the last reference goes; %NULL with %MADO_CENTRAL_ERROR_FILE. */
GBytes *mado_settings_read_kek (const MadoSettings *settings, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSettings, mado_settings_free)
