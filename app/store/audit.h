/* app/store/audit.h - going through a store, and the report of it. Private to the room. */
#pragma once
#include "app/store/events.h"
#include "app/store/journal.h"

/* What an audit has seen so far. */
typedef struct {
  gint64      lines;
  gint64      events;
  JsonObject *first_bad; /* NULL while all is well */
} MadoAudit;

void mado_audit_bad_line (MadoAudit *audit, const char *application, MadoLineFinding finding);
void mado_audit_bad_place (MadoAudit *audit, gint64 g, const MadoJournalFinding *finding);

/* Verifies one line of @store. */
typedef gboolean (*MadoAuditLine) (gpointer    store,
                                   const char *application,
                                   MadoAudit  *audit,
                                   GError    **error);

/** Every line in @database, one after another. */
gboolean mado_audit_lines (MadoAudit    *audit,
                           MadoDatabase *database,
                           MadoAuditLine verify,
                           gpointer      store,
                           GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_audit_line:
 * @seq, @head: as the line's row has them
 * @is_readable: there must be a key
 * @key: (nullable)
 *
 * Counts the line and notes what is wrong with it.
 *
 * Returns: whether it could be read
 */
gboolean mado_audit_line (MadoAudit    *audit,
                          MadoDatabase *database,
                          const char   *application,
                          gint64        seq,
                          const guint8  head[32],
                          gboolean      is_readable,
                          const guint8 *key,
                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): the report; @journal is taken. */
JsonObject *mado_audit_report (MadoAudit *audit, JsonObject *journal);

/** (transfer full): `{"g","n","digest"}`; without `g` when 0. */
JsonObject *mado_audit_journal (gint64 g, gint64 n, const guint8 digest[32]);
