#include "app/store/terminal.h"

#include "app/store/box.h"
#include "app/store/change.h"

#include <openssl/crypto.h>
#include <string.h>

/* --- what goes ------------------------------------------------------------------------------- */

static gboolean
take_box_apart (GBytes *box, MadoGivenLine *line)
{
  gsize         len = 0;
  const guint8 *octets = g_bytes_get_data (box, &len);

  if (len < 1 || len != 1U + octets[0] + MADO_BOX_KEY_LEN + MADO_BOXED_LEN)
    return FALSE;
  line->box_key = g_strndup ((const char *)octets + 1, octets[0]);
  line->box_epk = g_bytes_new (octets + 1 + octets[0], MADO_BOX_KEY_LEN);
  line->boxed = g_bytes_new (octets + 1 + octets[0] + MADO_BOX_KEY_LEN, MADO_BOXED_LEN);
  return TRUE;
}

static MadoGivenLine *
given_of (MadoStore *store, MadoRows *rows, GError **error)
{
  g_autoptr (MadoGivenLine) line = g_new0 (MadoGivenLine, 1);
  g_autoptr (GBytes) box = mado_rows_bytes (rows, 3);

  line->application = mado_rows_uuid (rows, 0);
  line->n = mado_rows_integer (rows, 1);
  mado_rows_digest (rows, 2, line->head);
  if (box == NULL) { /* erased: only its place is left */
    line->events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_event_free);
    return g_steal_pointer (&line);
  }
  line->events = mado_events_to_give (store->database, line->application, error);
  if (line->events == NULL)
    return NULL;
  if (!take_box_apart (box, line)) {
    mado_store_raise (error, MADO_STORE_ERROR_DAMAGED, "the box of %s is none", line->application);
    return NULL;
  }
  return g_steal_pointer (&line);
}

static gsize
octets_of (const MadoGivenLine *line)
{
  gsize octets = 0;

  for (guint i = 0; i < line->events->len; i++) {
    const MadoGivenEvent *event = line->events->pdata[i];
    octets += g_bytes_get_size (event->sealed);
  }
  return octets;
}

/* A line that cannot be read must not hold up the others: it stays, with an alarm. */
static void
report_unreadable (MadoStore *store, const GError *cause)
{
  g_autoptr (GError) ignored = NULL;

  if (!mado_alarm_insert (store->database, "unreadable", mado_clock_now_ms (store->clock),
                          cause->message, &ignored))
    g_debug ("no alarm: %s", ignored->message);
}

static gboolean
is_too_large (const MadoGivenLine *line)
{
  return line->events->len > MADO_LINE_MAX_EVENTS || octets_of (line) > MADO_LINE_GIVE_OCTETS;
}

static gboolean
set_aside (MadoStore *store, const char *application, GError **error)
{
  if (!mado_database_begin (store->database, error))
    return FALSE;
  gboolean good = mado_database_write (store->database, error,
                                       "UPDATE line SET sync = 3, at = NULL, code = 'too_large'"
                                       " WHERE application = ?",
                                       "u", application)
                  && mado_alarm_insert (store->database, "too_large",
                                        mado_clock_now_ms (store->clock), application, error);
  return mado_database_end (store->database, good, error);
}

#define TO_SEND                                                                                    \
  "SELECT l.application, j.n, j.head, l.box FROM line l JOIN journal j"                            \
  " ON j.application = l.application AND j.g = (SELECT value FROM meta WHERE key = 'g')"           \
  " WHERE l.sync = 1 AND (l.box IS NOT NULL OR l.state = 'purged') ORDER BY j.n"

/* The line of the row, when it can go; else nothing, and @aside or an alarm has it. */
static MadoGivenLine *
take_row (MadoStore *store, MadoRows *rows, GPtrArray *aside)
{
  g_autoptr (GError) unreadable = NULL;
  g_autoptr (MadoGivenLine) line = given_of (store, rows, &unreadable);

  if (line == NULL) {
    report_unreadable (store, unreadable);
    return NULL;
  }
  if (!is_too_large (line))
    return g_steal_pointer (&line);
  g_ptr_array_add (aside, g_strdup (line->application));
  return NULL;
}

static GPtrArray *
take_lines (MadoStore *store, guint max_lines, gsize max_octets, GPtrArray *aside, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_line_free);
  g_autoptr (MadoRows) rows = mado_rows_new (store->database, error, TO_SEND, "");
  gsize octets = 0;

  if (rows == NULL)
    return NULL;
  while (lines->len < max_lines && mado_rows_next (rows, &cause)) {
    g_autoptr (MadoGivenLine) line = take_row (store, rows, aside);

    if (line == NULL)
      continue;
    octets += octets_of (line);
    if (lines->len > 0 && octets > max_octets)
      break;
    g_ptr_array_add (lines, g_steal_pointer (&line));
  }
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&lines);
}

GPtrArray *
mado_store_outbox (MadoStore *store, guint max_lines, gsize max_octets, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  g_autoptr (GPtrArray) aside = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = take_lines (store, max_lines, max_octets, aside, error);

  for (guint i = 0; lines != NULL && i < aside->len; i++)
    if (!set_aside (store, aside->pdata[i], error))
      return NULL;
  return g_steal_pointer (&lines);
}

