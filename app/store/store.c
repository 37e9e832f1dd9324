#include "app/store/terminal.h"

#include "app/store/box.h"
#include "app/store/migrate.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define FILE_NAME "store.db"
#define LOCK_NAME "store.lock"
#define KEK_CHECK "kek-check" /* a wrapped key nobody uses: opens only under the same KEK */

/* The lock is on an open file: it goes with the process, however that ends. */
static gboolean
take_lock (MadoStore *store, GError **error)
{
  g_autofree char *path = g_build_filename (store->dir, LOCK_NAME, NULL);

  if (g_mkdir_with_parents (store->dir, 0700) != 0)
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_WRITABLE, "cannot make %s: %s", store->dir,
                             g_strerror (errno));
  store->lock_fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (store->lock_fd < 0)
    return mado_store_raise (error,
                             errno == ENOSPC || errno == EDQUOT ? MADO_STORE_ERROR_FULL
                                                                : MADO_STORE_ERROR_NOT_WRITABLE,
                             "cannot open %s: %s", path, g_strerror (errno));
  if (flock (store->lock_fd, LOCK_EX | LOCK_NB) != 0)
    return mado_store_raise (error, MADO_STORE_ERROR_HELD, "%s is held by another program",
                             store->dir);
  return TRUE;
}

static MadoDatabase *
open_checked (const char *path, GError **error)
{
  g_autoptr (MadoDatabase) database = mado_database_open (path, error);

  if (database == NULL || !mado_database_check (database, error)
      || !mado_migrate (database, mado_terminal_steps, mado_terminal_n_steps, error))
    return NULL;
  return g_steal_pointer (&database);
}

/* The log goes along: it may hold the newest acknowledged lines. */
static gboolean
set_aside (MadoStore *store, const char *path, GError **error)
{
  static const char *const parts[] = { "", "-wal" };

  g_autofree char *name
      = g_strdup_printf (FILE_NAME ".damaged-%" G_GINT64_FORMAT, mado_clock_now_ms (store->clock));
  g_autofree char *aside = g_build_filename (store->dir, name, NULL);
  g_autofree char *index = g_strconcat (path, "-shm", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *from = g_strconcat (path, parts[i], NULL);
    g_autofree char *to = g_strconcat (aside, parts[i], NULL);
    if (g_rename (from, to) != 0 && errno != ENOENT)
      return mado_store_raise (error, MADO_STORE_ERROR_DAMAGED,
                               "the store is damaged and cannot be set aside: %s",
                               g_strerror (errno));
  }
  g_unlink (index);
  store->set_aside = g_steal_pointer (&name);
  return TRUE;
}

static gboolean
open_file (MadoStore *store, GError **error)
{
  g_autofree char *path = g_build_filename (store->dir, FILE_NAME, NULL);
  g_autoptr (GError) cause = NULL;

  store->database = open_checked (path, &cause);
  if (store->database != NULL)
    return TRUE;
  if (!g_error_matches (cause, MADO_STORE_ERROR, MADO_STORE_ERROR_DAMAGED)) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  if (!set_aside (store, path, error))
    return FALSE;
  store->database = open_checked (path, error);
  return store->database != NULL;
}

static gboolean
check_kek (MadoStore *store, GError **error)
{
  g_autoptr (GBytes) known = NULL;
  guint8 key[MADO_KEY_LEN] = { 0 };

  if (!mado_meta_bytes (store->database, KEK_CHECK, &known, error))
    return FALSE;
  if (known != NULL)
    return mado_unwrap_key (store->kek, KEK_CHECK, known, key, error);
  known = mado_wrap_key (store->kek, KEK_CHECK, key);
  return mado_meta_set_bytes (store->database, KEK_CHECK, known, error);
}

