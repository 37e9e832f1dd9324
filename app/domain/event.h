/* app/domain/event.h - one thing that happened to an application. */
#pragma once
#include "app/base/digest.h"

#include <json-glib/json-glib.h>

/* A plain value. The header is everything but @body: what is stored and sent in clear. */
typedef struct {
  char  *actor;       /* "applicant", "agent", "server", "staff:CODE", "manager:CODE", "rule:ID" */
  char  *application; /* UUID */
  char  *holder;      /* terminal id, or "S": the centre */
  char  *type;        /* a type of the table in fold.c */
  gint64 seq;         /* 1, 2, 3 … */
  gint64 time;        /* the holder's clock, Unix milliseconds; shown, never decided on */
  guint8 body_digest[MADO_SHA256_LEN]; /* of the sealed octets; of `purged`: of the plain body */
  guint8 previous[MADO_SHA256_LEN];    /* digest of the header before; zeros for seq 1 */
  JsonObject *body;                    /* (nullable): unsealed */
} MadoEvent;

/** All empty, for a caller that fills it. */
MadoEvent *mado_event_new (void);
MadoEvent *mado_event_copy (const MadoEvent *event);
void       mado_event_free (MadoEvent *event);

/** The canonical header (RFC 8785): exactly nine members, `v` = 1. */
char *mado_event_header (const MadoEvent *event);

/** SHA-256 ("madoguchi/event/1\n" || canonical header). */
void mado_event_digest (const MadoEvent *event, guint8 ret_digest[MADO_SHA256_LEN]);

/**
 * mado_event_from_json:
 * @header: a header from outside, with exactly the nine members
 *
 * Strings must be printable ASCII of 1 to 64 characters, `application` a UUID, `seq` from 1,
 * digests 32 octets of base64url. Whether type and actor exist is the fold's to say.
 *
 * Returns: (transfer full): without a body; or %NULL with %MADO_DOMAIN_ERROR_HEADER
 */
MadoEvent *mado_event_from_json (JsonObject *header, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** As mado_event_from_json(), for stored octets, which must be the canonical form itself. */
MadoEvent *
mado_event_parse_header (const char *text, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoEvent, mado_event_free)
