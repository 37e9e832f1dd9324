/* app/central/exchange.h - one request as a route sees it. */
#pragma once
#include "app/central/house.h"
#include "app/central/reply.h"

typedef struct {
  MadoHouse          *house;
  const char         *method;
  const char         *path;             /* without the query */
  const char         *argument;         /* what follows the route's path: an application's id */
  const char         *authorization;    /* header; %NULL: none */
  const char         *content_encoding; /* header; %NULL: none */
  GBytes             *body;             /* as it came */
  MadoCert           *cert;     /* the terminal's, checked; %NULL on routes that ask for none */
  MadoCentreTerminal *terminal; /* whose it is, enrolled and not revoked */
} MadoExchange;

typedef MadoReply *(*MadoRoute) (const MadoExchange *exchange);

/** A failure of ours as an answer, logged once: 503 for a disk a person must repair, else 500. */
MadoReply *mado_exchange_fault (const MadoExchange *exchange, const GError *fault);
