#include "app/store/centre-inner.h"

#include "app/store/migrate.h"

#include <errno.h>
#include <glib/gstdio.h>

static gboolean
make_dir (const char *dir, GError **error)
{
  if (g_mkdir_with_parents (dir, 0700) == 0)
    return TRUE;
  return mado_store_raise (error,
                           errno == ENOSPC ? MADO_STORE_ERROR_FULL : MADO_STORE_ERROR_NOT_WRITABLE,
                           "cannot make %s: %s", dir, g_strerror (errno));
}

static MadoDatabase *
open_data (const char *path, GError **error)
{
  g_autoptr (MadoDatabase) database = mado_database_open (path, error);

  if (database == NULL || !mado_database_check (database, error)
      || !mado_migrate (database, mado_centre_steps, mado_centre_n_steps, error)
      || !mado_database_run (database, "PRAGMA wal_autocheckpoint=1000", error))
    return NULL;
  return g_steal_pointer (&database);
}

static gboolean
open_files (
    MadoCentre *centre, const char *dir, const char *mirror_dir, GBytes *kek, GError **error)
{
  g_autofree char *data = g_build_filename (dir, "central.db", NULL);
  g_autofree char *vault = g_build_filename (dir, "vault.db", NULL);
  g_autofree char *mirror = g_build_filename (mirror_dir, "vault-mirror.db", NULL);

  if (!make_dir (dir, error) || !make_dir (mirror_dir, error))
    return FALSE;
  centre->vault = mado_vault_open (vault, mirror, kek, error);
  if (centre->vault == NULL)
    return FALSE;
  centre->data = open_data (data, error);
  return centre->data != NULL && mado_centre_purge_again (centre, error);
}

MadoCentre *
mado_centre_open_mirrored (
    const char *dir, const char *mirror_dir, GBytes *kek, MadoClock *clock, GError **error)
{
  g_autoptr (MadoCentre) centre = g_new0 (MadoCentre, 1);

  g_mutex_init (&centre->mutex);
  centre->clock = clock;
  if (g_bytes_get_size (kek) != MADO_KEY_LEN) {
    mado_store_raise (error, MADO_STORE_ERROR_KEY, "the KEK has %zu octets, expected %d",
                      g_bytes_get_size (kek), MADO_KEY_LEN);
    return NULL;
  }
  if (!open_files (centre, dir, mirror_dir, kek, error))
    return NULL;
  return g_steal_pointer (&centre);
}

MadoCentre *
mado_centre_open (const char *dir, GBytes *kek, MadoClock *clock, GError **error)
{
  return mado_centre_open_mirrored (dir, dir, kek, clock, error);
}

void
mado_centre_free (MadoCentre *centre)
{
  if (centre == NULL)
    return;
  g_clear_pointer (&centre->data, mado_database_free);
  g_clear_pointer (&centre->vault, mado_vault_free);
  g_mutex_clear (&centre->mutex);
  g_free (centre);
}

gboolean
mado_centre_begin (MadoCentre *centre, GError **error)
{
  if (!mado_vault_begin (centre->vault, error))
    return FALSE;
  if (mado_database_begin (centre->data, error))
    return TRUE;
  return mado_vault_end (centre->vault, FALSE, NULL);
}

gboolean
mado_centre_end (MadoCentre *centre, gboolean good, GError **error)
{
  good = mado_vault_end (centre->vault, good, error);
  return mado_database_end (centre->data, good, error);
}

const char *
mado_centre_box_key (MadoCentre *centre, GBytes **ret_public)
{
  if (ret_public != NULL)
    *ret_public = g_bytes_new (centre->vault->box_public, sizeof centre->vault->box_public);
  return centre->vault->box_id;
}

gboolean
mado_centre_epoch (MadoCentre *centre, gint64 *ret_epoch, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  return mado_meta_integer (centre->vault->database, "epoch", ret_epoch, error);
}

gboolean
mado_centre_alarm (MadoCentre *centre, const char *code, const char *detail, GError **error)
{
  return mado_database_write (centre->data, error,
                              "INSERT INTO alarm SELECT ?1, ?2, ?3, 0 WHERE NOT EXISTS"
                              " (SELECT 1 FROM alarm WHERE code = ?1 AND detail = ?3 AND seen = 0)",
                              "tit", code, mado_clock_now_ms (centre->clock), detail);
}

static JsonObject *
count_states (MadoCentre *centre, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (JsonObject) states = json_object_new ();
  g_autoptr (MadoRows) rows
      = mado_rows_new (centre->data, error, "SELECT state, count(*) FROM line GROUP BY state", "");

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause))
    json_object_set_int_member (states, mado_rows_text (rows, 0), mado_rows_integer (rows, 1));
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&states);
}

static gboolean
count_into (
    JsonObject *counts, const char *member, MadoDatabase *database, const char *sql, GError **error)
{
  gint64 n = 0;

  if (!mado_database_number (database, 0, &n, error, sql, ""))
    return FALSE;
  json_object_set_int_member (counts, member, n);
  return TRUE;
}

JsonObject *
mado_centre_counts (MadoCentre *centre, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autoptr (JsonObject) counts = json_object_new ();
  JsonObject *states = count_states (centre, error);

  if (states == NULL)
    return NULL;
  json_object_set_object_member (counts, "lines", states);
  if (!count_into (counts, "journal", centre->data, "SELECT coalesce(max(n), 0) FROM journal",
                   error)
      || !count_into (counts, "aside", centre->data, "SELECT count(*) FROM aside", error)
      || !count_into (counts, "alarms", centre->data, "SELECT count(*) FROM alarm WHERE seen = 0",
                      error)
      || !count_into (counts, "terminals", centre->vault->database,
                      "SELECT count(*) FROM main.terminal WHERE revoked = 0", error))
    return NULL;
  return g_steal_pointer (&counts);
}
