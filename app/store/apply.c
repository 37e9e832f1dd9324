#include "app/store/terminal.h"

#include "app/base/random.h"

#include <string.h>

/* --- one answered line ----------------------------------------------------------------------- */

/* What no backup of the centre may bring back: key, box, bodies, view. Place and head stay. */
static gboolean
erase (MadoStore *store, const char *application, GError **error)
{
  return mado_database_write (store->database, error,
                              "UPDATE event SET sealed = NULL WHERE application = ?", "u",
                              application)
         && mado_database_write (store->database, error,
                                 "UPDATE line SET wrapped = NULL, box = NULL, state = 'purged'"
                                 " WHERE application = ?",
                                 "u", application)
         && mado_database_write (store->database, error, "DELETE FROM view WHERE application = ?",
                                 "u", application);
}

static gboolean
set_stored (MadoStore *store, const MadoLineAnswer *answer, GError **error)
{
  return mado_database_write (store->database, error,
                              "UPDATE line SET sync = 2, at = ?, wrapped = NULL, code = NULL,"
                              " state = coalesce(?, state) WHERE application = ? AND sync = 1",
                              "itu", answer->at, answer->state, answer->application);
}

static gboolean
set_refused (MadoStore *store, const MadoLineAnswer *answer, GError **error)
{
  return mado_database_write (store->database, error,
                              "UPDATE line SET sync = 3, at = ?, code = ?"
                              " WHERE application = ? AND sync = 1",
                              "itu", answer->at, answer->reason, answer->application)
         && (g_strcmp0 (answer->reason, "purged") != 0
             || erase (store, answer->application, error));
}

static gboolean
apply_answer (MadoStore *store, const MadoLineAnswer *answer, GError **error)
{
  if (!mado_uuid_is_valid (answer->application))
    return TRUE; /* no line of ours */
  if (g_str_equal (answer->answer, "refused"))
    return set_refused (store, answer, error);
  if (g_str_equal (answer->answer, "stored") || g_str_equal (answer->answer, "already")
      || g_str_equal (answer->answer, "fork"))
    return set_stored (store, answer, error);
  return mado_store_raise (error, MADO_STORE_ERROR_REFUSED, "an answer nobody knows: %s",
                           answer->answer);
}

/* --- one changed line ------------------------------------------------------------------------ */

/* `at` is the new anchor: no earlier than the change's own place, so kept no shorter. No view came
 * along, and no view means: delete what you have. */
static gboolean
apply_change (MadoStore *store, const MadoLineChange *change, gint64 at, GError **error)
{
  if (!mado_uuid_is_valid (change->application))
    return TRUE;
  if (!mado_database_write (store->database, error,
                            "INSERT OR REPLACE INTO seen VALUES(?, ?, ?, ?, ?)", "uidti",
                            change->application, change->seq, change->head, change->state, at)
      || !mado_database_write (store->database, error, "DELETE FROM view WHERE application = ?",
                               "u", change->application))
    return FALSE;
  if (g_str_equal (change->state, "purged"))
    return erase (store, change->application, error);
  return mado_database_write (store->database, error,
                              "UPDATE line SET state = ? WHERE application = ? AND sync >= 2", "tu",
                              change->state, change->application);
}

/* --- the whole answer ------------------------------------------------------------------------ */

/* Both newest backups have these: headers stay, nobody needs the rest here. */
static gboolean
apply_backed_up (MadoStore *store, gint64 backed_up, GError **error)
{
  return mado_database_write (store->database, error,
                              "UPDATE event SET sealed = NULL WHERE application IN"
                              " (SELECT application FROM line WHERE sync IN (2, 3) AND at <= ?)",
                              "i", backed_up)
         && mado_database_write (store->database, error,
                                 "UPDATE line SET sync = 4, box = NULL, wrapped = NULL"
                                 " WHERE sync IN (2, 3) AND at <= ?",
                                 "i", backed_up)
         && mado_database_write (store->database, error, "DELETE FROM seen WHERE at <= ?", "i",
                                 backed_up);
}

static gboolean
move_anchor (MadoStore *store, const MadoSyncAnswer *answer, GError **error)
{
  g_autoptr (GBytes) digest = g_bytes_new (answer->anchor_digest, sizeof answer->anchor_digest);

  return mado_meta_set_integer (store->database, "anchor_at", answer->anchor_at, error)
         && mado_meta_set_bytes (store->database, "anchor_digest", digest, error)
         && mado_meta_set_integer (store->database, "tell_seen", (gint64)0, error)
         && mado_meta_set_integer (store->database, "last_sync", mado_clock_now_ms (store->clock),
                                   error);
}

static gboolean
apply_all (MadoStore *store, const MadoSyncAnswer *answer, GError **error)
{
  gint64 epoch = 0;

  if (!mado_meta_integer (store->database, "epoch", &epoch, error))
    return FALSE;
  if (epoch != answer->epoch)
    return mado_store_raise (error, MADO_STORE_ERROR_EPOCH,
                             "an answer of epoch %" G_GINT64_FORMAT ", ours is %" G_GINT64_FORMAT,
                             answer->epoch, epoch);
  for (guint i = 0; i < answer->answers->len; i++)
    if (!apply_answer (store, answer->answers->pdata[i], error))
      return FALSE;
  for (guint i = 0; i < answer->changed->len; i++)
    if (!apply_change (store, answer->changed->pdata[i], answer->anchor_at, error))
      return FALSE;
  return apply_backed_up (store, answer->backed_up, error) && move_anchor (store, answer, error);
}

