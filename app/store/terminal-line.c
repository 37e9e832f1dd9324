#include "app/store/terminal.h"

#include "app/domain/line.h"
#include "app/store/journal.h"

#include <openssl/crypto.h>
#include <string.h>

void
mado_line_free (MadoLine *line)
{
  if (line == NULL)
    return;
  g_free (line->application);
  g_free (line->state);
  g_clear_pointer (&line->wrapped, g_bytes_unref);
  g_free (line);
}

static MadoLine *
line_of_row (const char *application, MadoRows *rows)
{
  MadoLine *line = g_new0 (MadoLine, 1);

  line->application = g_strdup (application);
  line->seq = mado_rows_integer (rows, 0);
  mado_rows_digest (rows, 1, line->head);
  line->state = g_strdup (mado_rows_text (rows, 2));
  line->sync = (MadoSync)mado_rows_integer (rows, 3);
  line->wrapped = mado_rows_bytes (rows, 4);
  return line;
}

gboolean
mado_line_load (MadoStore *store, const char *application, MadoLine **ret_line, GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (
      store->database, error,
      "SELECT seq, head, state, sync, wrapped FROM line WHERE application = ?", "u", application);
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_line = there ? line_of_row (application, rows) : NULL;
  return TRUE;
}

gboolean
mado_line_key (MadoStore *store, MadoLine *line, guint8 ret_key[MADO_KEY_LEN], GError **error)
{
  if (line->wrapped == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_KEY, "the key of %s is not kept here",
                             line->application);
  return mado_unwrap_key (store->kek, line->application, line->wrapped, ret_key, error);
}

MadoApplication *
mado_line_fold (
    MadoStore *store, const char *application, gint64 last, const guint8 *key, GError **error)
{
  g_autoptr (GPtrArray) events = mado_events_load (store->database, application, last, key, error);

  return events != NULL ? mado_events_fold (events, error) : NULL;
}

gboolean
mado_line_box_ahead (MadoStore *store, GError **error)
{
  return store->box_public == NULL
         || mado_box_start (g_bytes_get_data (store->box_public, NULL), &store->box_start, error);
}

gboolean
mado_line_box (MadoStore   *store,
               const char  *application,
               const guint8 key[MADO_KEY_LEN],
               GBytes     **ret_box,
               GError     **error)
{
  g_autoptr (GBytes) epk = NULL;
  g_autoptr (GBytes) boxed = NULL;

  *ret_box = NULL;
  if (store->box_public == NULL)
    return TRUE;
  if (!mado_line_box_ahead (store, error))
    return FALSE;
  mado_box_finish (&store->box_start, application, key, &epk, &boxed);

  /* Length and id of the centre's key, then both parts, whose lengths are fixed. */
  g_autoptr (GByteArray) box = g_byte_array_new ();
  guint8 id_len = (guint8)strlen (store->box_id);
  g_byte_array_append (box, &id_len, 1);
  g_byte_array_append (box, (const guint8 *)store->box_id, id_len);
  g_byte_array_append (box, g_bytes_get_data (epk, NULL), MADO_BOX_KEY_LEN);
  g_byte_array_append (box, g_bytes_get_data (boxed, NULL), MADO_BOXED_LEN);
  *ret_box = g_byte_array_free_to_bytes (g_steal_pointer (&box));
  return TRUE;
}

gboolean
mado_place_last (MadoStore *store, gint64 g, gint64 *ret_n, guint8 ret_digest[32], GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (store->database, error,
                       "SELECT n, digest FROM journal WHERE g = ? ORDER BY n DESC LIMIT 1", "i", g);

  return mado_journal_last (rows, ret_n, ret_digest, error);
}

gboolean
mado_place_append (MadoStore *store, const char *application, const guint8 head[32], GError **error)
{
  gint64 g = 0, n = 0;
  guint8 digest[32];

  if (!mado_meta_integer (store->database, "g", &g, error)
      || !mado_place_last (store, g, &n, digest, error))
    return FALSE;
  mado_journal_digest (digest, head, digest);
  return mado_database_write (store->database, error, "INSERT INTO journal VALUES(?, ?, ?, ?, ?)",
                              "iiudd", g, n + 1, application, head, digest);
}
