/* app/central/server.h - the central server as a whole: store, authority, listeners. */
#pragma once
#include "app/central/settings.h"

typedef struct _MadoServer MadoServer;

/**
 * mado_server_new:
 *
 * Opens the store and serves from its return on. Blocks.
 *
 * Returns: (transfer full): %NULL with %MADO_CENTRAL_ERROR or the store's
 */
MadoServer *mado_server_new (const MadoSettings *settings,
                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;
void        mado_server_free (MadoServer *server);

/** Where terminals are served: "https://127.0.0.1:8443" or "unix:PATH"; stays the server's. */
const char *mado_server_url (const MadoServer *server);

/** "http://127.0.0.1:PORT/metrics", or %NULL. */
const char *mado_server_metrics_url (const MadoServer *server);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoServer, mado_server_free)
