#include "app/sync/backoff.h"

#define LONGEST_S 300

void
mado_backoff_reset (MadoBackoff *backoff)
{
  backoff->failures = 0;
}

gint64
mado_backoff_next (MadoBackoff *backoff, gint64 retry_after, guint32 roll)
{
  gint64 step_s = backoff->failures < 9 ? (gint64)1 << backoff->failures : LONGEST_S;
  gint64 step_ms = MIN (step_s, LONGEST_S) * 1000;

  backoff->failures += backoff->failures < G_MAXUINT;
  /* From half of the step to one and a half, evenly. */
  gint64 spread_ms = step_ms / 2 + (gint64)((guint64)step_ms * roll / G_MAXUINT32);
  return MAX (spread_ms, retry_after * 1000);
}
