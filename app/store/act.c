#include "app/store/terminal.h"

#include "app/base/random.h"

#include <openssl/crypto.h>
#include <string.h>

/* One call of act(), from its question to its answer. */
typedef struct {
  MadoStore       *store;
  const char      *application;
  gint64           expect;
  const char      *click;
  const MadoAct   *acts;
  gsize            n_acts;
  gboolean         give;
  guint8           key[MADO_KEY_LEN];
  MadoApplication *now; /* what the line is, moved on by each event */
} Acting;

static gboolean
append_event (Acting *acting, const MadoAct *act, GError **error)
{
  MadoEvent event = { .actor = (char *)act->actor,
                      .application = (char *)acting->application,
                      .holder = acting->store->holder,
                      .type = (char *)act->type,
                      .seq = acting->now->seq + 1,
                      .time = mado_clock_now_ms (acting->store->clock),
                      .body = act->body };
  g_autoptr (GBytes) sealed
      = mado_seal_body (acting->key, acting->application, event.seq, act->type, act->body, error);

  if (sealed == NULL)
    return FALSE;
  memcpy (event.previous, acting->now->head, sizeof event.previous);
  mado_sealed_digest (sealed, event.body_digest);
  return mado_events_step (acting->now, &event, error)
         && mado_events_append (acting->store->database, &event, sealed, acting->click,
                                acting->now->head, error);
}

