/* app/central/listener.h - one socket with its table of routes: libmicrohttpd, TLS by GnuTLS.
 *
 * A thread pool with epoll. A request that is refused is still read to its end, within the limit,
 * so that a client in the middle of sending hears why instead of a reset.
 */
#pragma once
#include "app/central/address.h"
#include "app/central/routes.h"

typedef struct _MadoListener MadoListener;

/* How one listener speaks. */
typedef struct {
  const MadoRoutes *routes;
  const char       *certificate; /* PEM text; %NULL: plain HTTP */
  const char       *key;         /* PEM text */
  const char       *client_root; /* PEM text: the authority clients are asked for */
  guint             threads;
  gboolean          believes_proxy; /* a unix socket: the proxy says who the client is */
} MadoListenerOptions;

/**
 * mado_listener_new:
 * @house: must outlive the listener
 *
 * Serves from its return on: TLS 1.3 alone, 30 s for a slow client.
 *
 * Returns: (transfer full): %NULL with %MADO_CENTRAL_ERROR_LISTEN
 */
MadoListener *mado_listener_new (const MadoAddress         *address,
                                 const MadoListenerOptions *options,
                                 MadoHouse                 *house,
                                 GError                   **error) G_GNUC_WARN_UNUSED_RESULT;

/** The port really taken; 0 for a unix socket. */
guint16 mado_listener_port (const MadoListener *listener);

/** Takes no more requests, lets those at work end, closes the rest. Blocks for their sake. */
void mado_listener_free (MadoListener *listener);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoListener, mado_listener_free)
