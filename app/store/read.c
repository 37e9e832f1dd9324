#include "app/store/terminal.h"

#include "app/base/random.h"

#include <openssl/crypto.h>

static MadoApplication *
read_line (MadoStore *store, MadoLine *line, GError **error)
{
  guint8 key[MADO_KEY_LEN];

  if (!mado_line_key (store, line, key, error))
    return NULL;
  MadoApplication *application = mado_line_fold (store, line->application, line->seq, key, error);
  OPENSSL_cleanse (key, sizeof key);
  return application;
}

MadoApplication *
mado_store_read (MadoStore *store, const char *application, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  g_autoptr (MadoLine) line = NULL;

  if (mado_uuid_is_valid (application) && !mado_line_load (store, application, &line, error))
    return NULL;
  if (line == NULL) {
    mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application of that id");
    return NULL;
  }
  return read_line (store, line, error);
}

void
mado_store_row_free (MadoStoreRow *row)
{
  if (row == NULL)
    return;
  g_free (row->application);
  g_free (row->state);
  g_free (row->code);
  g_clear_pointer (&row->content, mado_application_free);
  g_free (row);
}

static const char *
sync_name (MadoSync sync)
{
  static const char *const names[] = {
    [MADO_SYNC_HOME] = "home",           [MADO_SYNC_GIVEN] = "given",
    [MADO_SYNC_STORED] = "stored",       [MADO_SYNC_QUARANTINED] = "quarantined",
    [MADO_SYNC_BACKED_UP] = "backed-up",
  };

  return sync <= MADO_SYNC_BACKED_UP ? names[sync] : "home";
}

static gint64
time_of_header (GBytes *header)
{
  gsize       len = 0;
  const char *text = header != NULL ? g_bytes_get_data (header, &len) : "";
  g_autoptr (MadoEvent) event = mado_event_parse_header (text, len, NULL);

  return event != NULL ? event->time : 0;
}

static gpointer
row_of (MadoRows *rows)
{
  MadoStoreRow *row = g_new0 (MadoStoreRow, 1);
  g_autoptr (GBytes) header = mado_rows_bytes (rows, 5);

  row->application = mado_rows_uuid (rows, 0);
  row->state = g_strdup (mado_rows_text (rows, 1));
  row->seq = mado_rows_integer (rows, 2);
  row->sync = sync_name ((MadoSync)mado_rows_integer (rows, 3));
  row->code = g_strdup (mado_rows_text (rows, 4));
  row->time = time_of_header (header);
  return row;
}

/* A line that does not open is shown without content: one bad line must not hide the others. */
static void
add_contents (MadoStore *store, GPtrArray *list)
{
  for (guint i = 0; i < list->len; i++) {
    MadoStoreRow *row = list->pdata[i];
    g_autoptr (MadoLine) line = NULL;

    if (mado_line_load (store, row->application, &line, NULL) && line != NULL
        && line->wrapped != NULL)
      row->content = read_line (store, line, NULL);
  }
}

GPtrArray *
mado_store_list (MadoStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  g_autoptr (MadoRows) rows
      = mado_rows_new (store->database, error,
                       "SELECT l.application, l.state, l.seq, l.sync, l.code, e.header FROM line l"
                       " LEFT JOIN event e ON e.application = l.application AND e.seq = 1"
                       " ORDER BY l.application DESC", /* UUIDv7: their order is that of births */
                       "");

  GPtrArray *list = mado_rows_list (rows, row_of, (GDestroyNotify)mado_store_row_free, error);

  if (list != NULL)
    add_contents (store, list);
  return list;
}
