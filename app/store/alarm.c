#include "app/store/terminal.h"

gboolean
mado_alarm_insert (
    MadoDatabase *database, const char *code, gint64 at, const char *detail, GError **error)
{
  /* Said once until somebody has seen it: what repeats must not fill the disk. */
  return mado_database_write (database, error,
                              "INSERT INTO alarm SELECT ?1, ?2, ?3, 0 WHERE NOT EXISTS"
                              " (SELECT 1 FROM alarm WHERE code = ?1 AND detail = ?3 AND seen = 0)",
                              "tit", code, at, detail);
}

gboolean
mado_store_alarm (MadoStore *store, const char *code, const char *detail, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  return mado_alarm_insert (store->database, code, mado_clock_now_ms (store->clock), detail, error);
}

void
mado_store_alarm_free (MadoStoreAlarm *alarm)
{
  if (alarm == NULL)
    return;
  g_free (alarm->code);
  g_free (alarm->detail);
  g_free (alarm);
}

static gpointer
alarm_of (MadoRows *rows)
{
  MadoStoreAlarm *alarm = g_new0 (MadoStoreAlarm, 1);

  alarm->code = g_strdup (mado_rows_text (rows, 0));
  alarm->at = mado_rows_integer (rows, 1);
  alarm->detail = g_strdup (mado_rows_text (rows, 2));
  return alarm;
}

GPtrArray *
mado_store_alarms (MadoStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  g_autoptr (MadoRows) rows
      = mado_rows_new (store->database, error,
                       "SELECT code, at, detail FROM alarm WHERE seen = 0 ORDER BY rowid", "");

  return mado_rows_list (rows, alarm_of, (GDestroyNotify)mado_store_alarm_free, error);
}

gboolean
mado_store_silence (MadoStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  return mado_database_run (store->database, "UPDATE alarm SET seen = 1 WHERE seen = 0", error);
}
