/* app/store/journal.h - reading a journal. Private to the room. */
#pragma once
#include "app/store/rows.h"

typedef struct {
  gint64      n; /* newest place, or the first bad one */
  guint8      digest[32];
  const char *what; /* "place", "digest", "head"; NULL when all is well */
} MadoJournalFinding;

/**
 * mado_journal_walk:
 * @rows: n, head, digest, whether the head is known, in order of n
 *
 * Places without a gap, the running digest, heads that are some line's.
 */
gboolean mado_journal_walk (MadoRows           *rows,
                            MadoJournalFinding *ret_finding,
                            GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/** @rows: n, digest of the newest place; 0 and zeros when there is none. @rows may be %NULL as for
 *  mado_rows_first(). */
gboolean mado_journal_last (MadoRows *rows, gint64 *ret_n, guint8 ret_digest[32], GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
