/* app/store/database.h - one SQLite file as this room uses it. Private to the room.
 *
 * What goes in and out of its tables is rows.h. Failures become codes of error.h. */
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

/** The statement, kept for the next time; @sql is a literal of this room. */
sqlite3_stmt *mado_database_prepare (MadoDatabase *database,
                                     const char   *sql,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/** What SQLite's @rc means here; returns %FALSE. */
gboolean mado_database_raise (MadoDatabase *database, int rc, const char *doing, GError **error);

/** Write lock now, so that what is read is what is written upon. */
gboolean mado_database_begin (MadoDatabase *database, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Commits when @good, else rolls back; a commit that fails is rolled back, too. Returns whether
 *  it is on the disk. */
gboolean
mado_database_end (MadoDatabase *database, gboolean good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Moves the log into the file and empties it. */
gboolean mado_database_tidy (MadoDatabase *database, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoDatabase, mado_database_free)
