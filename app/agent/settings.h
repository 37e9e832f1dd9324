/* app/agent/settings.h - what madoguchi.conf says. */
#pragma once
#include "app/base/config.h"

typedef struct _MadoSettings MadoSettings;

/**
 * mado_settings_load:
 * @path: the key file; drop-ins in `@path.d/`
 *
 * Every key there is, is read here and nowhere else; the man page lists them. Blocks (files).
 *
 * Returns: (transfer full): or %NULL with %MADO_CONFIG_ERROR: FILE:LINE and what was expected, or
 *   FILE and the key that must be there
 */
MadoSettings *mado_settings_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          mado_settings_free (MadoSettings *settings);

/* [terminal] */
const char *mado_settings_terminal (const MadoSettings *settings);
const char *mado_settings_branch (const MadoSettings *settings);
gboolean    mado_settings_is_rehearsal (const MadoSettings *settings);
gboolean    mado_settings_is_kiosk (const MadoSettings *settings); /* kind=kiosk: box only */

/* [trust] */
const char *mado_settings_anchors (const MadoSettings *settings);

/* [auth-service]: "ocsp", "crl" or "none"; templates with {profile}, %NULL when absent. */
const char *mado_settings_auth_driver (const MadoSettings *settings);
const char *mado_settings_auth_url (const MadoSettings *settings);
const char *mado_settings_auth_crl (const MadoSettings *settings);

/* [server]: %NULL when absent; then enrolment names it. */
const char *mado_settings_server_url (const MadoSettings *settings);
const char *mado_settings_server_ca (const MadoSettings *settings);

/* [keys]: path of the 32 octets. */
const char *mado_settings_kek (const MadoSettings *settings);

/* [access]: names of users, separated by blanks, commas or semicolons; may be empty. */
const char *mado_settings_staff (const MadoSettings *settings);
const char *mado_settings_kiosk (const MadoSettings *settings);

/* [sync] interval, seconds. */
guint mado_settings_sync_interval (const MadoSettings *settings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSettings, mado_settings_free)
