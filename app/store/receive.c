#include "app/store/judge.h"
#include "app/store/referee.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/base/random.h"

#include <string.h>

typedef struct {
  MadoCentre *centre;
  const char *terminal;
  gint64      g;
  char       *branch; /* the terminal's, or NULL */
  GPtrArray  *answers;
} Receiving;

/* --- places in the terminal's journal -------------------------------------------------------- */

/* %MADO_STORE_ERROR_JOURNAL when the place is another head's: two lives of one terminal. */
static gboolean
take_place (Receiving *receiving, const MadoGivenLine *line, GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (receiving->centre->data, error,
                       "SELECT head FROM given WHERE terminal = ? AND g = ? AND n = ?", "tii",
                       receiving->terminal, receiving->g, line->n);
  gboolean there = FALSE;
  guint8   head[32];

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  if (there) {
    mado_rows_digest (rows, 0, head);
    return memcmp (head, line->head, sizeof head) == 0
           || mado_store_raise (error, MADO_STORE_ERROR_JOURNAL,
                                "%s has another line at place %" G_GINT64_FORMAT,
                                receiving->terminal, line->n);
  }
  return mado_database_write (receiving->centre->data, error,
                              "INSERT INTO given VALUES(?, ?, ?, ?)", "tiid", receiving->terminal,
                              receiving->g, line->n, line->head);
}

static gboolean
newest_generation (MadoCentre *centre, const char *terminal, gint64 *ret_g, GError **error)
{
  return mado_database_number (centre->data, 0, ret_g, error,
                               "SELECT max(g) FROM given WHERE terminal = ?", "t", terminal);
}

