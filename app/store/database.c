#include "app/store/database.h"

#include "app/base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static MadoStoreError
code_of_errno (int number)
{
  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    return MADO_STORE_ERROR_FULL;
  if (number == EACCES || number == EPERM || number == EROFS)
    return MADO_STORE_ERROR_NOT_WRITABLE;
  return MADO_STORE_ERROR_IO;
}

/* SQLite calls some full disks "disk I/O error"; only errno tells. */
static MadoStoreError
code_of (MadoDatabase *database, int rc)
{
  switch (rc & 0xFF) {
  case SQLITE_FULL:
    return MADO_STORE_ERROR_FULL;
  case SQLITE_READONLY:
  case SQLITE_CANTOPEN:
  case SQLITE_PERM:
    return MADO_STORE_ERROR_NOT_WRITABLE;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return MADO_STORE_ERROR_DAMAGED;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return MADO_STORE_ERROR_HELD;
  default:
    return database->sqlite != NULL ? code_of_errno (sqlite3_system_errno (database->sqlite))
                                    : MADO_STORE_ERROR_IO;
  }
}

/* Only SQLite's fixed words: sqlite3_errmsg() may quote values. */
static gboolean
fail (MadoDatabase *database, int rc, const char *doing, GError **error)
{
  return mado_store_raise (error, code_of (database, rc), "%s: %s (SQLite %d)", doing,
                           sqlite3_errstr (rc), rc);
}

static const char pragmas[] = "PRAGMA busy_timeout=5000;"
                              "PRAGMA journal_mode=WAL;"
                              "PRAGMA synchronous=FULL;"
                              "PRAGMA foreign_keys=ON;"
                              "PRAGMA secure_delete=ON;"
                              "PRAGMA trusted_schema=OFF;"
                              "PRAGMA cell_size_check=ON;"
                              "PRAGMA temp_store=MEMORY;"
                              "PRAGMA mmap_size=0;"
                              "PRAGMA wal_autocheckpoint=0;";

/* SQLite gives its log the mode of the file; so the file is made first. */
static gboolean
make_private_file (const char *path, GError **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd < 0) {
    int number = errno;
    return mado_store_raise (error,
                             number == ENOENT || number == ENOTDIR ? MADO_STORE_ERROR_NOT_WRITABLE
                                                                   : code_of_errno (number),
                             "cannot open %s: %s", path, g_strerror (number));
  }
  close (fd);
  return TRUE;
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

MadoDatabase *
mado_database_open (const char *path, GError **error)
{
  g_autoptr (MadoDatabase) database = g_new0 (MadoDatabase, 1);

  database->statements = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, finalize);
  if (!make_private_file (path, error))
    return NULL;
  int rc
      = sqlite3_open_v2 (path, &database->sqlite,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (rc != SQLITE_OK) {
    fail (database, rc, "open the store", error);
    return NULL;
  }
  if (!mado_database_run (database, pragmas, error))
    return NULL;
  return g_steal_pointer (&database);
}

void
mado_database_free (MadoDatabase *database)
{
  if (database == NULL)
    return;
  g_hash_table_unref (database->statements);
  sqlite3_close (database->sqlite);
  g_free (database);
}

gboolean
mado_database_run (MadoDatabase *database, const char *script, GError **error)
{
  int rc = sqlite3_exec (database->sqlite, script, NULL, NULL, NULL);

  return rc == SQLITE_OK || fail (database, rc, "write the store", error);
}

/* Statements are literals of this room, so their address is their name. */
static sqlite3_stmt *
prepare (MadoDatabase *database, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (database->statements, sql);

  if (statement != NULL)
    return statement;
  int rc
      = sqlite3_prepare_v3 (database->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (rc != SQLITE_OK) {
    fail (database, rc, "prepare a statement", error);
    return NULL;
  }
  g_hash_table_insert (database->statements, (gpointer)sql, statement);
  return statement;
}

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
  sqlite3_stmt *statement = prepare (database, sql, error);

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
    fail (rows->database, rc, "read or write the store", error);
  return rc == SQLITE_ROW;
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
  g_autoptr (GError) cause = NULL;
  g_autoptr (MadoRows) rows = rows_of (database, error, sql, letters, args);

  if (rows == NULL)
    return FALSE;
  mado_rows_next (rows, &cause);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
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
  g_autoptr (GError) cause = NULL;
  va_list args;

  va_start (args, letters);
  g_autoptr (MadoRows) rows = rows_of (database, error, sql, letters, args);
  va_end (args);
  if (rows == NULL)
    return FALSE;
  gboolean there = mado_rows_next (rows, &cause);
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  *ret_value = there && !mado_rows_is_null (rows, 0) ? mado_rows_integer (rows, 0) : absent;
  return TRUE;
}

gboolean
mado_database_begin (MadoDatabase *database, GError **error)
{
  return mado_database_write (database, error, "BEGIN IMMEDIATE", "");
}

gboolean
mado_database_end (MadoDatabase *database, gboolean good, GError **error)
{
  if (good && mado_database_write (database, error, "COMMIT", ""))
    return TRUE;
  /* After some failures SQLite has rolled back by itself. */
  if (!sqlite3_get_autocommit (database->sqlite))
    sqlite3_exec (database->sqlite, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

/* The check tells a page it could not read in words, as it does a page that is wrong. */
static gboolean
is_unreadable (const char *finding)
{
  const char *code = strstr (finding, "error code=");
  gint64      rc = code != NULL ? g_ascii_strtoll (code + strlen ("error code="), NULL, 10) : 0;

  return (rc & 0xFF) == SQLITE_IOERR || (rc & 0xFF) == SQLITE_NOMEM
         || strstr (finding, "failed to get page") != NULL;
}

static gboolean
raise_finding (const char *finding, GError **error)
{
  if (finding != NULL && is_unreadable (finding))
    return mado_store_raise (error, MADO_STORE_ERROR_IO,
                             "the store could not be read to be checked");
  return mado_store_raise (error, MADO_STORE_ERROR_DAMAGED, "the store fails its check (%s)",
                           "PRAGMA quick_check");
}

gboolean
mado_database_check (MadoDatabase *database, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (MadoRows) rows = mado_rows_new (database, error, "PRAGMA quick_check(1)", "");

  if (rows == NULL)
    return FALSE;
  const char *finding = mado_rows_next (rows, &cause) ? mado_rows_text (rows, 0) : NULL;
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  return g_strcmp0 (finding, "ok") == 0 || raise_finding (finding, error);
}

gboolean
mado_database_tidy (MadoDatabase *database, GError **error)
{
  int rc
      = sqlite3_wal_checkpoint_v2 (database->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  return rc == SQLITE_OK || fail (database, rc, "empty the store's log", error);
}

gboolean
mado_meta_integer (MadoDatabase *database, const char *key, gint64 *ret_value, GError **error)
{
  return mado_database_number (database, 0, ret_value, error,
                               "SELECT value FROM meta WHERE key = ?", "t", key);
}

gboolean
mado_meta_bytes (MadoDatabase *database, const char *key, GBytes **ret_value, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (MadoRows) rows
      = mado_rows_new (database, error, "SELECT value FROM meta WHERE key = ?", "t", key);

  if (rows == NULL)
    return FALSE;
  gboolean there = mado_rows_next (rows, &cause);
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
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
