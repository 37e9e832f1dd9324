#include "app/store/centre-inner.h"
#include "app/store/journal.h"

#include "app/domain/line.h"

#include <openssl/crypto.h>
#include <string.h>

/* --- lines ----------------------------------------------------------------------------------- */

static GPtrArray *
applications (MadoCentre *centre, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (MadoRows) rows
      = mado_rows_new (centre->data, error, "SELECT application FROM line", "");

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
verify_line (MadoCentre *centre, MadoCentreLine *line, MadoAudit *audit, GError **error)
{
  MadoLineFinding finding = { line->seq, NULL };
  guint8          key[MADO_KEY_LEN];
  gboolean        purged = g_str_equal (line->state, "purged");
  gboolean        read = TRUE;

  if (!purged && !mado_vault_key (centre->vault, line->application, key, NULL))
    finding.what = "key";
  else
    read = mado_events_verify (centre->data, line->application, line->seq, line->head,
                               purged ? NULL : key, &finding, error);
  OPENSSL_cleanse (key, sizeof key);
  audit->lines++;
  audit->events += line->seq;
  if (finding.what != NULL)
    mado_audit_bad_line (audit, line->application, finding);
  return read;
}

static gboolean
verify_lines (MadoCentre *centre, MadoAudit *audit, GError **error)
{
  g_autoptr (GPtrArray) ids = applications (centre, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (MadoCentreLine) line = NULL;
    if (!mado_centre_line_load (centre, ids->pdata[i], &line, error))
      return FALSE;
    if (line != NULL && !verify_line (centre, line, audit, error))
      return FALSE;
  }
  return TRUE;
}

/* --- the journal ----------------------------------------------------------------------------- */

/* A head is an event's or one of a line put aside; a purge deletes what was aside. */
static JsonObject *
verify_journal (MadoCentre *centre, MadoAudit *audit, GError **error)
{
  MadoJournalFinding finding = { 0 };
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->data, error,
      "SELECT n, head, digest,"
      " EXISTS(SELECT 1 FROM event e WHERE e.application = j.application AND e.digest = j.head)"
      " OR EXISTS(SELECT 1 FROM aside a WHERE a.application = j.application AND a.head = j.head)"
      " OR EXISTS(SELECT 1 FROM line l WHERE l.application = j.application AND l.state = 'purged')"
      " FROM journal j ORDER BY n",
      "");

  if (rows == NULL || !mado_journal_walk (rows, &finding, error))
    return NULL;
  if (finding.what != NULL)
    mado_audit_bad_place (audit, 0, &finding);
  return mado_audit_journal (0, finding.n, finding.digest);
}

/* --- the terminals' journals ----------------------------------------------------------------- */

typedef struct {
  char  *terminal;
  gint64 g, n;
  guint8 digest[32];
} Checkpoint;

static void
checkpoint_free (Checkpoint *checkpoint)
{
  g_free (checkpoint->terminal);
  g_free (checkpoint);
}

static GPtrArray *
checkpoints (MadoCentre *centre, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)checkpoint_free);
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->data, error,
      "SELECT terminal, g, max(n), digest FROM checkpoint GROUP BY terminal, g", "");

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause)) {
    Checkpoint *checkpoint = g_new0 (Checkpoint, 1);
    checkpoint->terminal = g_strdup (mado_rows_text (rows, 0));
    checkpoint->g = mado_rows_integer (rows, 1);
    checkpoint->n = mado_rows_integer (rows, 2);
    mado_rows_digest (rows, 3, checkpoint->digest);
    g_ptr_array_add (list, checkpoint);
  }
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&list);
}

/* What was given rebuilds the terminal's journal, as far as it has come here without a gap. */
static gboolean
check_given (MadoCentre *centre, const Checkpoint *checkpoint, MadoAudit *audit, GError **error)
{
  g_autoptr (GError) cause = NULL;
  MadoJournalFinding finding = { .what = "checkpoint" };
  guint8             head[32];
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->data, error,
      "SELECT n, head FROM given WHERE terminal = ? AND g = ? AND n <= ? ORDER BY n", "tii",
      checkpoint->terminal, checkpoint->g, checkpoint->n);

  if (rows == NULL)
    return FALSE;
  while (mado_rows_next (rows, &cause) && mado_rows_integer (rows, 0) == finding.n + 1) {
    mado_rows_digest (rows, 1, head);
    mado_journal_digest (finding.digest, head, finding.digest);
    finding.n++;
  }
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  if (finding.n == checkpoint->n
      && memcmp (finding.digest, checkpoint->digest, sizeof finding.digest) != 0)
    mado_audit_bad_place (audit, checkpoint->g, &finding);
  return TRUE;
}

static gboolean
verify_checkpoints (MadoCentre *centre, MadoAudit *audit, GError **error)
{
  g_autoptr (GPtrArray) list = checkpoints (centre, error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    if (!check_given (centre, list->pdata[i], audit, error))
      return FALSE;
  return TRUE;
}

JsonObject *
mado_centre_verify (MadoCentre *centre, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  MadoAudit   audit = { 0 };
  JsonObject *journal = NULL;
  gint64      aside = 0;

  if (verify_lines (centre, &audit, error) && verify_checkpoints (centre, &audit, error)
      && mado_database_number (centre->data, 0, &aside, error, "SELECT count(*) FROM aside", ""))
    journal = verify_journal (centre, &audit, error);
  if (journal == NULL) {
    g_clear_pointer (&audit.first_bad, json_object_unref);
    return NULL;
  }
  JsonObject *report = mado_audit_report (&audit, journal);
  json_object_set_int_member (report, "aside", aside);
  return report;
}
