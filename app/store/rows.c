#include "app/store/rows.h"

#include "app/base/random.h"

#include <string.h>

static void
bind_uuid (sqlite3_stmt *statement, int place, const char *uuid)
{
  guint8 octets[16];

  mado_uuid_to_octets (uuid, octets);
  sqlite3_bind_blob (statement, place, octets, sizeof octets, SQLITE_TRANSIENT);
}

static void
bind_bytes (sqlite3_stmt *statement, int place, GBytes *bytes)
{
  gsize         len = 0;
  gconstpointer octets = bytes != NULL ? g_bytes_get_data (bytes, &len) : NULL;

  if (bytes == NULL)
    sqlite3_bind_null (statement, place);
  else
    sqlite3_bind_blob64 (statement, place, len > 0 ? octets : "", len, SQLITE_TRANSIENT);
}

static void
bind_all (sqlite3_stmt *statement, const char *letters, va_list args)
{
  for (int place = 1; letters[place - 1] != '\0'; place++) {
    switch (letters[place - 1]) {
    case 'i':
      sqlite3_bind_int64 (statement, place, va_arg (args, gint64));
      break;
    case 't':
      sqlite3_bind_text (statement, place, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
      break;
    case 'b':
      bind_bytes (statement, place, va_arg (args, GBytes *));
      break;
    case 'd':
      sqlite3_bind_blob (statement, place, va_arg (args, const guint8 *), 32, SQLITE_TRANSIENT);
      break;
    case 'u':
      bind_uuid (statement, place, va_arg (args, const char *));
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

static MadoRows *
rows_of (MadoDatabase *database, GError **error, const char *sql, const char *letters, va_list args)
{
  sqlite3_stmt *statement = mado_database_prepare (database, sql, error);

  if (statement == NULL)
    return NULL;
  bind_all (statement, letters, args);
  MadoRows *rows = g_new0 (MadoRows, 1);
  rows->database = database;
  rows->statement = statement;
  return rows;
}

MadoRows *
mado_rows_new (MadoDatabase *database, GError **error, const char *sql, const char *letters, ...)
{
  va_list args;

  va_start (args, letters);
  MadoRows *rows = rows_of (database, error, sql, letters, args);
  va_end (args);
  return rows;
}

void
mado_rows_free (MadoRows *rows)
{
  if (rows == NULL)
    return;
  sqlite3_reset (rows->statement);
  sqlite3_clear_bindings (rows->statement);
  g_free (rows);
}

gboolean
mado_rows_next (MadoRows *rows, GError **error)
{
  int rc = sqlite3_step (rows->statement);

  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    mado_database_raise (rows->database, rc, "read or write the store", error);
  return rc == SQLITE_ROW;
}

gboolean
mado_rows_first (MadoRows *rows, gboolean *ret_there, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (rows == NULL)
    return FALSE;
  *ret_there = mado_rows_next (rows, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

GPtrArray *
mado_rows_list (MadoRows *rows, MadoRowReader read, GDestroyNotify free_value, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_value);

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause))
    g_ptr_array_add (list, read (rows));
  if (cause == NULL)
    return g_steal_pointer (&list);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

static gpointer
first_uuid (MadoRows *rows)
{
  return mado_rows_uuid (rows, 0);
}

GPtrArray *
mado_rows_uuids (MadoRows *rows, GError **error)
{
  return mado_rows_list (rows, first_uuid, g_free, error);
}

gint64
mado_rows_integer (MadoRows *rows, int column)
{
  return sqlite3_column_int64 (rows->statement, column);
}

const char *
mado_rows_text (MadoRows *rows, int column)
{
  return (const char *)sqlite3_column_text (rows->statement, column);
}

gboolean
mado_rows_is_null (MadoRows *rows, int column)
{
  return sqlite3_column_type (rows->statement, column) == SQLITE_NULL;
}

GBytes *
mado_rows_bytes (MadoRows *rows, int column)
{
  if (mado_rows_is_null (rows, column))
    return NULL;
  gconstpointer octets = sqlite3_column_blob (rows->statement, column);
  return g_bytes_new (octets, (gsize)sqlite3_column_bytes (rows->statement, column));
}

char *
mado_rows_uuid (MadoRows *rows, int column)
{
  guint8        octets[16] = { 0 };
  gconstpointer value = sqlite3_column_blob (rows->statement, column);

  if (sqlite3_column_bytes (rows->statement, column) == sizeof octets)
    memcpy (octets, value, sizeof octets);
  return mado_uuid_from_octets (octets);
}

gboolean
mado_rows_digest (MadoRows *rows, int column, guint8 ret_digest[32])
{
  gconstpointer value = sqlite3_column_blob (rows->statement, column);

  memset (ret_digest, 0, 32);
  if (sqlite3_column_bytes (rows->statement, column) != 32)
    return FALSE;
  memcpy (ret_digest, value, 32);
  return TRUE;
}

gboolean
mado_database_write_list (
    MadoDatabase *database, GError **error, const char *sql, const char *letters, va_list args)
{
  g_autoptr (MadoRows) rows = rows_of (database, error, sql, letters, args);
  gboolean there = FALSE;

  return mado_rows_first (rows, &there, error);
}

gboolean
mado_database_write (
    MadoDatabase *database, GError **error, const char *sql, const char *letters, ...)
{
  va_list args;

  va_start (args, letters);
  gboolean good = mado_database_write_list (database, error, sql, letters, args);
  va_end (args);
  return good;
}

gint64
mado_database_changed (MadoDatabase *database)
{
  return sqlite3_changes64 (database->sqlite);
}

gboolean
mado_database_number (MadoDatabase *database,
                      gint64        absent,
                      gint64       *ret_value,
                      GError      **error,
                      const char   *sql,
                      const char   *letters,
                      ...)
{
  gboolean there = FALSE;
  va_list  args;

  va_start (args, letters);
  g_autoptr (MadoRows) rows = rows_of (database, error, sql, letters, args);
  va_end (args);
  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_value = there && !mado_rows_is_null (rows, 0) ? mado_rows_integer (rows, 0) : absent;
  return TRUE;
}
