#include "app/central/visit.h"

#include "app/base/media.h"

#define SLOW_US (30 * G_USEC_PER_SEC)
#define DRAIN_MAX (8 * 1024 * 1024)

static gboolean
is_longer (const char *content_length, gsize max)
{
  guint64 len;

  return content_length != NULL
         && (!g_ascii_string_to_unsigned (content_length, 10, 0, G_MAXUINT64, &len, NULL)
             || len > max);
}

static MadoReply *
judge_headers (const MadoRouteRow *row, const MadoVisitHeaders *headers)
{
  if (is_longer (headers->content_length, row->body_max))
    return mado_reply_fault (413, "too_large", "the body is longer than this takes");
  if (row->accepts != NULL && !mado_media_type_is (headers->content_type, row->accepts))
    return mado_reply_fault (415, "media_type", "another content type is expected");
  return NULL;
}

MadoVisit *
mado_visit_new (MadoHouse              *house,
                const MadoRoutes       *routes,
                const char             *method,
                const char             *path,
                const MadoVisitHeaders *headers)
{
  MadoVisit *visit = g_new0 (MadoVisit, 1);

  visit->started = g_get_monotonic_time ();
  visit->body = g_byte_array_new ();
  visit->path = g_strdup (path);
  visit->exchange = (MadoExchange){
    .house = house,
    .method = method,
    .path = visit->path,
    .authorization = headers->authorization,
    .content_encoding = headers->content_encoding,
  };
  visit->row
      = mado_routes_find (routes, method, visit->path, &visit->exchange.argument, &visit->refusal);
  if (visit->row != NULL)
    visit->refusal = judge_headers (visit->row, headers);
  return visit;
}

void
mado_visit_free (MadoVisit *visit)
{
  if (visit == NULL)
    return;
  g_clear_pointer (&visit->refusal, mado_reply_free);
  g_clear_pointer (&visit->exchange.body, g_bytes_unref);
  g_clear_pointer (&visit->exchange.cert, mado_cert_unref);
  g_clear_pointer (&visit->exchange.terminal, mado_centre_terminal_free);
  g_byte_array_unref (visit->body);
  g_free (visit->path);
  g_free (visit);
}

gboolean
mado_visit_needs_terminal (const MadoVisit *visit)
{
  return visit->row != NULL && visit->row->needs_terminal;
}

void
mado_visit_refuse (MadoVisit *visit, MadoReply *reply)
{
  if (visit->refusal == NULL)
    visit->refusal = reply;
  else
    mado_reply_free (reply);
}

gboolean
mado_visit_push (MadoVisit *visit, const void *data, gsize len)
{
  if (g_get_monotonic_time () - visit->started > SLOW_US)
    return FALSE;
  /* A body in chunks tells no length before. */
  if (visit->refusal == NULL && visit->body->len + len > visit->row->body_max)
    mado_visit_refuse (visit,
                       mado_reply_fault (413, "too_large", "the body is longer than this takes"));
  if (visit->refusal == NULL)
    g_byte_array_append (visit->body, data, (guint)len);
  else
    visit->drained += len;
  return visit->drained <= DRAIN_MAX;
}

MadoReply *
mado_visit_serve (MadoVisit *visit)
{
  if (visit->refusal != NULL)
    return g_steal_pointer (&visit->refusal);
  visit->exchange.body = g_bytes_new (visit->body->data, visit->body->len);
  return visit->row->serve (&visit->exchange);
}
