#include "app/store/audit.h"

#include "app/base/base64url.h"

gboolean
mado_audit_lines (
    MadoAudit *audit, MadoDatabase *database, MadoAuditLine verify, gpointer store, GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (database, error, "SELECT application FROM line", "");
  g_autoptr (GPtrArray) ids = mado_rows_uuids (rows, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!verify (store, ids->pdata[i], audit, error))
      return FALSE;
  return TRUE;
}

gboolean
mado_audit_line (MadoAudit    *audit,
                 MadoDatabase *database,
                 const char   *application,
                 gint64        seq,
                 const guint8  head[32],
                 gboolean      is_readable,
                 const guint8 *key,
                 GError      **error)
{
  MadoLineFinding finding = { seq, "key" };

  audit->lines++;
  audit->events += seq;
  if ((!is_readable || key != NULL)
      && !mado_events_verify (database, application, seq, head, key, &finding, error))
    return FALSE;
  if (finding.what != NULL)
    mado_audit_bad_line (audit, application, finding);
  return TRUE;
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
