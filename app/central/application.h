/* app/central/application.h - GET /v1/applications/ID, GET /v1/box-key. */
#pragma once
#include "app/central/exchange.h"

/** Everything the line adds up to: {"application","state","home","seq","head","fields",…}; 404
 * also for one that another branch gave. */
MadoReply *mado_application_show (const MadoExchange *exchange);

/** {"id","public"}: what terminals box keys for. */
MadoReply *mado_box_key_show (const MadoExchange *exchange);
