#include "app/store/journal.h"

#include "app/base/base64url.h"
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

void
mado_audit_bad_line (MadoAudit *audit, const char *application, MadoLineFinding finding)
{
  if (audit->first_bad != NULL)
    return;
  audit->first_bad = json_object_new ();
  json_object_set_string_member (audit->first_bad, "application", application);
  json_object_set_int_member (audit->first_bad, "seq", finding.seq);
  json_object_set_string_member (audit->first_bad, "what", finding.what);
}

void
mado_audit_bad_place (MadoAudit *audit, gint64 g, const MadoJournalFinding *finding)
{
  if (audit->first_bad != NULL)
    return;
  audit->first_bad = json_object_new ();
  if (g > 0)
    json_object_set_int_member (audit->first_bad, "g", g);
  json_object_set_int_member (audit->first_bad, "n", finding->n);
  json_object_set_string_member (audit->first_bad, "what", finding->what);
}

JsonObject *
mado_audit_journal (gint64 g, gint64 n, const guint8 digest[32])
{
  JsonObject      *journal = json_object_new ();
  g_autofree char *text = mado_base64url (digest, 32);

  if (g > 0)
    json_object_set_int_member (journal, "g", g);
  json_object_set_int_member (journal, "n", n);
  json_object_set_string_member (journal, "digest", text);
  return journal;
}

JsonObject *
mado_audit_report (MadoAudit *audit, JsonObject *journal)
{
  JsonObject *report = json_object_new ();

  json_object_set_boolean_member (report, "ok", audit->first_bad == NULL);
  json_object_set_int_member (report, "lines", audit->lines);
  json_object_set_int_member (report, "events", audit->events);
  json_object_set_object_member (report, "journal", journal);
  if (audit->first_bad != NULL)
    json_object_set_object_member (report, "first_bad", g_steal_pointer (&audit->first_bad));
  else
    json_object_set_null_member (report, "first_bad");
  return report;
}
