/* app/central/visit.h - one HTTP request on its way in: body, limits, clock. */
#pragma once
#include "app/central/exchange.h"
#include "app/central/routes.h"

/* What one connection brings, piece by piece. */
typedef struct {
  const MadoRouteRow *row;     /* %NULL: refused */
  MadoReply          *refusal; /* %NULL: not refused so far */
  GByteArray         *body;
  gsize               drained; /* octets thrown away after a refusal */
  gint64              started; /* microseconds, monotonic */
  MadoExchange        exchange;
  char               *path; /* the exchange's */
} MadoVisit;

/* Headers of the request; %NULL: absent. */
typedef struct {
  const char *content_type, *content_length, *content_encoding, *authorization;
} MadoVisitHeaders;

/** Looks the route up and judges the headers; @method and @headers must live as long. */
MadoVisit *mado_visit_new (MadoHouse              *house,
                           const MadoRoutes       *routes,
                           const char             *method,
                           const char             *path,
                           const MadoVisitHeaders *headers);
void       mado_visit_free (MadoVisit *visit);

/** Whether the client must show whose it is. */
gboolean mado_visit_needs_terminal (const MadoVisit *visit);

/** Refuses the visit with @reply, which is taken; %NULL is fine. */
void mado_visit_refuse (MadoVisit *visit, MadoReply *reply);

/** Takes a piece of the body; %FALSE: the client is too slow or sends without end, hang up. */
gboolean mado_visit_push (MadoVisit *visit, const void *data, gsize len);

/** Everything is here: serves it. */
MadoReply *mado_visit_serve (MadoVisit *visit);
