/* app/central/routes.h - what is served where: one table a listener. openapi.json says the same. */
#pragma once
#include "app/central/exchange.h"

typedef struct {
  const char *method; /* "GET" also answers HEAD */
  const char *path;   /* "/v1/applications/" with a slash at its end takes one argument */
  gboolean    needs_terminal;
  const char *accepts;  /* media type of the body; %NULL: no body */
  gsize       body_max; /* octets */
  MadoRoute   serve;
} MadoRouteRow;

typedef struct {
  const MadoRouteRow *rows;
  gsize               n_rows;
} MadoRoutes;

extern const MadoRoutes mado_routes_sync;    /* terminals: mutual TLS and EST */
extern const MadoRoutes mado_routes_metrics; /* this machine alone */

/**
 * mado_routes_find:
 * @ret_argument: (out): into @path, what follows a row's slash
 * @ret_refusal: (out) (transfer full): the 404 or 405 when there is no row
 */
const MadoRouteRow *mado_routes_find (const MadoRoutes *routes,
                                      const char       *method,
                                      const char       *path,
                                      const char      **ret_argument,
                                      MadoReply       **ret_refusal);
