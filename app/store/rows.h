/* app/store/rows.h - what goes into tables and comes out of them. Private to the room.
 *
 * Values go in and out by one letter each: `i` gint64, `t` text or %NULL, `b` GBytes or %NULL,
 * `d` 32 octets, `u` a UUID in text kept as 16 octets.
 */
#pragma once
#include "app/store/database.h"

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

/** The first row, when @ret_there; @rows %NULL is what mado_rows_new() gave with @error. */
gboolean
mado_rows_first (MadoRows *rows, gboolean *ret_there, GError **error) G_GNUC_WARN_UNUSED_RESULT;

typedef gpointer (*MadoRowReader) (MadoRows *rows);

/** A value @read from each row there is; @rows may be %NULL as above. */
GPtrArray *mado_rows_list (MadoRows      *rows,
                           MadoRowReader  read,
                           GDestroyNotify free_value,
                           GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/** (element-type utf8): the first column's UUIDs; @rows may be %NULL as above. */
GPtrArray *mado_rows_uuids (MadoRows *rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoRows, mado_rows_free)
