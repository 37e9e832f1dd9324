#include "app/store/centre-inner.h"

#include "app/base/random.h"
#include "app/store/change.h"

#include <string.h>

/* Places a portion covers; the new anchor is where the next one begins. */
#define PORTION 5000

/* --- the anchor ------------------------------------------------------------------------------ */

static gboolean
place_digest (
    MadoCentre *centre, gint64 n, gboolean *ret_there, guint8 ret_digest[32], GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (centre->data, error, "SELECT digest FROM journal WHERE n = ?", "i", n);

  if (!mado_rows_first (rows, ret_there, error))
    return FALSE;
  if (*ret_there)
    mado_rows_digest (rows, 0, ret_digest);
  return TRUE;
}

static gboolean
knows (MadoCentre *centre, gint64 at, const guint8 digest[32], gboolean *ret_knows, GError **error)
{
  guint8   here[32] = { 0 };
  gboolean there = FALSE;

  *ret_knows = at == 0;
  if (at == 0)
    return TRUE;
  if (!place_digest (centre, at, &there, here, error))
    return FALSE;
  *ret_knows = there && memcmp (here, digest, sizeof here) == 0;
  return TRUE;
}

static gboolean
raise_epoch (MadoCentre *centre, gint64 *epoch, GError **error)
{
  if (!mado_vault_begin (centre->vault, error))
    return FALSE;
  gboolean good = mado_meta_integer (centre->vault->database, "epoch", epoch, error)
                  && mado_vault_set_integer (centre->vault, "epoch", *epoch + 1, error);
  *epoch += 1;
  return mado_vault_end (centre->vault, good, error)
         && mado_centre_alarm (centre, "data_restored", "a terminal has seen more than is here",
                               error);
}

static gboolean
check_anchor (
    MadoCentre *centre, gint64 at, const guint8 digest[32], gint64 *reterr_epoch, GError **error)
{
  gboolean known = FALSE;

  if (!knows (centre, at, digest, &known, error))
    return FALSE;
  if (known)
    return TRUE;
  if (!raise_epoch (centre, reterr_epoch, error))
    return FALSE;
  return mado_store_raise (error, MADO_STORE_ERROR_EPOCH,
                           "the journal has no such place %" G_GINT64_FORMAT
                           ": it was put back; epoch %" G_GINT64_FORMAT " begins",
                           at, *reterr_epoch);
}

gboolean
mado_centre_check_anchor (MadoCentre  *centre,
                          gint64       epoch,
                          gint64       anchor_at,
                          const guint8 anchor_digest[32],
                          gint64      *reterr_epoch,
                          GError     **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  gint64 ours = 0;

  if (!mado_meta_integer (centre->vault->database, "epoch", &ours, error))
    return FALSE;
  *reterr_epoch = ours;
  if (epoch != ours)
    return mado_store_raise (error, MADO_STORE_ERROR_EPOCH,
                             "epoch %" G_GINT64_FORMAT ", ours is %" G_GINT64_FORMAT, epoch, ours);
  return check_anchor (centre, anchor_at, anchor_digest, reterr_epoch, error);
}

/* --- changes --------------------------------------------------------------------------------- */

/* Lines as they are now, so one that changed twice in the portion is told once. What only went
 * aside has no line. */
static gboolean
add_changed (MadoCentre *centre, gint64 after, gint64 upto, GPtrArray *changed, GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (centre->data, error,
                       "SELECT application, seq, head, state FROM line WHERE application IN"
                       " (SELECT application FROM journal WHERE n > ? AND n <= ?)",
                       "ii", after, upto);
  GPtrArray *found = mado_changes_read (rows, error);

  if (found != NULL)
    g_ptr_array_extend_and_steal (changed, found);
  return found != NULL;
}

static gboolean
fill_anchor (MadoCentre *centre, gint64 after, MadoSyncAnswer *fill, GError **error)
{
  gboolean there = FALSE;

  if (!mado_centre_place_last (centre, &fill->anchor_at, fill->anchor_digest, error))
    return FALSE;
  if (fill->anchor_at <= after + PORTION)
    return TRUE;
  fill->anchor_at = after + PORTION;
  return place_digest (centre, fill->anchor_at, &there, fill->anchor_digest, error);
}