/* The holder stands in every header, so a store with lines belongs to one terminal. */
static gboolean
check_holder (MadoStore *store, GError **error)
{
  g_autoptr (GBytes) known = NULL;
  g_autoptr (GBytes) ours = g_bytes_new (store->holder, strlen (store->holder));
  gint64 lines = 0;

  if (!mado_meta_bytes (store->database, "holder", &known, error))
    return FALSE;
  if (known != NULL && g_bytes_equal (known, ours))
    return TRUE;
  if (!mado_database_number (store->database, 0, &lines, error, "SELECT count(*) FROM line", ""))
    return FALSE;
  if (lines > 0)
    return mado_store_raise (error, MADO_STORE_ERROR_REFUSED,
                             "the store has lines of another terminal than %s", store->holder);
  return mado_meta_set_bytes (store->database, "holder", ours, error);
}

static gboolean
load_box_key (MadoStore *store, GError **error)
{
  g_autoptr (GBytes) id = NULL;

  if (!mado_meta_bytes (store->database, "box_id", &id, error)
      || !mado_meta_bytes (store->database, "box_public", &store->box_public, error))
    return FALSE;
  if (id != NULL)
    store->box_id = g_strndup (g_bytes_get_data (id, NULL), g_bytes_get_size (id));
  return TRUE;
}

static gboolean
report_set_aside (MadoStore *store, GError **error)
{
  return store->set_aside == NULL
         || mado_alarm_insert (store->database, "damaged", mado_clock_now_ms (store->clock),
                               store->set_aside, error);
}

/* `opened` is written each time: the first write after the log was emptied costs a second sync
 * for the log's header, and that must not be an act's. */
static gboolean
greet (MadoStore *store, GError **error)
{
  gint64 g = 0;

  if (!mado_database_begin (store->database, error))
    return FALSE;
  gboolean good = check_kek (store, error) && check_holder (store, error)
                  && mado_meta_integer (store->database, "g", &g, error)
                  && (g > 0 || mado_meta_set_integer (store->database, "g", (gint64)1, error))
                  && mado_meta_set_integer (store->database, "opened",
                                            mado_clock_now_ms (store->clock), error)
                  && report_set_aside (store, error) && load_box_key (store, error);
  return mado_database_end (store->database, good, error);
}

/* A key nobody can box for is told to the act that needs it. */
static void
box_ahead (MadoStore *store)
{
  G_GNUC_UNUSED gboolean ready = mado_line_box_ahead (store, NULL);
}

MadoStore *
mado_store_open (const MadoStoreOptions *options, GError **error)
{
  g_autoptr (MadoStore) store = g_new0 (MadoStore, 1);

  g_mutex_init (&store->mutex);
  store->lock_fd = -1;
  store->dir = g_strdup (options->dir);
  store->holder = g_strdup (options->holder);
  store->kek = g_bytes_ref (options->kek);
  store->box_only = options->box_only;
  store->clock = options->clock;
  if (g_bytes_get_size (store->kek) != MADO_KEY_LEN) {
    mado_store_raise (error, MADO_STORE_ERROR_KEY, "the KEK has %zu octets, expected %d",
                      g_bytes_get_size (store->kek), MADO_KEY_LEN);
    return NULL;
  }
  if (!take_lock (store, error) || !open_file (store, error) || !greet (store, error))
    return NULL;
  box_ahead (store);
  return g_steal_pointer (&store);
}

void
mado_store_free (MadoStore *store)
{
  if (store == NULL)
    return;
  g_clear_pointer (&store->database, mado_database_free);
  if (store->lock_fd >= 0)
    close (store->lock_fd);
  g_free (store->dir);
  g_free (store->holder);
  g_clear_pointer (&store->kek, g_bytes_unref);
  g_free (store->set_aside);
  g_free (store->box_id);
  g_clear_pointer (&store->box_public, g_bytes_unref);
  mado_box_start_clear (&store->box_start);
  g_mutex_clear (&store->mutex);
  g_free (store);
}

const char *
mado_store_set_aside (MadoStore *store)
{
  return store->set_aside;
}

static gboolean
note_tidied (MadoStore *store, GError **error)
{
  return mado_meta_set_integer (store->database, "tidied", mado_clock_now_ms (store->clock), error);
}

gboolean
mado_store_tidy (MadoStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  box_ahead (store);
  /* The write behind it pays for the new log's header, see greet(). */
  return mado_database_tidy (store->database, error) && note_tidied (store, error);
}
