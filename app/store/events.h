/* app/store/events.h - table event: lines as headers and sealed bodies. Private to the room. */
#pragma once
#include "app/domain/event.h"
#include "app/domain/fold.h"
#include "app/store/meta.h"
#include "app/store/seal.h"

/**
 * mado_events_append:
 * @event: its body_digest is set already
 * @click: (nullable): UUID
 * @digest: of the header: the line's new head, which the fold has just made
 */
gboolean mado_events_append (MadoDatabase    *database,
                             const MadoEvent *event,
                             GBytes          *sealed,
                             const char      *click,
                             const guint8     digest[32],
                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_events_load:
 * @last: highest seq wanted
 * @key: (nullable): to open the bodies; without it events have none, but for `purged`
 *
 * Returns: (transfer full) (element-type MadoEvent): %NULL with %MADO_STORE_ERROR_DAMAGED (a header
 *   that is none, octets that are not its body) or _KEY
 */
GPtrArray *mado_events_load (MadoDatabase *database,
                             const char   *application,
                             gint64        last,
                             const guint8 *key,
                             GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/** The fold of a stored line, which must be right: %NULL with %MADO_STORE_ERROR_DAMAGED. */
MadoApplication *mado_events_fold (GPtrArray *events, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** One step of the fold; %FALSE with %MADO_STORE_ERROR_FOLD, the fault's name at the end. */
gboolean mado_events_step (MadoApplication *application,
                           const MadoEvent *event,
                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/** Sealed bodies as they travel: (element-type MadoGivenEvent). */
GPtrArray *mado_events_to_give (MadoDatabase *database,
                                const char   *application,
                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first place that does not verify. */
typedef struct {
  gint64      seq;
  const char *what; /* "header", "line", "digest", "body", "fold", "head" */
} MadoLineFinding;

/**
 * mado_events_verify:
 * @seq, @head: what table line says of it
 * @key: (nullable): opens the bodies for the fold
 *
 * Members, seq, previous, digests, body digests and, with @key, the fold.
 *
 * Returns: %TRUE when it could be read; @ret_finding->what is %NULL when all is well
 */
gboolean mado_events_verify (MadoDatabase    *database,
                             const char      *application,
                             gint64           seq,
                             const guint8     head[32],
                             const guint8    *key,
                             MadoLineFinding *ret_finding,
                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;
