#include "app/store/journal.h"
#include "app/store/terminal.h"

#include <openssl/crypto.h>

/* --- lines ----------------------------------------------------------------------------------- */

static gboolean
verify_line (MadoStore *store, MadoLine *line, MadoAudit *audit, GError **error)
{
  MadoLineFinding finding = { line->seq, NULL };
  guint8          key[MADO_KEY_LEN];
  gboolean        readable = line->wrapped != NULL;
  gboolean        read = TRUE;

  if (readable && !mado_line_key (store, line, key, NULL))
    finding.what = "key";
  else
    read = mado_events_verify (store->database, line->application, line->seq, line->head,
                               readable ? key : NULL, &finding, error);
  OPENSSL_cleanse (key, sizeof key);
  audit->lines++;
  audit->events += line->seq;
  if (finding.what != NULL)
    mado_audit_bad_line (audit, line->application, finding);
  return read;
}

static GPtrArray *
applications (MadoStore *store, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MadoRows) rows
      = mado_rows_new (store->database, error, "SELECT application FROM line", "");

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause))
    g_ptr_array_add (ids, mado_rows_uuid (rows, 0));
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&ids);
}

static gboolean
verify_lines (MadoStore *store, MadoAudit *audit, GError **error)
{
  g_autoptr (GPtrArray) ids = applications (store, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (MadoLine) line = NULL;
    if (!mado_line_load (store, ids->pdata[i], &line, error))
      return FALSE;
    if (line != NULL && !verify_line (store, line, audit, error))
      return FALSE;
  }
  return TRUE;
}

/* --- journals -------------------------------------------------------------------------------- */

static gboolean
walk_generation (MadoStore *store, gint64 g, MadoJournalFinding *ret_finding, GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (store->database, error,
                       "SELECT j.n, j.head, j.digest, EXISTS(SELECT 1 FROM event e"
                       " WHERE e.application = j.application AND e.digest = j.head) FROM journal j"
                       " WHERE j.g = ? ORDER BY j.n",
                       "i", g);

  return rows != NULL && mado_journal_walk (rows, ret_finding, error);
}

/* A line that was given has a place: its head is in the journal. */
static gboolean
find_placeless (MadoStore *store, MadoAudit *audit, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (MadoRows) rows = mado_rows_new (
      store->database, error,
      "SELECT application, seq FROM line l WHERE sync > 0 AND NOT EXISTS"
      " (SELECT 1 FROM journal j WHERE j.application = l.application AND j.head = l.head) LIMIT 1",
      "");

  if (rows == NULL)
    return FALSE;
  if (mado_rows_next (rows, &cause)) {
    g_autofree char *application = mado_rows_uuid (rows, 0);
    MadoLineFinding  finding = { mado_rows_integer (rows, 1), "place" };
    mado_audit_bad_line (audit, application, finding);
  }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/* The next generation with a place; the newest also without. */
static gboolean
next_generation (MadoStore *store, gint64 *g, gint64 newest, GError **error)
{
  return mado_database_number (store->database, newest, g, error,
                               "SELECT min(g) FROM journal WHERE g > ?", "i", *g);
}

static JsonObject *
verify_journals (MadoStore *store, MadoAudit *audit, GError **error)
{
  gint64             newest = 0, g = 0;
  MadoJournalFinding finding = { 0 };

  if (!mado_meta_integer (store->database, "g", &newest, error))
    return NULL;
  while (g < newest) {
    if (!next_generation (store, &g, newest, error) || !walk_generation (store, g, &finding, error))
      return NULL;
    if (finding.what != NULL)
      mado_audit_bad_place (audit, g, &finding);
  }
  if (!find_placeless (store, audit, error))
    return NULL;
  return mado_audit_journal (newest, finding.n, finding.digest);
}

JsonObject *
mado_store_verify (MadoStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  MadoAudit   audit = { 0 };
  JsonObject *journal = NULL;

  if (verify_lines (store, &audit, error))
    journal = verify_journals (store, &audit, error);
  if (journal == NULL) {
    g_clear_pointer (&audit.first_bad, json_object_unref);
    return NULL;
  }
  return mado_audit_report (&audit, journal);
}
