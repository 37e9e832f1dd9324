/* app/sync/client.h - the terminal's side of the sync: one exchange at a time. */
#pragma once
#include "app/base/clock.h"
#include "app/store/store.h"

typedef struct _MadoSyncClient MadoSyncClient;

typedef struct {
  const char *url;       /* "https://127.0.0.1:8443" */
  const char *state_dir; /* holds the identity (identity.h) */
  const char *terminal;  /* id, the certificate's CN */
  MadoClock  *clock;
} MadoSyncClientOptions;

/**
 * mado_sync_client_new:
 *
 * Opens nothing. Only https URLs are taken.
 *
 * Returns: (transfer full): or %NULL with %MADO_SYNC_ERROR_PROTOCOL
 */
MadoSyncClient *mado_sync_client_new (const MadoSyncClientOptions *options,
                                      GError                     **error) G_GNUC_WARN_UNUSED_RESULT;
void            mado_sync_client_free (MadoSyncClient *client);

/* What one exchange did. */
typedef struct {
  guint    given;       /* lines answered */
  guint    refused;     /* of these: quarantined, an alarm tells why */
  gboolean new_epoch;   /* the centre was put back; all lines not backed up go again */
  gboolean new_g;       /* the centre has another line at one of our places */
  guint    waiting;     /* lines still to give */
  gint64   retry_after; /* seconds, set with %MADO_SYNC_ERROR_BUSY too */
} MadoSyncReport;

/**
 * mado_sync_run:
 * @store: this terminal's
 * @ret_report: filled also on failure
 *
 * Gives what waits (at most 500 lines or 1 MiB) and takes what is new: TLS 1.3 (RFC 8446), the
 * pinned authority, the terminal's certificate, one POST /v1/sync. On 409 the epoch or the
 * generation is taken over and the exchange repeated, twice at most. Blocks: sync worker only.
 *
 * Returns: %FALSE with a %MADO_SYNC_ERROR or the store's; the lines stay in the outbox then
 */
gboolean mado_sync_run (MadoSyncClient *client,
                        MadoStore      *store,
                        MadoSyncReport *ret_report,
                        GError        **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSyncClient, mado_sync_client_free)
