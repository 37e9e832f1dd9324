#include "app/store/centre-inner.h"

#include "app/base/json.h"
#include "app/base/random.h"
#include "app/domain/line.h"

#include <openssl/crypto.h>
#include <string.h>

void
mado_centre_line_free (MadoCentreLine *line)
{
  if (line == NULL)
    return;
  g_free (line->application);
  g_free (line->state);
  g_free (line);
}

static MadoCentreLine *
line_of_row (const char *application, MadoRows *rows)
{
  MadoCentreLine *line = g_new0 (MadoCentreLine, 1);

  line->application = g_strdup (application);
  line->seq = mado_rows_integer (rows, 0);
  mado_rows_digest (rows, 1, line->head);
  line->state = g_strdup (mado_rows_text (rows, 2));
  return line;
}

gboolean
mado_centre_line_load (MadoCentre      *centre,
                       const char      *application,
                       MadoCentreLine **ret_line,
                       GError         **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (MadoRows) rows
      = mado_rows_new (centre->data, error,
                       "SELECT seq, head, state FROM line WHERE application = ?", "u", application);

  if (rows == NULL)
    return FALSE;
  gboolean there = mado_rows_next (rows, &cause);
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return FALSE;
  }
  *ret_line = there ? line_of_row (application, rows) : NULL;
  return TRUE;
}

MadoApplication *
mado_centre_line_fold (MadoCentre *centre, MadoCentreLine *line, GError **error)
{
  guint8 key[MADO_KEY_LEN];

  if (!mado_vault_key (centre->vault, line->application, key, error))
    return NULL;
  g_autoptr (GPtrArray) events
      = mado_events_load (centre->data, line->application, line->seq, key, error);
  OPENSSL_cleanse (key, sizeof key);
  return events != NULL ? mado_events_fold (events, error) : NULL;
}

static char *
join_flags (const MadoApplication *application)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < application->flags->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            (const char *)application->flags->pdata[i]);
  return g_string_free (text, FALSE);
}

gboolean
mado_centre_line_write (MadoCentre            *centre,
                        const MadoApplication *application,
                        const char            *branch,
                        gint64                 submitted_at,
                        GError               **error)
{
  g_autofree char *flags = join_flags (application);

  return mado_database_write (
      centre->data, error,
      "INSERT INTO line(application, seq, head, state, branch, flags, submitted_at)"
      " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(application) DO UPDATE SET"
      " seq = ?2, head = ?3, state = ?4, flags = ?6",
      "uidttti", application->id, application->seq, application->head,
      mado_state_name (application->state), branch, flags, submitted_at);
}

gboolean
mado_centre_place_last (MadoCentre *centre, gint64 *ret_n, guint8 ret_digest[32], GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->data, error, "SELECT n, digest FROM journal ORDER BY n DESC LIMIT 1", "");

  if (rows == NULL)
    return FALSE;
  *ret_n = 0;
  memset (ret_digest, 0, 32);
  if (mado_rows_next (rows, &cause)) {
    *ret_n = mado_rows_integer (rows, 0);
    mado_rows_digest (rows, 1, ret_digest);
  }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
mado_centre_place_append (MadoCentre  *centre,
                          const char  *application,
                          const guint8 head[32],
                          gint64      *ret_n,
                          GError     **error)
{
  gint64 n = 0;
  guint8 digest[32];

  if (!mado_centre_place_last (centre, &n, digest, error))
    return FALSE;
  mado_journal_digest (digest, head, digest);
  *ret_n = n + 1;
  return mado_database_write (centre->data, error, "INSERT INTO journal VALUES(?, ?, ?, ?)", "iudd",
                              n + 1, application, head, digest);
}

/* --- the centre writes ----------------------------------------------------------------------- */

static MadoEvent *
next_event (MadoCentre *centre, const MadoApplication *now, const char *type, JsonObject *body)
{
  MadoEvent *event = mado_event_new ();

  event->actor = g_strdup ("server");
  event->application = g_strdup (now->id);
  event->holder = g_strdup ("S");
  event->type = g_strdup (type);
  event->seq = now->seq + 1;
  event->time = mado_clock_now_ms (centre->clock);
  event->body = json_object_ref (body);
  memcpy (event->previous, now->head, sizeof event->previous);
  return event;
}

/* Body and digest are in @event, the fold has taken it: rows and place. */
static gboolean
write_event (
    MadoCentre *centre, MadoApplication *now, MadoEvent *event, GBytes *sealed, GError **error)
{
  gint64 n = 0;

  return mado_events_append (centre->data, event, sealed, NULL, now->head, error)
         && mado_centre_line_write (centre, now, NULL, 0, error)
         && mado_centre_place_append (centre, now->id, now->head, &n, error);
}

static gboolean
append_sealed (
    MadoCentre *centre, MadoApplication *now, const char *type, JsonObject *body, GError **error)
{
  g_autoptr (MadoEvent) event = next_event (centre, now, type, body);
  guint8 key[MADO_KEY_LEN];

  if (!mado_vault_key (centre->vault, now->id, key, error))
    return FALSE;
  g_autoptr (GBytes) sealed = mado_seal_body (key, now->id, event->seq, type, body, error);
  OPENSSL_cleanse (key, sizeof key);
  if (sealed == NULL)
    return FALSE;
  mado_sealed_digest (sealed, event->body_digest);
  return mado_events_step (now, event, error) && write_event (centre, now, event, sealed, error);
}

