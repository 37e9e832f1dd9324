/* app/central/estface.h - EST (RFC 7030): how a terminal gets its certificate. */
#pragma once
#include "app/central/exchange.h"

/** GET /.well-known/est/cacerts: the authority for terminals. */
MadoReply *mado_est_cacerts (const MadoExchange *exchange);

/** POST /.well-known/est/simpleenroll: PKCS #10 in, certificate out, for one one-time password. */
MadoReply *mado_est_simpleenroll (const MadoExchange *exchange);
