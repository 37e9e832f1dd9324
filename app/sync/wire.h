/* app/sync/wire.h - the one exchange between terminal and centre, as JSON: POST /v1/sync.
 *
 * Reading is strict: members nobody knows, numbers out of range, identifiers or octets in another
 * form end it with %MADO_SYNC_ERROR_PROTOCOL. Octets are base64url without padding.
 */
#pragma once
#include "app/base/digest.h"
#include "app/store/line.h"

/* Limits of one request. */
#define MADO_SYNC_LINES_MAX 500
#define MADO_SYNC_SENT_MAX (1024 * 1024)
#define MADO_SYNC_INFLATED_MAX (8 * 1024 * 1024)
#define MADO_SYNC_EVENTS_MAX 1000
#define MADO_SYNC_BODY_MAX (64 * 1024)
#define MADO_SYNC_WAIT_MAX 25

/* The terminal's word for its journal up to n. */
typedef struct {
  gint64  n;
  guint8  digest[MADO_SHA256_LEN];
  GBytes *signature; /* DER ECDSA-Sig-Value */
} MadoCheckpoint;

/* What a terminal sends. */
typedef struct {
  gint64          epoch;
  gint64          anchor_at; /* last place of the centre's journal it has seen; 0: none */
  guint8          anchor_digest[MADO_SHA256_LEN];
  gint64          g;          /* generation of its own journal */
  gint64          wait;       /* seconds the centre may hold the answer back */
  GPtrArray      *seen;       /* MadoLineChange: heads shown since the last backup */
  MadoCheckpoint *checkpoint; /* %NULL: the journal is empty */
  gint64          local_ms, monotonic_ms;
  char           *boot;  /* id of this start of the machine */
  GPtrArray      *lines; /* MadoGivenLine */
} MadoSyncRequest;

MadoSyncRequest *mado_sync_request_new (void);
void             mado_sync_request_free (MadoSyncRequest *request);

/** The request as JSON text. */
GBytes *mado_sync_request_write (const MadoSyncRequest *request);

/** Reads it; at most 500 lines of 1,000 events. */
MadoSyncRequest *mado_sync_request_read (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The answer as JSON text. */
GBytes *mado_sync_answer_write (const MadoSyncAnswer *answer);

/** Reads it. Views of open applications are let through and not kept. */
MadoSyncAnswer *mado_sync_answer_read (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a 409 says. */
typedef struct {
  gint64 epoch; /* 0 or the centre's new epoch */
  gint64 g;     /* 0 or the generation under which the terminal goes on */
} MadoSyncConflict;

GBytes  *mado_sync_conflict_write (const MadoSyncConflict *conflict);
gboolean mado_sync_conflict_read (GBytes           *text,
                                  MadoSyncConflict *ret_conflict,
                                  GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSyncRequest, mado_sync_request_free)
