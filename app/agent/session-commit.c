#include "app/agent/acts.h"
#include "app/agent/session-parts.h"
#include "app/base/json.h"

typedef struct {
  MadoSession     *session;
  char            *application;
  MadoActs         acts;
  MadoApplication *written;
  MadoProblem     *problem;
} CommitJob;

static void
commit_work (gpointer data)
{
  CommitJob *job = data;
  g_autoptr (GError) error = NULL;

  if (!mado_store_act (job->session->office->store, job->application, 0, job->application,
                       job->acts.acts, job->acts.n_acts, TRUE, &job->written, &error))
    job->problem = mado_problem_new_from_error (error);
}

/* The same id again is answered with what was written the first time, and that may be somebody
 * else: then nothing was stored of whom stands here. */
static gboolean
is_of_another (const MadoForm *form, const MadoApplication *written)
{
  const char *name = written->fields != NULL ? mado_json_string (written->fields, "name") : NULL;
  const char *born
      = written->fields != NULL ? mado_json_string (written->fields, "birth_date") : NULL;

  return name != NULL
         && (g_strcmp0 (name, form->person->name) != 0
             || g_strcmp0 (born, form->person->birth_date) != 0);
}

static void
tell (MadoSession *session, CommitJob *job)
{
  if (job->written != NULL && is_of_another (&session->form, job->written))
    job->problem = mado_problem_new (MADO_FAILURE_MOVED, "the application of this id is another's");
  if (job->problem != NULL) {
    mado_session_happen (session, MADO_EVENT_NOT_STORED, g_steal_pointer (&job->problem));
    return;
  }
  session->form.result = mado_acts_result (&session->form, job->written);
  mado_session_happen (session, MADO_EVENT_STORED, NULL);
}

/* What is on the disk is on the disk, also when its sitting ended meanwhile. */
static void
on_committed (gpointer data)
{
  g_autofree CommitJob *job = data;
  MadoSession          *session = job->session;
  gboolean              ours = g_strcmp0 (job->application, session->form.application) == 0
                  && session->state == MADO_SESSION_SIGNING;

  if (job->written != NULL)
    session->stored (session->data);
  if (ours)
    tell (session, job);
  mado_problem_free (job->problem);
  g_clear_pointer (&job->written, mado_application_free);
  mado_acts_clear (&job->acts);
  g_free (job->application);
}

void
mado_session_commit (MadoSession *session)
{
  const MadoSettings *settings = session->office->settings;
  CommitJob          *job = g_new0 (CommitJob, 1);

  job->session = session;
  job->application = g_strdup (session->form.application);
  mado_acts_of_form (&session->form, mado_settings_branch (settings),
                     session->form.unattended ? "kiosk" : "counter", &job->acts);
  mado_worker_push (session->office->disk, commit_work, on_committed, job);
}
