/* app/sync/backoff.h - how long to leave a silent server alone: 1, 2, 4 … 300 s, each ± 50 %. */
#pragma once
#include <glib.h>

typedef struct {
  guint failures; /* in a row */
} MadoBackoff;

/** After an exchange that went well. */
void mado_backoff_reset (MadoBackoff *backoff);

/**
 * mado_backoff_next:
 * @retry_after: seconds the server asked for (RFC 9110 §10.2.3); 0: it did not
 * @roll: a random number; spreads the terminals
 *
 * Counts one failure. Never less than @retry_after, never more than 450 s but for it.
 *
 * Returns: milliseconds until the next try
 */
gint64 mado_backoff_next (MadoBackoff *backoff, gint64 retry_after, guint32 roll);
