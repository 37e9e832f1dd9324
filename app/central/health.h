/* app/central/health.h - GET /healthz: alive; GET /readyz: the store answers. */
#pragma once
#include "app/central/exchange.h"

MadoReply *mado_health_alive (const MadoExchange *exchange);
MadoReply *mado_health_ready (const MadoExchange *exchange);

/** GET /metrics, on a listener of its own: Prometheus' text form 0.0.4. */
MadoReply *mado_health_metrics (const MadoExchange *exchange);
