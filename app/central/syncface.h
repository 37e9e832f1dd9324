/* app/central/syncface.h - POST /v1/sync: a terminal gives lines and takes what is new. */
#pragma once
#include "app/central/exchange.h"

MadoReply *mado_sync_face (const MadoExchange *exchange);
