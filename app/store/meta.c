#include "app/store/meta.h"

gboolean
mado_meta_integer (MadoDatabase *database, const char *key, gint64 *ret_value, GError **error)
{
  return mado_database_number (database, 0, ret_value, error,
                               "SELECT value FROM meta WHERE key = ?", "t", key);
}

gboolean
mado_meta_bytes (MadoDatabase *database, const char *key, GBytes **ret_value, GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (database, error, "SELECT value FROM meta WHERE key = ?", "t", key);
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_value = there ? mado_rows_bytes (rows, 0) : NULL;
  return TRUE;
}

gboolean
mado_meta_set_integer (MadoDatabase *database, const char *key, gint64 value, GError **error)
{
  return mado_database_write (database, error, "INSERT OR REPLACE INTO meta VALUES(?, ?)", "ti",
                              key, value);
}

gboolean
mado_meta_set_bytes (MadoDatabase *database, const char *key, GBytes *value, GError **error)
{
  return mado_database_write (database, error, "INSERT OR REPLACE INTO meta VALUES(?, ?)", "tb",
                              key, value);
}
