#include "app/store/change.h"

static gpointer
change_of (MadoRows *rows)
{
  MadoLineChange *change = g_new0 (MadoLineChange, 1);

  change->application = mado_rows_uuid (rows, 0);
  change->seq = mado_rows_integer (rows, 1);
  mado_rows_digest (rows, 2, change->head);
  change->state = g_strdup (mado_rows_text (rows, 3));
  return change;
}

GPtrArray *
mado_changes_read (MadoRows *rows, GError **error)
{
  return mado_rows_list (rows, change_of, (GDestroyNotify)mado_line_change_free, error);
}
