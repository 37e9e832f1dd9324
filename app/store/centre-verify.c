#include "app/store/audit.h"
#include "app/store/centre-inner.h"

#include "app/domain/line.h"

#include <openssl/crypto.h>
#include <string.h>

/* --- lines ----------------------------------------------------------------------------------- */

static gboolean
verify_line (gpointer data, const char *application, MadoAudit *audit, GError **error)
{
  MadoCentre *centre = data;
  g_autoptr (MadoCentreLine) line = NULL;
  guint8 key[MADO_KEY_LEN];

  if (!mado_centre_line_load (centre, application, &line, error))
    return FALSE;
  if (line == NULL)
    return TRUE;
  gboolean purged = g_str_equal (line->state, "purged");
  gboolean has_key = !purged && mado_vault_key (centre->vault, application, key, NULL);
  gboolean read = mado_audit_line (audit, centre->data, application, line->seq, line->head, !purged,
                                   has_key ? key : NULL, error);
  OPENSSL_cleanse (key, sizeof key);
  return read;
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

static gpointer
checkpoint_of (MadoRows *rows)
{
  Checkpoint *checkpoint = g_new0 (Checkpoint, 1);

  checkpoint->terminal = g_strdup (mado_rows_text (rows, 0));
  checkpoint->g = mado_rows_integer (rows, 1);
  checkpoint->n = mado_rows_integer (rows, 2);
  mado_rows_digest (rows, 3, checkpoint->digest);
  return checkpoint;
}

static GPtrArray *
checkpoints (MadoCentre *centre, GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->data, error,
      "SELECT terminal, g, max(n), digest FROM checkpoint GROUP BY terminal, g", "");

  return mado_rows_list (rows, checkpoint_of, (GDestroyNotify)checkpoint_free, error);
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

  if (mado_audit_lines (&audit, centre->data, verify_line, centre, error)
      && verify_checkpoints (centre, &audit, error)
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
