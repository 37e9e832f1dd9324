#include "app/store/journal.h"

#include "app/domain/line.h"

#include <string.h>

static const char *
check_place (MadoRows *rows, MadoJournalFinding *so_far)
{
  guint8 head[32], digest[32], running[32];

  if (mado_rows_integer (rows, 0) != so_far->n + 1)
    return "place";
  if (!mado_rows_digest (rows, 1, head) || !mado_rows_digest (rows, 2, digest))
    return "digest";
  mado_journal_digest (so_far->digest, head, running);
  if (memcmp (running, digest, sizeof running) != 0)
    return "digest";
  memcpy (so_far->digest, running, sizeof running);
  return mado_rows_integer (rows, 3) != 0 ? NULL : "head";
}

gboolean
mado_journal_walk (MadoRows *rows, MadoJournalFinding *ret_finding, GError **error)
{
  g_autoptr (GError) cause = NULL;

  *ret_finding = (MadoJournalFinding){ 0 };
  while (ret_finding->what == NULL && mado_rows_next (rows, &cause)) {
    ret_finding->what = check_place (rows, ret_finding);
    ret_finding->n++;
  }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
mado_journal_last (MadoRows *rows, gint64 *ret_n, guint8 ret_digest[32], GError **error)
{
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_n = there ? mado_rows_integer (rows, 0) : 0;
  memset (ret_digest, 0, 32);
  if (there)
    mado_rows_digest (rows, 1, ret_digest);
  return TRUE;
}
