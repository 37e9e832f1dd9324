/* app/store/database.h - one SQLite file as this room uses it. Private to the room.
 *
 * Values go in and out by one letter each: `i` gint64, `t` text or %NULL, `b` GBytes or %NULL,
 * `d` 32 octets, `u` a UUID in text kept as 16 octets. Failures become codes of error.h.
 */
#pragma once
#include "app/store/error.h"

#include <sqlite3.h>

typedef struct {
  sqlite3    *sqlite;
  GHashTable *statements; /* text -> sqlite3_stmt, prepared once */
} MadoDatabase;

/** Opens or makes the file (0600) with the pragmas of a store: WAL, one sync a commit, no
 *  checkpoint but on demand. */
MadoDatabase *mado_database_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void          mado_database_free (MadoDatabase *database);

/** Reads the whole file; %FALSE with %MADO_STORE_ERROR_DAMAGED. */
gboolean mado_database_check (MadoDatabase *database, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Statements without values, one after another. */
gboolean mado_database_run (MadoDatabase *database,
                            const char   *script,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/** One statement that answers no rows. */
gboolean mado_database_write (MadoDatabase *database,
                              GError      **error,
                              const char   *sql,
                              const char   *letters,
                              ...) G_GNUC_WARN_UNUSED_RESULT;

/** As mado_database_write() with its values in a list. */
gboolean mado_database_write_list (MadoDatabase *database,
                                   GError      **error,
                                   const char   *sql,
                                   const char   *letters,
                                   va_list       args) G_GNUC_WARN_UNUSED_RESULT;

/** How many rows the last write changed. */
gint64 mado_database_changed (MadoDatabase *database);

/** Write lock now, so that what is read is what is written upon. */
gboolean mado_database_begin (MadoDatabase *database, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Commits when @good, else rolls back; a commit that fails is rolled back, too. Returns whether
 *  it is on the disk. */
gboolean
mado_database_end (MadoDatabase *database, gboolean good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Moves the log into the file and empties it. */
gboolean mado_database_tidy (MadoDatabase *database, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The rows a query answers, one at a time. */
typedef struct {
  MadoDatabase *database;
  sqlite3_stmt *statement;
} MadoRows;

MadoRows *mado_rows_new (MadoDatabase *database,
                         GError      **error,
                         const char   *sql,
                         const char   *letters,
                         ...) G_GNUC_WARN_UNUSED_RESULT;
void      mado_rows_free (MadoRows *rows);

/** Moves to the next row; %FALSE at the end, and with @error set when reading failed. */
gboolean mado_rows_next (MadoRows *rows, GError **error);

gint64      mado_rows_integer (MadoRows *rows, int column);
const char *mado_rows_text (MadoRows *rows, int column);
gboolean    mado_rows_is_null (MadoRows *rows, int column);

/** (transfer full): %NULL for NULL. */
GBytes *mado_rows_bytes (MadoRows *rows, int column);

/** (transfer full): the UUID in text; a value of another length is all zeros. */
char *mado_rows_uuid (MadoRows *rows, int column);

/** %FALSE, zeros, when the value has not 32 octets. */
gboolean mado_rows_digest (MadoRows *rows, int column, guint8 ret_digest[32]);

/** One integer of one row; @absent when there is no row. */
gboolean mado_database_number (MadoDatabase *database,
                               gint64        absent,
                               gint64       *ret_value,
                               GError      **error,
                               const char   *sql,
                               const char   *letters,
                               ...) G_GNUC_WARN_UNUSED_RESULT;

/* Table meta(key, value), which every file has. */
gboolean mado_meta_integer (MadoDatabase *database,
                            const char   *key,
                            gint64       *ret_value,
                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mado_meta_bytes (MadoDatabase *database,
                          const char   *key,
                          GBytes      **ret_value,
                          GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mado_meta_set_integer (MadoDatabase *database,
                                const char   *key,
                                gint64        value,
                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean mado_meta_set_bytes (MadoDatabase *database,
                              const char   *key,
                              GBytes       *value,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoDatabase, mado_database_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoRows, mado_rows_free)
