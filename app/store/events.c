#include "app/store/events.h"

#include "app/base/json.h"
#include "app/domain/line.h"
#include "app/store/line.h"

#include <string.h>

gboolean
mado_events_append (MadoDatabase    *database,
                    const MadoEvent *event,
                    GBytes          *sealed,
                    const char      *click,
                    const guint8     digest[32],
                    GError         **error)
{
  g_autofree char *header = mado_event_header (event);

  if (click == NULL)
    return mado_database_write (
        database, error,
        "INSERT INTO event(application, seq, digest, header, sealed) VALUES(?, ?, ?, ?, ?)",
        "uidtb", event->application, event->seq, digest, header, sealed);
  return mado_database_write (database, error,
                              "INSERT INTO event(application, seq, digest, header, sealed, click)"
                              " VALUES(?, ?, ?, ?, ?, ?)",
                              "uidtbu", event->application, event->seq, digest, header, sealed,
                              click);
}

static MadoEvent *
parse_row (MadoRows *rows)
{
  g_autoptr (GBytes) header = mado_rows_bytes (rows, 1);
  gsize       len = 0;
  const char *text = header != NULL ? g_bytes_get_data (header, &len) : NULL;

  return text != NULL ? mado_event_parse_header (text, len, NULL) : NULL;
}

/* The octets of the body against the header, and the body itself where it may be opened. */
static gboolean
open_body (MadoEvent *event, GBytes *sealed, const guint8 *key, GError **error)
{
  guint8        digest[32];
  gsize         len = 0;
  gconstpointer octets = g_bytes_get_data (sealed, &len);

  mado_sealed_digest (sealed, digest);
  if (memcmp (digest, event->body_digest, sizeof digest) != 0)
    return mado_store_raise (error, MADO_STORE_ERROR_DAMAGED,
                             "event %" G_GINT64_FORMAT " of %s: not the body of its header",
                             event->seq, event->application);
  if (g_str_equal (event->type, "purged"))
    event->body = mado_json_parse_object (octets, len, NULL);
  else if (key != NULL)
    event->body
        = mado_unseal_body (key, event->application, event->seq, event->type, sealed, error);
  else
    return TRUE;
  return event->body != NULL;
}

static gboolean
load_row (MadoRows *rows, const guint8 *key, GPtrArray *events, GError **error)
{
  g_autoptr (MadoEvent) event = parse_row (rows);
  g_autoptr (GBytes) sealed = mado_rows_bytes (rows, 2);

  if (event == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_DAMAGED, "a stored header is none");
  if (sealed != NULL && !open_body (event, sealed, key, error))
    return FALSE;
  if (sealed == NULL && key != NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_KEY, "the bodies of %s are gone",
                             event->application);
  g_ptr_array_add (events, g_steal_pointer (&event));
  return TRUE;
}

#define LINE_ROWS                                                                                  \
  "SELECT digest, header, sealed FROM event WHERE application = ? AND seq <= ? ORDER BY seq"

GPtrArray *
mado_events_load (
    MadoDatabase *database, const char *application, gint64 last, const guint8 *key, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_event_free);
  g_autoptr (MadoRows) rows = mado_rows_new (database, error, LINE_ROWS, "ui", application, last);

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause))
    if (!load_row (rows, key, events, error))
      return NULL;
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&events);
}

MadoApplication *
mado_events_fold (GPtrArray *events, GError **error)
{
  MadoFoldFault    fault = MADO_FOLD_NONE;
  gint64           seq = 0;
  MadoApplication *application = mado_fold (events, &fault, &seq);

  if (application == NULL)
    mado_store_raise (error, MADO_STORE_ERROR_DAMAGED,
                      "a stored line is wrong at event %" G_GINT64_FORMAT ": %s", seq,
                      mado_fold_fault_name (fault));
  return application;
}

