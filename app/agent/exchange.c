#include "app/agent/exchange.h"

#include "app/agent/error.h"
#include "app/base/json.h"
#include "app/base/log.h"
#include "app/base/random.h"
#include "app/sync/backoff.h"
#include "app/sync/client.h"
#include "app/sync/error.h"
#include "app/sync/identity.h"

struct _MadoExchange {
  MadoOffice *office;
  MadoStatus *status;
  MadoBackoff backoff;
  guint       timer;
  gboolean    pending; /* a run of the timer's own is under way */
  gboolean    again;   /* something to give came while it was */
};

static char *
url_file (const MadoOffice *office)
{
  return g_build_filename (office->state_dir, "server-url", NULL);
}

/* The settings', else what enrolment left. */
static char *
server_url (const MadoOffice *office)
{
  g_autofree char *path = url_file (office);
  char            *url = NULL;

  if (mado_settings_server_url (office->settings) != NULL)
    return g_strdup (mado_settings_server_url (office->settings));
  if (!g_file_get_contents (path, &url, NULL, NULL))
    return NULL;
  return g_strstrip (url);
}

gboolean
mado_exchange_keep_url (const MadoOffice *office, const char *url, GError **error)
{
  g_autofree char *path = url_file (office);
  g_autoptr (GError) cause = NULL;

  if (g_file_set_contents (path, url, -1, &cause))
    return TRUE;
  return mado_agent_raise (error, MADO_FAILURE_STORE, "the server's URL cannot be kept: %s",
                           cause->message);
}

static gboolean
is_enrolled (const MadoOffice *office)
{
  g_autoptr (MadoIdentity) identity = mado_identity_new (office->state_dir);

  return mado_identity_is_enrolled (identity);
}

MadoExchange *
mado_exchange_new (MadoOffice *office, MadoStatus *status)
{
  MadoExchange *exchange = g_new0 (MadoExchange, 1);

  exchange->office = office;
  exchange->status = status;
  mado_status_enrolled (status, is_enrolled (office));
  return exchange;
}

void
mado_exchange_free (MadoExchange *exchange)
{
  if (exchange == NULL)
    return;
  if (exchange->timer != 0)
    g_source_remove (exchange->timer);
  g_free (exchange);
}

/* --- one exchange ----------------------------------------------------------------------------- */

typedef struct {
  MadoExchange  *exchange;
  MadoSyncReport report;
  GError        *error;
  MadoExchanged  done; /* NULL: the timer's */
  gpointer       data;
} RunJob;

static gboolean
run_once (RunJob *job, GError **error)
{
  MadoOffice      *office = job->exchange->office;
  g_autofree char *url = server_url (office);
  g_autoptr (MadoSyncClient) client = NULL;

  if (url == NULL || !is_enrolled (office))
    return mado_sync_raise (error, MADO_SYNC_ERROR_NOT_ENROLLED, "the terminal is not enrolled");
  MadoSyncClientOptions options = { .url = url,
                                    .state_dir = office->state_dir,
                                    .terminal = mado_settings_terminal (office->settings),
                                    .clock = office->clock };
  client = mado_sync_client_new (&options, error);
  return client != NULL && mado_sync_run (client, office->store, &job->report, error);
}

static void
run_work (gpointer data)
{
  RunJob *job = data;

  run_once (job, &job->error);
}

static char *
report_text (const MadoSyncReport *report)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "given", report->given);
  json_object_set_int_member (object, "refused", report->refused);
  json_object_set_int_member (object, "waiting", report->waiting);
  json_object_set_boolean_member (object, "new_epoch", report->new_epoch);
  return mado_json_canonical_object (object);
}

static gboolean
on_timer (gpointer data)
{
  MadoExchange *exchange = data;

  exchange->timer = 0;
  mado_exchange_soon (exchange);
  return G_SOURCE_REMOVE;
}

static void
set_timer (MadoExchange *exchange, gint64 delay_ms)
{
  if (exchange->timer != 0)
    g_source_remove (exchange->timer);
  exchange->timer = g_timeout_add ((guint)delay_ms, on_timer, exchange);
}

/* Lines that wait without a failure (more than fits one exchange) do not wait for the interval. */
static void
plan_next (MadoExchange *exchange, const RunJob *job)
{
  guint32 roll;

  if (job->error == NULL) {
    mado_backoff_reset (&exchange->backoff);
    set_timer (exchange, exchange->again || (job->report.waiting > 0 && job->report.given > 0)
                             ? 100
                             : mado_settings_sync_interval (exchange->office->settings)
                                   * G_GINT64_CONSTANT (1000));
    return;
  }
  if (g_error_matches (job->error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_NOT_ENROLLED))
    return;
  mado_random (&roll, sizeof roll);
  set_timer (exchange, mado_backoff_next (&exchange->backoff, job->report.retry_after, roll));
}

static void
on_run (gpointer data)
{
  g_autofree RunJob *job = data;
  MadoExchange      *exchange = job->exchange;
  g_autofree char   *text = job->error == NULL ? report_text (&job->report) : NULL;

  if (job->done == NULL)
    exchange->pending = FALSE;
  if (job->error != NULL
      && !g_error_matches (job->error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_NOT_ENROLLED))
    mado_log (G_LOG_LEVEL_INFO, "no exchange with the centre", "CAUSE", job->error->message, NULL);
  mado_status_exchanged (exchange->status, job->error == NULL);
  mado_status_count (exchange->status, NULL, NULL);
  plan_next (exchange, job);
  if (job->done == NULL)
    exchange->again = FALSE;
  if (job->done != NULL)
    job->done (text, job->error, job->data);
  g_clear_error (&job->error);
}

void
mado_exchange_run (MadoExchange *exchange, MadoExchanged done, gpointer data)
{
  RunJob *job = g_new0 (RunJob, 1);

  job->exchange = exchange;
  job->done = done;
  job->data = data;
  mado_worker_push (exchange->office->exchange, run_work, on_run, job);
}

void
mado_exchange_soon (MadoExchange *exchange)
{
  if (exchange->pending) {
    exchange->again = TRUE;
    return;
  }
  exchange->pending = TRUE;
  mado_exchange_run (exchange, NULL, NULL);
}

void
mado_exchange_enrolled (MadoExchange *exchange)
{
  mado_status_enrolled (exchange->status, is_enrolled (exchange->office));
  mado_exchange_soon (exchange);
}
