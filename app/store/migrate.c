#include "app/store/migrate.h"

#include "app/store/rows.h"

static gboolean
read_version (MadoDatabase *database, gint64 *ret_version, GError **error)
{
  return mado_database_number (database, 0, ret_version, error, "PRAGMA user_version", "");
}

static gboolean
is_ours (MadoDatabase *database, gint64 version, GError **error)
{
  gint64 id = 0;
  gint64 tables = 0;

  if (!mado_database_number (database, 0, &id, error, "PRAGMA application_id", "")
      || !mado_database_number (database, 0, &tables, error, "SELECT count(*) FROM sqlite_schema",
                                ""))
    return FALSE;
  if (id == MADO_APPLICATION_ID || (version == 0 && tables == 0))
    return TRUE;
  return mado_store_raise (
      error, MADO_STORE_ERROR_REFUSED,
      "the file is another program's database (application_id %" G_GINT64_FORMAT ")", id);
}

static gboolean
take_step (MadoDatabase *database, const char *step, gint64 version, GError **error)
{
  g_autofree char *stamp
      = g_strdup_printf ("PRAGMA application_id=%d; PRAGMA user_version=%" G_GINT64_FORMAT,
                         MADO_APPLICATION_ID, version);

  return mado_database_run (database, step, error) && mado_database_run (database, stamp, error);
}

/* The version is read again under the write lock: another process may have taken the step. */
static gboolean
next_step (MadoDatabase *database, const char *const *steps, gint64 version, GError **error)
{
  gint64 now = 0;

  if (!mado_database_begin (database, error))
    return FALSE;
  gboolean good = read_version (database, &now, error)
                  && (now > version || take_step (database, steps[version], version + 1, error));
  return mado_database_end (database, good, error);
}

gboolean
mado_migrate (MadoDatabase *database, const char *const *steps, guint n_steps, GError **error)
{
  gint64 version = 0;

  if (!read_version (database, &version, error) || !is_ours (database, version, error))
    return FALSE;
  if (version > n_steps)
    return mado_store_raise (error, MADO_STORE_ERROR_NEWER,
                             "the store has version %" G_GINT64_FORMAT
                             ", this program knows up to %u: install the newer program",
                             version, n_steps);
  for (; version < n_steps; version++)
    if (!next_step (database, steps, version, error))
      return FALSE;
  return TRUE;
}
