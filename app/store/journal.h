/* app/store/journal.h - reading a journal from its beginning, and the report of an audit. Private
 * to the room. */
#pragma once
#include "app/store/events.h"

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

/* What an audit has seen so far. */
typedef struct {
  gint64      lines;
  gint64      events;
  JsonObject *first_bad; /* NULL while all is well */
} MadoAudit;

void mado_audit_bad_line (MadoAudit *audit, const char *application, MadoLineFinding finding);
void mado_audit_bad_place (MadoAudit *audit, gint64 g, const MadoJournalFinding *finding);

/** (transfer full): the report; @journal is taken. */
JsonObject *mado_audit_report (MadoAudit *audit, JsonObject *journal);

/** (transfer full): `{"g","n","digest"}`; without `g` when 0. */
JsonObject *mado_audit_journal (gint64 g, gint64 n, const guint8 digest[32]);