gboolean
mado_events_step (MadoApplication *application, const MadoEvent *event, GError **error)
{
  MadoFoldFault fault = MADO_FOLD_NONE;

  return mado_fold_step (application, event, &fault)
         || mado_store_raise (error, MADO_STORE_ERROR_FOLD,
                              "event %" G_GINT64_FORMAT ", %s, may not stand here: %s", event->seq,
                              event->type, mado_fold_fault_name (fault));
}

static MadoGivenEvent *
given_of_row (MadoRows *rows)
{
  g_autoptr (MadoEvent) event = parse_row (rows);
  MadoGivenEvent *given = NULL;

  if (event == NULL || mado_rows_is_null (rows, 2))
    return NULL;
  given = g_new0 (MadoGivenEvent, 1);
  given->actor = g_steal_pointer (&event->actor);
  given->type = g_steal_pointer (&event->type);
  given->time = event->time;
  given->sealed = mado_rows_bytes (rows, 2);
  return given;
}

GPtrArray *
mado_events_to_give (MadoDatabase *database, const char *application, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) given
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_event_free);
  g_autoptr (MadoRows) rows
      = mado_rows_new (database, error, LINE_ROWS, "ui", application, G_MAXINT64);

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause)) {
    MadoGivenEvent *event = given_of_row (rows);
    if (event == NULL) {
      mado_store_raise (error, MADO_STORE_ERROR_DAMAGED, "a line to give is not whole");
      return NULL;
    }
    g_ptr_array_add (given, event);
  }
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&given);
}

/* --- verify ---------------------------------------------------------------------------------- */

typedef struct {
  const char      *application;
  gint64           seq;
  guint8           head[32];
  const guint8    *key;
  MadoApplication *folded;
} Walk;

static const char *
verify_body (Walk *walk, MadoEvent *event, MadoRows *rows)
{
  g_autoptr (GBytes) sealed = mado_rows_bytes (rows, 2);

  if (sealed == NULL)
    return walk->key != NULL ? "body" : NULL;
  if (!open_body (event, sealed, walk->key, NULL))
    return "body";
  if (walk->key != NULL && !mado_fold_step (walk->folded, event, NULL))
    return "fold";
  return NULL;
}

/* What is wrong with one row; NULL when it is the next of the line. */
static const char *
verify_row (Walk *walk, MadoRows *rows)
{
  g_autoptr (MadoEvent) event = parse_row (rows);
  guint8 stored[32];

  if (event == NULL)
    return "header";
  if (!mado_line_follows (event, walk->application, walk->seq, walk->head))
    return "line";
  mado_event_digest (event, walk->head);
  walk->seq = event->seq;
  if (!mado_rows_digest (rows, 0, stored) || memcmp (stored, walk->head, sizeof stored) != 0)
    return "digest";
  return verify_body (walk, event, rows);
}

static gboolean
walk_line (MadoDatabase *database, Walk *walk, MadoLineFinding *ret_finding, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (MadoRows) rows
      = mado_rows_new (database, error, LINE_ROWS, "ui", walk->application, G_MAXINT64);

  if (rows == NULL)
    return FALSE;
  while (ret_finding->what == NULL && mado_rows_next (rows, &cause)) {
    ret_finding->seq = walk->seq + 1;
    ret_finding->what = verify_row (walk, rows);
  }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

gboolean
mado_events_verify (MadoDatabase    *database,
                    const char      *application,
                    gint64           seq,
                    const guint8     head[32],
                    const guint8    *key,
                    MadoLineFinding *ret_finding,
                    GError         **error)
{
  g_autoptr (MadoApplication) folded = mado_application_new ();
  Walk walk = { .application = application, .key = key, .folded = folded };

  *ret_finding = (MadoLineFinding){ 0, NULL };
  if (!walk_line (database, &walk, ret_finding, error))
    return FALSE;
  if (ret_finding->what == NULL
      && (walk.seq != seq || memcmp (walk.head, head, sizeof walk.head) != 0))
    *ret_finding = (MadoLineFinding){ MIN (walk.seq, seq) + 1, "head" };
  return TRUE;
}
