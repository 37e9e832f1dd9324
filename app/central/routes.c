#include "app/central/routes.h"

#include "app/central/application.h"
#include "app/central/estface.h"
#include "app/central/health.h"
#include "app/central/syncface.h"
#include "app/sync/est.h"
#include "app/sync/request.h"

#include <string.h>

#define REQUEST_MAX (16 * 1024) /* a PKCS #10 request is some hundred octets */

static const MadoRouteRow sync_rows[] = {
  { "POST", "/v1/sync", TRUE, "application/json", MADO_SYNC_SENT_MAX, mado_sync_face },
  { "GET", "/v1/applications/", TRUE, NULL, 0, mado_application_show },
  { "GET", "/v1/box-key", TRUE, NULL, 0, mado_box_key_show },
  { "GET", MADO_EST_CACERTS, FALSE, NULL, 0, mado_est_cacerts },
  { "POST", MADO_EST_ENROLL, FALSE, MADO_EST_PKCS10, REQUEST_MAX, mado_est_simpleenroll },
  { "GET", "/healthz", FALSE, NULL, 0, mado_health_alive },
  { "GET", "/readyz", FALSE, NULL, 0, mado_health_ready },
};

static const MadoRouteRow metrics_rows[] = {
  { "GET", "/metrics", FALSE, NULL, 0, mado_health_metrics },
};

const MadoRoutes mado_routes_sync = { sync_rows, G_N_ELEMENTS (sync_rows) };
const MadoRoutes mado_routes_metrics = { metrics_rows, G_N_ELEMENTS (metrics_rows) };

static gboolean
is_path_of (const MadoRouteRow *row, const char *path)
{
  gsize len = strlen (row->path);

  if (row->path[len - 1] != '/')
    return g_str_equal (row->path, path);
  return g_str_has_prefix (path, row->path) && path[len] != '\0' && !strchr (path + len, '/');
}

static gboolean
is_method_of (const MadoRouteRow *row, const char *method)
{
  return g_str_equal (row->method, g_str_equal (method, "HEAD") ? "GET" : method);
}

const MadoRouteRow *
mado_routes_find (const MadoRoutes *routes,
                  const char       *method,
                  const char       *path,
                  const char      **ret_argument,
                  MadoReply       **ret_refusal)
{
  gboolean known = FALSE;

  for (gsize i = 0; i < routes->n_rows; i++) {
    const MadoRouteRow *row = &routes->rows[i];
    if (!is_path_of (row, path))
      continue;
    known = TRUE;
    if (!is_method_of (row, method))
      continue;
    *ret_argument = path + strlen (row->path);
    return row;
  }
  *ret_refusal = known ? mado_reply_fault (405, "method", "not with this method")
                       : mado_reply_fault (404, "not_found", "nothing is served here");
  return NULL;
}
