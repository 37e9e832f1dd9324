#include "app/store/database.h"

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

gboolean
mado_database_raise (MadoDatabase *database, int rc, const char *doing, GError **error)
{
  /* Only SQLite's fixed words: sqlite3_errmsg() may quote values. */
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
    mado_database_raise (database, rc, "open the store", error);
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

  return rc == SQLITE_OK || mado_database_raise (database, rc, "write the store", error);
}

/* Statements are literals of this room, so their address is their name. */
sqlite3_stmt *
mado_database_prepare (MadoDatabase *database, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (database->statements, sql);

  if (statement != NULL)
    return statement;
  int rc
      = sqlite3_prepare_v3 (database->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (rc != SQLITE_OK) {
    mado_database_raise (database, rc, "prepare a statement", error);
    return NULL;
  }
  g_hash_table_insert (database->statements, (gpointer)sql, statement);
  return statement;
}

static gboolean
step_once (MadoDatabase *database, const char *sql, GError **error)
{
  sqlite3_stmt *statement = mado_database_prepare (database, sql, error);

  if (statement == NULL)
    return FALSE;
  int rc = sqlite3_step (statement);
  sqlite3_reset (statement);
  return rc == SQLITE_DONE || mado_database_raise (database, rc, "write the store", error);
}

gboolean
mado_database_begin (MadoDatabase *database, GError **error)
{
  return step_once (database, "BEGIN IMMEDIATE", error);
}

gboolean
mado_database_end (MadoDatabase *database, gboolean good, GError **error)
{
  if (good && step_once (database, "COMMIT", error))
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
  sqlite3_stmt *statement = mado_database_prepare (database, "PRAGMA quick_check(1)", error);

  if (statement == NULL)
    return FALSE;
  int              rc = sqlite3_step (statement);
  g_autofree char *finding
      = rc == SQLITE_ROW ? g_strdup ((const char *)sqlite3_column_text (statement, 0)) : NULL;
  sqlite3_reset (statement);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    return mado_database_raise (database, rc, "read the store", error);
  return g_strcmp0 (finding, "ok") == 0 || raise_finding (finding, error);
}

gboolean
mado_database_tidy (MadoDatabase *database, GError **error)
{
  int rc
      = sqlite3_wal_checkpoint_v2 (database->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  return rc == SQLITE_OK || mado_database_raise (database, rc, "empty the store's log", error);
}