static gboolean
take_places (Receiving *receiving, GPtrArray *lines, GError **error)
{
  gint64 newest = 0;

  if (!newest_generation (receiving->centre, receiving->terminal, &newest, error))
    return FALSE;
  if (receiving->g < newest
      && !mado_centre_alarm (receiving->centre, "clone", receiving->terminal, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!take_place (receiving, lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* --- stored ---------------------------------------------------------------------------------- */

static gboolean
store_events (Receiving           *receiving,
              const MadoGivenLine *line,
              const MadoVerdict   *verdict,
              GError             **error)
{
  for (guint i = 0; i < verdict->events->len; i++) {
    const MadoGivenEvent *given = line->events->pdata[i];
    const char           *click = i == 0 ? line->application : NULL; /* a birth's click is its id */
    if (!mado_events_append (receiving->centre->data, verdict->events->pdata[i], given->sealed,
                             click, verdict->digests->data + i * 32, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
store_line (Receiving           *receiving,
            const MadoGivenLine *line,
            const MadoVerdict   *verdict,
            gint64              *ret_at,
            GError             **error)
{
  const MadoEvent *first = verdict->events->pdata[0];

  return mado_vault_keep_key (receiving->centre->vault, line->application, verdict->key, error)
         && store_events (receiving, line, verdict, error)
         && mado_centre_line_write (receiving->centre, verdict->folded, receiving->branch,
                                    first->time, error)
         && mado_database_write (receiving->centre->data, error,
                                 "DELETE FROM aside WHERE application = ? AND head = ?", "ud",
                                 line->application, line->head)
         && mado_centre_place_append (receiving->centre, line->application, line->head, ret_at,
                                      error)
         && mado_referee_look (receiving->centre, verdict->events, verdict->folded, error);
}

/* --- aside ----------------------------------------------------------------------------------- */

static void
add_octets (JsonArray *array, GBytes *octets)
{
  if (octets == NULL) {
    json_array_add_null_element (array);
    return;
  }
  g_autofree char *text
      = mado_base64url (g_bytes_get_data (octets, NULL), g_bytes_get_size (octets));
  json_array_add_string_element (array, text);
}

static JsonObject *
event_as_given (const MadoGivenEvent *given)
{
  JsonObject      *event = json_object_new ();
  g_autofree char *sealed
      = mado_base64url (g_bytes_get_data (given->sealed, NULL), g_bytes_get_size (given->sealed));

  mado_json_set_string (event, "actor", given->actor);
  json_object_set_int_member (event, "time", CLAMP (given->time, 0, G_GINT64_CONSTANT (1) << 52));
  mado_json_set_string (event, "type", given->type);
  json_object_set_string_member (event, "b", sealed);
  return event;
}

/* The line as it came, sealed as it came. */
static GBytes *
content_of (const MadoGivenLine *line)
{
  if (line->unreadable != NULL)
    return g_bytes_new (line->unreadable, strlen (line->unreadable));
  g_autoptr (JsonObject) content = json_object_new ();
  JsonArray *box = json_array_new ();
  JsonArray *events = json_array_new ();

  json_array_add_string_element (box, line->box_key != NULL ? line->box_key : "");
  add_octets (box, line->box_epk);
  add_octets (box, line->boxed);
  for (guint i = 0; i < line->events->len; i++)
    json_array_add_object_element (events, event_as_given (line->events->pdata[i]));
  json_object_set_array_member (content, "box", box);
  json_object_set_array_member (content, "events", events);

  char *text = mado_json_canonical_object (content);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
first_place (Receiving    *receiving,
             const char   *application,
             const guint8 *head,
             gint64       *ret_at,
             GError      **error)
{
  if (head == NULL)
    return mado_database_number (receiving->centre->data, 0, ret_at, error,
                                 "SELECT min(n) FROM journal WHERE application = ?", "u",
                                 application);
  return mado_database_number (receiving->centre->data, 0, ret_at, error,
                               "SELECT min(n) FROM journal WHERE application = ? AND head = ?",
                               "ud", application, head);
}

/* It gets a place as well, so that `backed_up` covers it; coming again it keeps that place. */
static gboolean
put_aside (Receiving           *receiving,
           const MadoGivenLine *line,
           const char          *cause,
           gint64              *ret_at,
           gboolean            *ret_new,
           GError             **error)
{
  g_autoptr (GBytes) content = content_of (line);

  if (!mado_database_write (receiving->centre->data, error,
                            "INSERT OR IGNORE INTO aside VALUES(?, ?, ?, ?, ?)", "udttb",
                            line->application, line->head, receiving->terminal, cause, content))
    return FALSE;
  *ret_new = mado_database_changed (receiving->centre->data) > 0;
  if (!*ret_new)
    return first_place (receiving, line->application, line->head, ret_at, error);
  return mado_centre_place_append (receiving->centre, line->application, line->head, ret_at, error);
}

static gboolean
keep_fork (Receiving *receiving, const MadoGivenLine *line, gint64 *ret_at, GError **error)
{
  g_autofree char *ref = mado_base64url (line->head, sizeof line->head);
  gboolean         is_new = FALSE;

  if (!put_aside (receiving, line, "fork", ret_at, &is_new, error))
    return FALSE;
  return !is_new
         || (mado_centre_flag (receiving->centre, line->application, "fork", ref, error)
             && mado_centre_alarm (receiving->centre, "fork", line->application, error));
}

static gboolean
keep_refused (Receiving           *receiving,
              const MadoGivenLine *line,
              const MadoVerdict   *verdict,
              gint64              *ret_at,
              GError             **error)
{
  gboolean is_new = FALSE;

  return verdict->thrown
         || (put_aside (receiving, line, verdict->reason, ret_at, &is_new, error)
             && (!is_new
                 || mado_centre_alarm (receiving->centre, "refused", line->application, error)));
}

/* --- one line, all lines --------------------------------------------------------------------- */

static gboolean
carry_out (Receiving           *receiving,
           const MadoGivenLine *line,
           const MadoVerdict   *verdict,
           gint64              *ret_at,
           GError             **error)
{
  if (g_str_equal (verdict->answer, "stored"))
    return store_line (receiving, line, verdict, ret_at, error);
  if (g_str_equal (verdict->answer, "already"))
    return first_place (receiving, line->application, NULL, ret_at, error);
  if (g_str_equal (verdict->answer, "fork"))
    return keep_fork (receiving, line, ret_at, error);
  return keep_refused (receiving, line, verdict, ret_at, error);
}

static gboolean
receive_line (Receiving *receiving, MadoGivenLine *line, GError **error)
{
  g_autoptr (MadoLineAnswer) answer = g_new0 (MadoLineAnswer, 1);
  g_autoptr (MadoCentreLine) here = NULL;
  g_autoptr (MadoVerdict) verdict
      = mado_judge (receiving->centre, receiving->terminal, line, error);

  if (verdict == NULL || !carry_out (receiving, line, verdict, &answer->at, error))
    return FALSE;
  answer->application = g_strdup (line->application);
  answer->answer = g_strdup (verdict->answer);
  answer->reason = g_strdup (verdict->reason);
  if (mado_uuid_is_valid (line->application)
      && !mado_centre_line_load (receiving->centre, line->application, &here, error))
    return FALSE;
  if (here != NULL)
    answer->state = g_strdup (here->state);
  g_ptr_array_add (receiving->answers, g_steal_pointer (&answer));
  return TRUE;
}

static gboolean
find_branch (Receiving *receiving, GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (receiving->centre->vault->database, error,
                       "SELECT branch FROM main.terminal WHERE id = ?", "t", receiving->terminal);
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  if (there)
    receiving->branch = g_strdup (mado_rows_text (rows, 0));
  return TRUE;
}

static gboolean
receive_all (Receiving *receiving, GPtrArray *lines, GError **error)
{
  if (!find_branch (receiving, error) || !take_places (receiving, lines, error))
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    if (!receive_line (receiving, lines->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* In a transaction of its own: the one that met the clash is gone. */
static gboolean
report_clash (Receiving *receiving, gint64 *reterr_g)
{
  MadoCentre *centre = receiving->centre;
  gint64      newest = 0;

  if (!mado_database_begin (centre->data, NULL))
    return FALSE;
  gboolean good = mado_centre_alarm (centre, "restored_or_clone", receiving->terminal, NULL)
                  && newest_generation (centre, receiving->terminal, &newest, NULL);
  *reterr_g = MAX (newest, receiving->g) + 1;
  return mado_database_end (centre->data, good, NULL);
}

gboolean
mado_centre_receive (MadoCentre *centre,
                     const char *terminal,
                     gint64      g,
                     GPtrArray  *lines,
                     GPtrArray **ret_answers,
                     gint64     *reterr_g,
                     GError    **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autoptr (GPtrArray) answers
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_line_answer_free);
  g_autoptr (GError) cause = NULL;
  Receiving receiving = { centre, terminal, g, NULL, answers };

  if (!mado_centre_begin (centre, error))
    return FALSE;
  gboolean good = receive_all (&receiving, lines, &cause);
  good = mado_centre_end (centre, good, good ? &cause : NULL);
  g_free (receiving.branch);
  if (good) {
    *ret_answers = g_steal_pointer (&answers);
    return TRUE;
  }
  if (g_error_matches (cause, MADO_STORE_ERROR, MADO_STORE_ERROR_JOURNAL))
    report_clash (&receiving, reterr_g);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
