/* app/central/peer.h - which terminal is on the other side of a connection. */
#pragma once
#include "app/central/exchange.h"

/**
 * mado_peer_identify:
 * @cert: (nullable): the certificate shown; its key was proved in the TLS handshake
 * @exchange: receives cert and terminal
 *
 * From our authority for terminals, valid now, and at this very moment the certificate of a
 * terminal that is not revoked: asked at every request, so that a revocation holds at once.
 *
 * Returns: (transfer full): %NULL when it is one of ours, else the 403
 */
MadoReply *mado_peer_identify (MadoCert *cert, MadoExchange *exchange);
