#include "app/agent/status.h"

#include "app/agent/figures.h"
#include "app/base/json.h"

struct _MadoStatus {
  MadoOffice       *office;
  MadoStatusChanged changed;
  gpointer          data;
  const char       *reader; /* a word of the document, or NULL before the monitor spoke */
  char             *reader_name;
  MadoAuthLight     auth;
  gint64            auth_at; /* Unix seconds; 0: never asked */
  gboolean          enrolled, offline;
  MadoFigures       figures;
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
  mado_figures_clear (&status->figures);
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
  MadoFigures       figures;
  MadoStatusChanged done;
  gpointer          data;
} CountJob;

static void
count_work (gpointer data)
{
  CountJob   *job = data;
  MadoOffice *office = job->status->office;

  mado_figures_count (office->store, office->clock, &job->figures);
}

static void
on_counted (gpointer data)
{
  g_autofree CountJob *job = data;

  mado_figures_clear (&job->status->figures);
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
  json_object_set_array_member (
      document, "alarms",
      status->figures.alarms != NULL ? json_array_ref (status->figures.alarms) : json_array_new ());
  return mado_json_canonical_object (document);
}
