/* app/sync/answer.h - what the centre answers to POST /v1/sync: 200, or a 409. */
#pragma once
#include "app/store/line.h"

/** {"epoch","anchor","backed_up","time","answers":[…],"changed":[…]} as text. */
GBytes *mado_sync_answer_write (const MadoSyncAnswer *answer);

/**
 * mado_sync_answer_read:
 *
 * Strict, as the request. Views of open applications are let through and not kept.
 *
 * Returns: (transfer full): or %NULL with %MADO_SYNC_ERROR_PROTOCOL
 */
MadoSyncAnswer *mado_sync_answer_read (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a 409 says: one of the two, the other is 0. */
typedef struct {
  gint64 epoch; /* the centre was put back: its new epoch */
  gint64 g;     /* another line stands at one of our places: go on under this generation */
} MadoSyncConflict;

/** {"code":"epoch","epoch":8,"message":…} or {"code":"journal","g":2,"message":…}. */
GBytes *mado_sync_conflict_write (const MadoSyncConflict *conflict);

/** %FALSE with %MADO_SYNC_ERROR_PROTOCOL. */
gboolean mado_sync_conflict_read (GBytes           *text,
                                  MadoSyncConflict *ret_conflict,
                                  GError          **error) G_GNUC_WARN_UNUSED_RESULT;
