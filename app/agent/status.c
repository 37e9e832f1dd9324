#include "app/agent/status.h"

#include "app/base/json.h"
#include "app/base/log.h"

typedef struct {
  guint  received, completed, attention, waiting;
  gint64 epoch, last_sync; /* Unix milliseconds */
} Figures;

struct _MadoStatus {
  MadoOffice       *office;
  MadoStatusChanged changed;
  gpointer          data;
  const char       *reader; /* a word of the document, or NULL before the monitor spoke */
  char             *reader_name;
  MadoAuthLight     auth;
  gint64            auth_at; /* Unix seconds; 0: never asked */
  gboolean          enrolled, offline;
  Figures           figures;
};

MadoStatus *
mado_status_new (MadoOffice *office, MadoStatusChanged changed, gpointer data)
{
  MadoStatus *status = g_new0 (MadoStatus, 1);

  status->office = office;
  status->changed = changed;
  status->data = data;
  return status;
}

void
mado_status_free (MadoStatus *status)
{
  if (status == NULL)
    return;
  g_free (status->reader_name);
  g_free (status);
}

void
mado_status_readers (MadoStatus *status, GPtrArray *readers)
{
  const MadoReader *shown = NULL;

  for (guint i = 0; readers != NULL && i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (shown == NULL || reader->present)
      shown = reader;
  }
  g_free (status->reader_name);
  status->reader_name = shown != NULL ? g_strdup (shown->name) : NULL;
  status->reader = readers == NULL  ? "service-down"
                   : shown == NULL  ? "absent"
                   : shown->present ? "card"
                                    : "ready";
  status->changed (status->data);
}

void
mado_status_exchanged (MadoStatus *status, gboolean reached)
{
  status->offline = !reached;
}

void
mado_status_enrolled (MadoStatus *status, gboolean enrolled)
{
  status->enrolled = enrolled;
}

/* --- figures ---------------------------------------------------------------------------------- */

typedef struct {
  MadoStatus       *status;
  Figures           figures;
  MadoStatusChanged done;
  gpointer          data;
} CountJob;

static gboolean
is_one_of (const char *state, const char *const *states)
{
  return g_strv_contains (states, state);
}

static void
count_row (Figures *figures, const MadoStoreRow *row, const char *today)
{
  static const char *const completed[] = { "accepted", "numbered", "completed", NULL };
  static const char *const attention[] = { "provisional", "returned", NULL };
  g_autofree char         *day = mado_clock_day (row->time / 1000);

  if (is_one_of (row->state, attention) || g_str_equal (row->sync, "quarantined"))
    figures->attention++;
  if (!g_str_equal (day, today))
    return;
  figures->received++;
  if (is_one_of (row->state, completed))
    figures->completed++;
}

static void
count_place (Figures *figures, MadoStore *store)
{
  MadoStorePlace *place = mado_store_place (store, NULL);

  figures->waiting = mado_store_waiting (store);
  if (place == NULL)
    return;
  figures->epoch = place->epoch;
  figures->last_sync = place->last_sync;
  mado_store_place_free (place);
}

static void
count_work (gpointer data)
{
  CountJob   *job = data;
  MadoOffice *office = job->status->office;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mado_store_list (office->store, &error);
  g_autofree char *today = mado_clock_day (mado_clock_now (office->clock));

  if (rows == NULL)
    mado_log (G_LOG_LEVEL_WARNING, "the store cannot be counted", "CAUSE", error->message, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    count_row (&job->figures, g_ptr_array_index (rows, i), today);
  count_place (&job->figures, office->store);
}

static void
on_counted (gpointer data)
{
  g_autofree CountJob *job = data;

  job->status->figures = job->figures;
  if (job->done != NULL)
    job->done (job->data);
  else
    job->status->changed (job->status->data);
}

void
mado_status_count (MadoStatus *status, MadoStatusChanged done, gpointer data)
{
  CountJob *job = g_new0 (CountJob, 1);

  job->status = status;
  job->done = done;
  job->data = data;
  mado_worker_push (status->office->disk, count_work, on_counted, job);
}

/* --- the public authentication service -------------------------------------------------------- */

typedef struct {
  MadoStatus   *status;
  MadoAuthLight light;
} ProbeJob;

static void
probe_work (gpointer data)
{
  ProbeJob *job = data;

  job->light = mado_auth_service_probe (job->status->office->auth);
}

static void
on_probed (gpointer data)
{
  g_autofree ProbeJob *job = data;
  MadoStatus          *status = job->status;
  gboolean             is_new = status->auth != job->light || status->auth_at == 0;

  status->auth = job->light;
  status->auth_at = mado_clock_now (status->office->clock);
  if (is_new)
    status->changed (status->data);
}

void
mado_status_probe (MadoStatus *status)
{
  ProbeJob *job = g_new0 (ProbeJob, 1);

  job->status = status;
  mado_worker_push (status->office->network, probe_work, on_probed, job);
}

/* --- the document ----------------------------------------------------------------------------- */

static void
set_time (JsonObject *object, const char *member, gint64 seconds)
{
  g_autofree char *text = seconds != 0 ? mado_clock_format (seconds) : NULL;

  mado_json_set_string (object, member, text);
}

static JsonObject *
reader_document (const MadoStatus *status)
{
  JsonObject *reader = json_object_new ();

  mado_json_set_string (reader, "state", status->reader);
  mado_json_set_string (reader, "name", status->reader_name);
  return reader;
}

static JsonObject *
auth_document (const MadoStatus *status)
{
  static const char *const words[] = { [MADO_AUTH_LIGHT_NOT_CHECKED] = "not-checked",
                                       [MADO_AUTH_LIGHT_UNREACHABLE] = "unreachable",
                                       [MADO_AUTH_LIGHT_REACHABLE] = "reachable" };
  JsonObject              *auth = json_object_new ();

  json_object_set_string_member (auth, "state", words[status->auth]);
  set_time (auth, "at", status->auth_at);
  return auth;
}

static JsonObject *
sync_document (const MadoStatus *status)
{
  JsonObject *sync = json_object_new ();

  json_object_set_string_member (sync, "state",
                                 !status->enrolled              ? "not-enrolled"
                                 : status->offline              ? "offline"
                                 : status->figures.waiting != 0 ? "waiting"
                                                                : "ok");
  set_time (sync, "last", status->figures.last_sync / 1000);
  json_object_set_int_member (sync, "waiting", status->figures.waiting);
  json_object_set_int_member (sync, "epoch", status->figures.epoch);
  return sync;
}

static JsonObject *
today_document (const MadoStatus *status)
{
  JsonObject *today = json_object_new ();

  json_object_set_int_member (today, "received", status->figures.received);
  json_object_set_int_member (today, "completed", status->figures.completed);
  json_object_set_int_member (today, "attention", status->figures.attention);
  return today;
}

char *
mado_status_document (const MadoStatus *status)
{
  const MadoSettings *settings = status->office->settings;
  g_autoptr (JsonObject) document = json_object_new ();

  json_object_set_string_member (document, "terminal", mado_settings_terminal (settings));
  json_object_set_string_member (document, "branch", mado_settings_branch (settings));
  json_object_set_boolean_member (document, "rehearsal", mado_settings_is_rehearsal (settings));
  json_object_set_string_member (document, "version", MADO_VERSION);
  json_object_set_object_member (document, "reader", reader_document (status));
  json_object_set_object_member (document, "auth_service", auth_document (status));
  json_object_set_object_member (document, "sync", sync_document (status));
  json_object_set_object_member (document, "today", today_document (status));
  return mado_json_canonical_object (document);
}