gboolean
mado_centre_flag (
    MadoCentre *centre, const char *application, const char *flag, const char *ref, GError **error)
{
  g_autoptr (MadoCentreLine) line = NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *written = g_strdup_printf ("%s %s", flag, ref);

  if (!mado_centre_line_load (centre, application, &line, error))
    return FALSE;
  g_autoptr (MadoApplication) now
      = line != NULL ? mado_centre_line_fold (centre, line, NULL) : NULL;
  if (now == NULL || mado_application_has_flag (now, written))
    return TRUE;
  json_object_set_string_member (body, "flag", flag);
  json_object_set_string_member (body, "ref", ref);
  return append_sealed (centre, now, "flagged", body, error);
}

/* --- read ------------------------------------------------------------------------------------ */

/* What a line is without its bodies: enough for a purge, and all that is left after one. */
static MadoApplication *
bare (const MadoCentreLine *line)
{
  MadoApplication *application = mado_application_new ();

  application->id = g_strdup (line->application);
  application->state = mado_state_from_name (line->state);
  application->home = g_strdup ("S");
  application->seq = line->seq;
  memcpy (application->head, line->head, sizeof application->head);
  return application;
}

static MadoApplication *
read_purged (MadoCentre *centre, MadoCentreLine *line, GError **error)
{
  g_autoptr (GPtrArray) events
      = mado_events_load (centre->data, line->application, line->seq, NULL, error);

  if (events == NULL)
    return NULL;
  MadoApplication *application = bare (line);
  MadoEvent       *last = events->len > 0 ? events->pdata[events->len - 1] : NULL;
  if (last != NULL && last->body != NULL)
    application->tombstone = json_object_ref (last->body);
  return application;
}

MadoApplication *
mado_centre_read (MadoCentre *centre, const char *application, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autoptr (MadoCentreLine) line = NULL;

  if (mado_uuid_is_valid (application)
      && !mado_centre_line_load (centre, application, &line, error))
    return NULL;
  if (line == NULL) {
    mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application of that id");
    return NULL;
  }
  if (g_str_equal (line->state, "purged"))
    return read_purged (centre, line, error);
  return mado_centre_line_fold (centre, line, error);
}

/* --- purge ----------------------------------------------------------------------------------- */

static gboolean
write_tombstone (MadoCentre *centre, MadoCentreLine *line, JsonObject *body, GError **error)
{
  g_autoptr (MadoApplication) now = bare (line);
  g_autoptr (MadoEvent) event = next_event (centre, now, "purged", body);
  g_autofree char *text = mado_json_canonical_object (body);
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));

  mado_sealed_digest (plain, event->body_digest);
  return mado_events_step (now, event, error)
         && mado_database_write (centre->data, error,
                                 "UPDATE event SET sealed = NULL WHERE application = ?", "u",
                                 line->application)
         && mado_database_write (centre->data, error, "DELETE FROM aside WHERE application = ?",
                                 "u", line->application)
         && write_event (centre, now, event, plain, error);
}

/* The logs still hold what was deleted. */
static gboolean
sweep (MadoCentre *centre, GError **error)
{
  return mado_database_tidy (centre->vault->database, error)
         && mado_database_tidy (centre->data, error);
}

static gboolean
purge (MadoCentre *centre, const char *application, JsonObject *body, GError **error)
{
  g_autoptr (MadoCentreLine) line = NULL;
  const char *rule = mado_json_string (body, "rule");

  if (!mado_centre_line_load (centre, application, &line, error))
    return FALSE;
  if (line == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application %s", application);
  if (g_str_equal (line->state, "purged"))
    return TRUE;
  return mado_vault_purge (centre->vault, application, rule, mado_clock_now_ms (centre->clock),
                           error)
         && write_tombstone (centre, line, body, error);
}

gboolean
mado_centre_purge (MadoCentre *centre, const char *application, JsonObject *body, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  if (!mado_uuid_is_valid (application))
    return mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no application of that id");
  if (!mado_centre_begin (centre, error)
      || !mado_centre_end (centre, purge (centre, application, body, error), error))
    return FALSE;
  return sweep (centre, error);
}

typedef struct {
  char *application;
  char *rule;
} Entry;

static void
entry_free (Entry *entry)
{
  g_free (entry->application);
  g_free (entry->rule);
  g_free (entry);
}

static GPtrArray *
load_ledger (MadoCentre *centre, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) ledger = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  g_autoptr (MadoRows) rows = mado_rows_new (centre->vault->database, error,
                                             "SELECT application, rule FROM main.ledger", "");

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause)) {
    Entry *entry = g_new0 (Entry, 1);
    entry->application = mado_rows_uuid (rows, 0);
    entry->rule = g_strdup (mado_rows_text (rows, 1));
    g_ptr_array_add (ledger, entry);
  }
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&ledger);
}

static gboolean
purge_entry (MadoCentre *centre, const Entry *entry, gboolean *swept, GError **error)
{
  g_autoptr (MadoCentreLine) line = NULL;
  g_autoptr (JsonObject) body = json_object_new ();

  if (!mado_centre_line_load (centre, entry->application, &line, error))
    return FALSE;
  if (line == NULL || g_str_equal (line->state, "purged"))
    return TRUE;
  *swept = TRUE;
  mado_json_set_string (body, "rule", entry->rule);
  return write_tombstone (centre, line, body, error);
}

static gboolean
purge_entries (MadoCentre *centre, gboolean *swept, GError **error)
{
  g_autoptr (GPtrArray) ledger = load_ledger (centre, error);

  if (ledger == NULL)
    return FALSE;
  for (guint i = 0; i < ledger->len; i++)
    if (!purge_entry (centre, ledger->pdata[i], swept, error))
      return FALSE;
  return TRUE;
}

gboolean
mado_centre_purge_again (MadoCentre *centre, GError **error)
{
  gboolean swept = FALSE;

  if (!mado_centre_begin (centre, error)
      || !mado_centre_end (centre, purge_entries (centre, &swept, error), error))
    return FALSE;
  return !swept || sweep (centre, error);
}