static gboolean
append_events (Acting *acting, GError **error)
{
  for (gsize i = 0; i < acting->n_acts; i++)
    if (!append_event (acting, &acting->acts[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
place (Acting *acting, GError **error)
{
  return !acting->give
         || mado_place_append (acting->store, acting->application, acting->now->head, error);
}

static gint64
sync_after (const Acting *acting)
{
  return acting->give ? MADO_SYNC_GIVEN : MADO_SYNC_HOME;
}

/* A kiosk keeps the box only, so without the centre's key nobody could ever open the line. */
static gboolean
insert_line (Acting *acting, GBytes *box, GError **error)
{
  MadoStore *store = acting->store;
  g_autoptr (GBytes) wrapped
      = store->box_only ? NULL : mado_wrap_key (store->kek, acting->application, acting->key);

  return mado_database_write (
      store->database, error,
      "INSERT INTO line(application, seq, head, state, sitting, wrapped, kek, box, sync)"
      " VALUES(?, ?, ?, ?, ?, ?, 1, ?, ?)",
      "uidtibbi", acting->application, acting->now->seq, acting->now->head,
      mado_state_name (acting->now->state), (gint64)!acting->give, wrapped, box,
      sync_after (acting));
}

static gboolean
give_birth (Acting *acting, GError **error)
{
  g_autoptr (GBytes) box = NULL;

  if (strcmp (acting->click, acting->application) != 0)
    return mado_store_raise (error, MADO_STORE_ERROR_REFUSED,
                             "the click of a birth is the application's id");
  mado_random (acting->key, sizeof acting->key);
  if (!mado_line_box (acting->store, acting->application, acting->key, &box, error))
    return FALSE;
  if (acting->store->box_only && box == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_KEY,
                             "a kiosk takes no application before it has the centre's box key");
  acting->now = mado_application_new ();
  return append_events (acting, error) && insert_line (acting, box, error) && place (acting, error);
}

static gboolean
carry_on (Acting *acting, MadoLine *line, GError **error)
{
  if (line->sync != MADO_SYNC_HOME)
    return mado_store_raise (error, MADO_STORE_ERROR_REFUSED,
                             "%s was given: its home is the centre", acting->application);
  if (!mado_line_key (acting->store, line, acting->key, error))
    return FALSE;
  acting->now = mado_line_fold (acting->store, acting->application, line->seq, acting->key, error);
  return acting->now != NULL && append_events (acting, error)
         && mado_database_write (
             acting->store->database, error,
             "UPDATE line SET seq = ?, head = ?, state = ?, sitting = ?, sync = ?"
             " WHERE application = ?",
             "idtiiu", acting->now->seq, acting->now->head, mado_state_name (acting->now->state),
             (gint64)!acting->give, sync_after (acting), acting->application)
         && place (acting, error);
}

/* Without the key only what is in clear can be said again. */
static MadoApplication *
bare_answer (MadoLine *line, gint64 seq)
{
  MadoApplication *bare = mado_application_new ();

  bare->id = g_strdup (line->application);
  bare->state = mado_state_from_name (line->state);
  bare->seq = seq;
  if (seq == line->seq)
    memcpy (bare->head, line->head, sizeof bare->head);
  return bare;
}

static gboolean
find_click (Acting *acting, gint64 *ret_first, gint64 *ret_last, GError **error)
{
  return mado_database_number (acting->store->database, 0, ret_first, error,
                               "SELECT min(seq) FROM event WHERE application = ? AND click = ?",
                               "uu", acting->application, acting->click)
         && mado_database_number (acting->store->database, 0, ret_last, error,
                                  "SELECT max(seq) FROM event WHERE application = ? AND click = ?",
                                  "uu", acting->application, acting->click);
}

static gboolean
answer_again (Acting *acting, MadoLine *line, GError **error)
{
  gint64 first = 0, last = 0;

  if (!find_click (acting, &first, &last, error))
    return FALSE;
  if (first != acting->expect + 1)
    return mado_store_raise (error, MADO_STORE_ERROR_MOVED,
                             "%s is at event %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT,
                             acting->application, line->seq, acting->expect);
  if (line->wrapped == NULL) {
    acting->now = bare_answer (line, last);
    return TRUE;
  }
  if (!mado_line_key (acting->store, line, acting->key, error))
    return FALSE;
  acting->now = mado_line_fold (acting->store, acting->application, last, acting->key, error);
  return acting->now != NULL;
}

static gboolean
act (Acting *acting, GError **error)
{
  g_autoptr (MadoLine) line = NULL;

  if (!mado_line_load (acting->store, acting->application, &line, error))
    return FALSE;
  if (line == NULL && acting->expect == 0)
    return give_birth (acting, error);
  if (line == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application %s",
                             acting->application);
  if (line->seq != acting->expect)
    return answer_again (acting, line, error);
  return carry_on (acting, line, error);
}

static gboolean
is_well_formed (const Acting *acting, GError **error)
{
  if (mado_uuid_is_valid (acting->application) && mado_uuid_is_valid (acting->click)
      && acting->n_acts > 0)
    return TRUE;
  return mado_store_raise (error, MADO_STORE_ERROR_REFUSED,
                           "an act needs two UUIDs and at least one event");
}

gboolean
mado_store_act (MadoStore        *store,
                const char       *application,
                gint64            expect,
                const char       *click,
                const MadoAct    *acts,
                gsize             n_acts,
                gboolean          give,
                MadoApplication **ret_application,
                GError          **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);
  Acting acting = { .store = store,
                    .application = application,
                    .expect = expect,
                    .click = click,
                    .acts = acts,
                    .n_acts = n_acts,
                    .give = give };

  if (!is_well_formed (&acting, error) || !mado_database_begin (store->database, error))
    return FALSE;
  gboolean good = act (&acting, error);
  good = mado_database_end (store->database, good, error);
  OPENSSL_cleanse (acting.key, sizeof acting.key);
  if (good && ret_application != NULL)
    *ret_application = g_steal_pointer (&acting.now);
  g_clear_pointer (&acting.now, mado_application_free);
  return good;
}

static gboolean
give (MadoStore *store, const char *application, GError **error)
{
  g_autoptr (MadoLine) line = NULL;

  if (!mado_line_load (store, application, &line, error))
    return FALSE;
  if (line == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application %s", application);
  if (line->sync != MADO_SYNC_HOME)
    return TRUE;
  return mado_database_write (store->database, error,
                              "UPDATE line SET sitting = 0, sync = 1 WHERE application = ?", "u",
                              application)
         && mado_place_append (store, application, line->head, error);
}

gboolean
mado_store_give (MadoStore *store, const char *application, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&store->mutex);

  if (!mado_uuid_is_valid (application))
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application of that id");
  if (!mado_database_begin (store->database, error))
    return FALSE;
  return mado_database_end (store->database, give (store, application, error), error);
}
