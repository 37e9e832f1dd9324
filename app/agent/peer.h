/* app/agent/peer.h - one connection: who it is, what it may call, the answers it gets. */
#pragma once
#include "app/agent/access.h"
#include "app/agent/bus.h"

#include <gio/gio.h>

typedef struct _MadoPeer MadoPeer;

typedef void (*MadoPeerGone) (MadoPeer *peer, gpointer data);

/**
 * mado_peer_new:
 * @gone: the connection ended; the peer is to be freed
 *
 * Returns: (transfer full): or %NULL when nothing can be exported on @connection
 */
MadoPeer *mado_peer_new (GDBusConnection    *connection,
                         MadoRole            role,
                         const MadoBusParts *parts,
                         MadoPeerGone        gone,
                         gpointer            data);

/** Ends the connection and its sitting. */
void mado_peer_free (MadoPeer *peer);

/** Emits Changed when the sitting is this peer's. */
void mado_peer_session_changed (MadoPeer *peer);

/** Emits StatusChanged when this peer may know. */
void mado_peer_status_changed (MadoPeer *peer, const char *status);