guint
mado_store_waiting (MadoStore *store)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  gint64 waiting = 0;

  if (!mado_database_number (store->database, 0, &waiting, NULL,
                             "SELECT count(*) FROM line WHERE sync = 1", ""))
    return 0;
  return (guint)waiting;
}

GPtrArray *
mado_store_seen (MadoStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  g_autoptr (MadoRows) rows = mado_rows_new (store->database, error,
                                             "SELECT application, seq, head, state FROM seen", "");

  return mado_changes_read (rows, error);
}

gboolean
mado_store_checkpoint (
    MadoStore *store, gint64 *ret_g, gint64 *ret_n, guint8 ret_digest[32], GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  return mado_meta_integer (store->database, "g", ret_g, error)
         && mado_place_last (store, *ret_g, ret_n, ret_digest, error);
}

/* --- where we stand -------------------------------------------------------------------------- */

static gboolean
load_place (MadoDatabase *database, MadoStorePlace *place, GError **error)
{
  g_autoptr (GBytes) digest = NULL;
  gint64 tell = 0;

  if (!mado_meta_integer (database, "epoch", &place->epoch, error)
      || !mado_meta_integer (database, "anchor_at", &place->anchor_at, error)
      || !mado_meta_bytes (database, "anchor_digest", &digest, error)
      || !mado_meta_integer (database, "g", &place->g, error)
      || !mado_meta_integer (database, "last_sync", &place->last_sync, error)
      || !mado_meta_integer (database, "tell_seen", &tell, error))
    return FALSE;
  if (digest != NULL && g_bytes_get_size (digest) == sizeof place->anchor_digest)
    memcpy (place->anchor_digest, g_bytes_get_data (digest, NULL), sizeof place->anchor_digest);
  place->tell_seen = tell != 0;
  return TRUE;
}

MadoStorePlace *
mado_store_place (MadoStore *store, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  g_autoptr (MadoStorePlace) place = g_new0 (MadoStorePlace, 1);

  if (!load_place (store->database, place, error))
    return NULL;
  place->box_key = g_strdup (store->box_id);
  if (store->box_public != NULL)
    place->box_public = g_bytes_ref (store->box_public);
  return g_steal_pointer (&place);
}

void
mado_store_place_free (MadoStorePlace *place)
{
  if (place == NULL)
    return;
  g_free (place->box_key);
  g_clear_pointer (&place->box_public, g_bytes_unref);
  g_free (place);
}

/* --- boxes ----------------------------------------------------------------------------------- */

static gboolean
box_one (MadoStore *store, const char *application, GError **error)
{
  g_autoptr (MadoLine) line = NULL;
  g_autoptr (GBytes) box = NULL;
  guint8 key[MADO_KEY_LEN];

  if (!mado_line_load (store, application, &line, error) || line == NULL
      || !mado_line_key (store, line, key, error))
    return FALSE;
  gboolean boxed = mado_line_box (store, application, key, &box, error);
  OPENSSL_cleanse (key, sizeof key);
  return boxed
         && mado_database_write (store->database, error,
                                 "UPDATE line SET box = ? WHERE application = ?", "bu", box,
                                 application);
}

static GPtrArray *
without_box (MadoStore *store, GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (
      store->database, error,
      "SELECT application FROM line WHERE box IS NULL AND wrapped IS NOT NULL AND sync < 2", "");

  return mado_rows_uuids (rows, error);
}

static gboolean
box_all (MadoStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids = without_box (store, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!box_one (store, ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
keep_box_key (MadoStore *store, GError **error)
{
  g_autoptr (GBytes) id = g_bytes_new (store->box_id, strlen (store->box_id));

  return mado_meta_set_bytes (store->database, "box_id", id, error)
         && mado_meta_set_bytes (store->database, "box_public", store->box_public, error);
}

static void
swap_box_key (MadoStore *store, char **id, GBytes **public_key)
{
  char   *old_id = store->box_id;
  GBytes *old_public = store->box_public;

  store->box_id = *id;
  store->box_public = *public_key;
  *id = old_id;
  *public_key = old_public;
}

gboolean
mado_store_set_box_key (MadoStore *store, const char *id, GBytes *public_key, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  g_autofree char *other_id = g_strdup (id);
  g_autoptr (GBytes) other_public = g_bytes_ref (public_key);

  if (strlen (id) == 0 || strlen (id) > 64 || g_bytes_get_size (public_key) != MADO_BOX_KEY_LEN)
    return mado_store_raise (error, MADO_STORE_ERROR_REFUSED, "a box key has an id and %d octets",
                             MADO_BOX_KEY_LEN);
  if (!mado_database_begin (store->database, error))
    return FALSE;
  swap_box_key (store, &other_id, &other_public);
  gboolean good = keep_box_key (store, error) && box_all (store, error);
  good = mado_database_end (store->database, good, error);
  if (!good)
    swap_box_key (store, &other_id, &other_public);
  return good;
}
