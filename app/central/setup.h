/* app/central/setup.h - `init`: what a state directory needs before a server can run in it. */
#pragma once
#include "app/base/clock.h"
#include "app/central/settings.h"
#include "certs/authority.h"

/**
 * mado_setup_prepare:
 * @name: (nullable): a further DNS name or IP address for the server's certificate
 *
 * Makes what is missing and touches nothing that is there: the directory (0700), the key for keys,
 * the authority for servers with a server certificate (localhost, 127.0.0.1, ::1, this host's name
 * and @name), the authority for terminals. Keys are 0600. A certificate that is there but lacks
 * @name or ends within 90 days is issued anew, if it came from our own authority. Blocks.
 *
 * Returns: %FALSE with %MADO_CENTRAL_ERROR_FILE or _SETUP
 */
gboolean mado_setup_prepare (const MadoSettings *settings,
                             const char         *name,
                             MadoClock          *clock,
                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/** The authority for terminals; %NULL with %MADO_CENTRAL_ERROR_FILE. */
MadoAuthority *mado_setup_load_terminal_authority (const MadoSettings *settings, GError **error);

/** All of a file; %NULL with %MADO_CENTRAL_ERROR_FILE. */
GBytes *mado_setup_read_file (const char *path, GError **error);