gboolean
mado_centre_changes (MadoCentre     *centre,
                     gint64          anchor_at,
                     const guint8    anchor_digest[32],
                     MadoSyncAnswer *fill,
                     GError        **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  gint64 epoch = 0;

  if (!check_anchor (centre, anchor_at, anchor_digest, &epoch, error))
    return FALSE;
  fill->time = mado_clock_now_ms (centre->clock);
  return mado_meta_integer (centre->vault->database, "epoch", &fill->epoch, error)
         && mado_meta_integer (centre->vault->database, "announced", &fill->backed_up, error)
         && fill_anchor (centre, anchor_at, fill, error)
         && add_changed (centre, anchor_at, fill->anchor_at, fill->changed, error);
}

/* --- witnesses ------------------------------------------------------------------------------- */

static gboolean
has_head (MadoCentre *centre, const MadoLineChange *seen, gboolean *ret_has, GError **error)
{
  gint64 found = 0;

  if (!mado_database_number (centre->data, 0, &found, error,
                             "SELECT 1 FROM event WHERE application = ? AND seq = ? AND digest = ?",
                             "uid", seen->application, seen->seq, seen->head))
    return FALSE;
  *ret_has = found != 0;
  return TRUE;
}

static gboolean
note_lost (MadoCentre *centre, const char *terminal, const MadoLineChange *seen, GError **error)
{
  g_autofree char *ref = g_strdup_printf ("%" G_GINT64_FORMAT ":%s", seen->seq, seen->state);

  if (!mado_database_write (centre->data, error, "INSERT OR IGNORE INTO lost VALUES(?, ?, ?, ?, ?)",
                            "uidtt", seen->application, seen->seq, seen->head, seen->state,
                            terminal))
    return FALSE;
  return mado_database_changed (centre->data) == 0
         || (mado_centre_alarm (centre, "lost", seen->application, error)
             && mado_centre_flag (centre, seen->application, "restored", ref, error));
}

static gboolean
note_one (MadoCentre *centre, const char *terminal, const MadoLineChange *seen, GError **error)
{
  gboolean purged = FALSE, has = FALSE;

  if (!mado_uuid_is_valid (seen->application))
    return TRUE;
  if (!mado_vault_is_purged (centre->vault, seen->application, &purged, error)
      || !has_head (centre, seen, &has, error))
    return FALSE;
  return purged || has || note_lost (centre, terminal, seen, error);
}

static gboolean
note_all (MadoCentre *centre, const char *terminal, GPtrArray *seen, GError **error)
{
  for (guint i = 0; i < seen->len; i++)
    if (!note_one (centre, terminal, seen->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean
mado_centre_note_seen (MadoCentre *centre, const char *terminal, GPtrArray *seen, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  if (seen->len == 0)
    return TRUE;
  if (!mado_centre_begin (centre, error))
    return FALSE;
  return mado_centre_end (centre, note_all (centre, terminal, seen, error), error);
}

/* --- checkpoints and backups ----------------------------------------------------------------- */

gboolean
mado_centre_keep_checkpoint (MadoCentre  *centre,
                             const char  *terminal,
                             gint64       g,
                             gint64       n,
                             const guint8 digest[32],
                             GBytes      *signature,
                             gint64       anchor_at,
                             GError     **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  return mado_database_write (centre->data, error,
                              "INSERT OR IGNORE INTO checkpoint VALUES(?, ?, ?, ?, ?, ?)", "tiidbi",
                              terminal, g, n, digest, signature, anchor_at);
}

static gboolean
announce (MadoCentre *centre, gint64 n, GError **error)
{
  gint64 known = 0;

  return mado_meta_integer (centre->vault->database, "announced", &known, error)
         && (n <= known || mado_vault_set_integer (centre->vault, "announced", n, error));
}

gboolean
mado_centre_announce_backup (MadoCentre *centre, gint64 n, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  if (!mado_vault_begin (centre->vault, error))
    return FALSE;
  return mado_vault_end (centre->vault, announce (centre, n, error), error);
}
