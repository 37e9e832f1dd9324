/* app/sync/request.h - what a terminal sends: the JSON of POST /v1/sync.
 *
 * {"epoch","anchor":[at,"digest"],"g","wait","seen":[…],"checkpoint":{"n","digest","signature"},
 *  "clock":{"local","monotonic","boot"},"lines":[…]}; octets are base64url without padding.
 */
#pragma once
#include "app/base/digest.h"
#include "app/store/line.h"

/* Limits of one request. */
#define MADO_SYNC_LINES_MAX 500
#define MADO_SYNC_SENT_MAX (1024 * 1024)
#define MADO_SYNC_INFLATED_MAX (8 * 1024 * 1024)
#define MADO_SYNC_WAIT_MAX 25

/* The terminal's word for its journal up to n. */
typedef struct {
  gint64  n;
  guint8  digest[MADO_SHA256_LEN];
  GBytes *signature; /* DER ECDSA-Sig-Value; %NULL: there is no checkpoint */
} MadoCheckpoint;

typedef struct {
  gint64         epoch;     /* 0: has none yet */
  gint64         anchor_at; /* last place of the centre's journal seen; 0: none */
  guint8         anchor_digest[MADO_SHA256_LEN];
  gint64         g;    /* generation of its own journal */
  gint64         wait; /* seconds the centre may hold the answer back */
  GPtrArray     *seen; /* MadoLineChange: heads shown since the last backup */
  MadoCheckpoint checkpoint;
  gint64         local_ms, monotonic_ms;
  char          *boot;  /* id of this start of the machine */
  GPtrArray     *lines; /* MadoGivenLine */
} MadoSyncRequest;

/** Nothing seen, nothing given. */
MadoSyncRequest *mado_sync_request_new (void);
void             mado_sync_request_free (MadoSyncRequest *request);

/** The request as JSON text. */
GBytes *mado_sync_request_write (const MadoSyncRequest *request);

/**
 * mado_sync_request_read:
 *
 * Strict: a member nobody knows, a number out of range, octets in another form or more than 500
 * lines end it. Only inside a line it is milder, so that a bad line holds up nobody: one whose
 * application, place and head can be read but whose rest cannot is returned without events,
 * for the centre to refuse by itself.
 *
 * Returns: (transfer full): or %NULL with %MADO_SYNC_ERROR_PROTOCOL
 */
MadoSyncRequest *mado_sync_request_read (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSyncRequest, mado_sync_request_free)
