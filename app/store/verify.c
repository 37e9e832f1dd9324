#include "app/store/audit.h"
#include "app/store/terminal.h"

#include <openssl/crypto.h>

/* --- lines ----------------------------------------------------------------------------------- */

static gboolean
verify_line (gpointer data, const char *application, MadoAudit *audit, GError **error)
{
  MadoStore *store = data;
  g_autoptr (MadoLine) line = NULL;
  guint8 key[MADO_KEY_LEN];

  if (!mado_line_load (store, application, &line, error))
    return FALSE;
  if (line == NULL)
    return TRUE;
  gboolean readable = line->wrapped != NULL;
  gboolean has_key = readable && mado_line_key (store, line, key, NULL);
  gboolean read = mado_audit_line (audit, store->database, application, line->seq, line->head,
                                   readable, has_key ? key : NULL, error);
  OPENSSL_cleanse (key, sizeof key);
  return read;
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
  g_autoptr (MadoRows) rows = mado_rows_new (
      store->database, error,
      "SELECT application, seq FROM line l WHERE sync > 0 AND NOT EXISTS"
      " (SELECT 1 FROM journal j WHERE j.application = l.application AND j.head = l.head) LIMIT 1",
      "");
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  if (there) {
    g_autofree char *application = mado_rows_uuid (rows, 0);
    MadoLineFinding  finding = { mado_rows_integer (rows, 1), "place" };
    mado_audit_bad_line (audit, application, finding);
  }
  return TRUE;
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

  if (mado_audit_lines (&audit, store->database, verify_line, store, error))
    journal = verify_journals (store, &audit, error);
  if (journal == NULL) {
    g_clear_pointer (&audit.first_bad, json_object_unref);
    return NULL;
  }
  return mado_audit_report (&audit, journal);
}
