#include "app/agent/enrolment.h"

#include "app/agent/error.h"
#include "app/base/json.h"
#include "app/sync/enrol.h"

typedef struct {
  MadoOffice   *office;
  MadoExchange *exchange;
  char         *server, *terminal, *box_key;
  MadoSecret   *password;
  GError       *error;
  MadoExchanged done;
  gpointer      data;
} Job;

static gboolean
enrol (Job *job, GError **error)
{
  MadoOffice *office = job->office;
  g_auto (MadoBoxKey) box_key = { 0 };

  if (!g_str_equal (job->terminal, mado_settings_terminal (office->settings)))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "this terminal's id is %s ([terminal] id)",
                             mado_settings_terminal (office->settings));
  MadoEnrolOptions options = { .url = job->server,
                               .server_ca = mado_settings_server_ca (office->settings),
                               .terminal = job->terminal,
                               .state_dir = office->state_dir,
                               .clock = office->clock };
  if (options.server_ca == NULL)
    return mado_agent_raise (error, MADO_FAILURE_USAGE,
                             "[server] ca: the authority of the server must be named");
  if (!mado_enrol (&options, job->password, &box_key, error)
      || !mado_store_set_box_key (office->store, box_key.id, box_key.public_key, error))
    return FALSE;
  job->box_key = g_strdup (box_key.id);
  return mado_exchange_keep_url (office, job->server, error);
}

static void
enrol_work (gpointer data)
{
  Job *job = data;

  enrol (job, &job->error);
}

static char *
enrolled_text (const Job *job)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "terminal", job->terminal);
  json_object_set_string_member (object, "server", job->server);
  json_object_set_string_member (object, "box_key", job->box_key);
  return mado_json_canonical_object (object);
}

static void
on_enrolled (gpointer data)
{
  g_autofree Job  *job = data;
  g_autofree char *text = job->error == NULL ? enrolled_text (job) : NULL;

  /* Also after a failure: the certificate may be there, and only the box key not. */
  mado_exchange_enrolled (job->exchange);
  job->done (text, job->error, job->data);
  g_clear_error (&job->error);
  mado_secret_free (job->password);
  g_free (job->server);
  g_free (job->terminal);
  g_free (job->box_key);
}

void
mado_enrolment_run (MadoOffice   *office,
                    MadoExchange *exchange,
                    const char   *server,
                    const char   *terminal,
                    MadoSecret   *password,
                    MadoExchanged done,
                    gpointer      data)
{
  Job *job = g_new0 (Job, 1);

  *job = (Job){ .office = office,
                .exchange = exchange,
                .server = g_strdup (server),
                .terminal = g_strdup (terminal),
                .password = password,
                .done = done,
                .data = data };
  mado_worker_push (office->exchange, enrol_work, on_enrolled, job);
}