/* Deleted octets live on in the log until it is emptied. */
static gboolean
deletes (const MadoSyncAnswer *answer)
{
  for (guint i = 0; i < answer->changed->len; i++) {
    const MadoLineChange *change = answer->changed->pdata[i];
    if (g_str_equal (change->state, "purged"))
      return TRUE;
  }
  return answer->answers->len > 0;
}

gboolean
mado_store_apply (MadoStore *store, const MadoSyncAnswer *answer, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  if (!mado_database_begin (store->database, error)
      || !mado_database_end (store->database, apply_all (store, answer, error), error))
    return FALSE;
  return !deletes (answer)
         || (mado_database_tidy (store->database, error)
             && mado_meta_set_integer (store->database, "tidied", mado_clock_now_ms (store->clock),
                                       error));
}

/* --- 409 ------------------------------------------------------------------------------------- */

static gboolean
forget_anchor (MadoStore *store, gint64 epoch, GError **error)
{
  guint8 zeros[32] = { 0 };
  g_autoptr (GBytes) digest = g_bytes_new (zeros, sizeof zeros);

  return mado_meta_set_integer (store->database, "epoch", epoch, error)
         && mado_meta_set_integer (store->database, "anchor_at", (gint64)0, error)
         && mado_meta_set_bytes (store->database, "anchor_digest", digest, error)
         && mado_meta_set_integer (store->database, "tell_seen", (gint64)1, error)
         && mado_database_run (store->database, "DELETE FROM view", error);
}

static gboolean
send_again (MadoStore *store, GError **error)
{
  return mado_database_run (store->database,
                            "UPDATE line SET sync = 1, at = NULL, code = NULL WHERE sync IN (2, 3)",
                            error);
}

static gboolean
begin_epoch (MadoStore *store, gint64 epoch, GError **error)
{
  gint64 known = 0;

  if (!mado_meta_integer (store->database, "epoch", &known, error))
    return FALSE;
  if (epoch < known)
    return mado_store_raise (error, MADO_STORE_ERROR_EPOCH,
                             "epoch %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT
                             ": the centre's vault went back",
                             epoch, known);
  return epoch == known || (forget_anchor (store, epoch, error) && send_again (store, error));
}

gboolean
mado_store_new_epoch (MadoStore *store, gint64 epoch, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  if (!mado_database_begin (store->database, error))
    return FALSE;
  return mado_database_end (store->database, begin_epoch (store, epoch, error), error);
}

typedef struct {
  char  *application;
  guint8 head[32];
} Kept;

static void
kept_free (Kept *kept)
{
  g_free (kept->application);
  g_free (kept);
}

static gpointer
kept_of (MadoRows *rows)
{
  Kept *kept = g_new0 (Kept, 1);

  kept->application = mado_rows_uuid (rows, 0);
  mado_rows_digest (rows, 1, kept->head);
  return kept;
}

/* Given lines that are not in two backups yet, in the order they were given. */
static GPtrArray *
kept_lines (MadoStore *store, GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (
      store->database, error,
      "SELECT l.application, j.head FROM line l JOIN journal j ON j.application = l.application"
      " AND j.g = (SELECT value FROM meta WHERE key = 'g') WHERE l.sync IN (1, 2, 3) ORDER BY j.n",
      "");

  return mado_rows_list (rows, kept_of, (GDestroyNotify)kept_free, error);
}

static gboolean
renumber (MadoStore *store, gint64 g, GError **error)
{
  g_autoptr (GPtrArray) lines = kept_lines (store, error);

  if (lines == NULL || !mado_meta_set_integer (store->database, "g", g, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++) {
    const Kept *kept = lines->pdata[i];
    if (!mado_place_append (store, kept->application, kept->head, error))
      return FALSE;
  }
  return send_again (store, error)
         && mado_database_run (store->database, "DELETE FROM lease", error);
}

static gboolean
begin_generation (MadoStore *store, gint64 g, GError **error)
{
  gint64 known = 0;

  if (!mado_meta_integer (store->database, "g", &known, error))
    return FALSE;
  if (g <= known)
    return mado_store_raise (
        error, MADO_STORE_ERROR_REFUSED,
        "generation %" G_GINT64_FORMAT " does not come after %" G_GINT64_FORMAT, g, known);
  return renumber (store, g, error)
         && mado_alarm_insert (store->database, "restored_or_clone",
                               mado_clock_now_ms (store->clock),
                               "this terminal's disk was put back, or it has a double", error);
}

gboolean
mado_store_new_generation (MadoStore *store, gint64 g, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  if (!mado_database_begin (store->database, error))
    return FALSE;
  return mado_database_end (store->database, begin_generation (store, g, error), error);
}
