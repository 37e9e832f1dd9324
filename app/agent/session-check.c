#include "app/agent/session-parts.h"
#include "app/base/json.h"
#include "app/base/log.h"
#include "app/domain/duplicate.h"
#include "app/domain/receipt.h"

typedef struct {
  MadoSession *session;
  char        *detail;
} AlarmJob;

static void
alarm_work (gpointer data)
{
  AlarmJob *job = data;
  g_autoptr (GError) error = NULL;

  if (!mado_store_alarm (job->session->office->store, "refused", job->detail, &error))
    mado_log (G_LOG_LEVEL_WARNING, "a refusal could not be noted", "CAUSE", error->message, NULL);
}

static void
on_alarm (gpointer data)
{
  g_autofree AlarmJob *job = data;

  g_free (job->detail);
}

/* Of a refused certificate nothing is kept but the fact. */
void
mado_session_note_refusal (MadoSession *session)
{
  const MadoProblem *problem = session->problem;
  AlarmJob          *job = g_new0 (AlarmJob, 1);

  job->session = session;
  job->detail
      = problem->reason != NULL
            ? g_strdup_printf ("%s %s", mado_failure_code (problem->failure), problem->reason)
            : g_strdup (mado_failure_code (problem->failure));
  mado_worker_push (session->office->disk, alarm_work, on_alarm, job);
}

static void
judge (MadoSession *session)
{
  MadoForm        *form = &session->form;
  g_autofree char *today = mado_clock_day (mado_clock_now (session->office->clock));

  mado_eligibility_clear (&form->eligibility);
  mado_eligibility_judge (NULL, form->person->address, form->person->birth_date, today,
                          &form->eligibility);
  form->judged = TRUE;
  if (form->eligibility.result != MADO_ELIGIBILITY_OUT_OF_AREA)
    return;
  g_clear_pointer (&session->problem, mado_problem_free);
  session->problem = mado_problem_new (MADO_FAILURE_OUT_OF_AREA,
                                       "the address lies outside the area of this library");
  mado_session_note_refusal (session);
}

typedef struct {
  MadoSession   *session;
  guint          ticket;
  MadoCert      *cert, *issuer;
  MadoMethod     method;
  gint64         now;
  MadoAuthStatus status;
} RevocationJob;

static void
revocation_work (gpointer data)
{
  RevocationJob *job = data;

  mado_auth_service_check (job->session->office->auth, job->cert, job->issuer,
                           job->method == MADO_METHOD_AUTH ? MADO_CERT_AUTH : MADO_CERT_SIGN,
                           job->now, &job->status);
}

/* What is not known to be good is fine at a counter, where somebody will look again, and not at a
 * machine that stands alone. */
static void
judge_revocation (MadoSession *session)
{
  const MadoAuthStatus *status = &session->form.status;
  MadoProblem          *problem;

  if (status->revocation == MADO_REVOCATION_REVOKED)
    problem = mado_problem_new (MADO_FAILURE_REVOKED, "the certificate was revoked");
  else if (status->revocation != MADO_REVOCATION_GOOD && session->form.unattended)
    problem = mado_problem_new (MADO_FAILURE_NOT_CHECKED,
                                "nobody could say whether the certificate is still valid");
  else {
    mado_session_happen (session, MADO_EVENT_REVOCATION, NULL);
    return;
  }
  problem->reason = g_strdup (status->reason);
  mado_session_happen (session, MADO_EVENT_REVOKED, problem);
}

static void
on_revocation (gpointer data)
{
  g_autofree RevocationJob *job = data;
  MadoSession              *session = job->session;

  if (job->ticket == session->ticket) {
    session->form.asking = FALSE;
    session->form.status = job->status;
    judge_revocation (session);
  } else {
    mado_auth_status_clear (&job->status);
  }
  mado_cert_unref (job->cert);
  mado_cert_unref (job->issuer);
}

static void
ask_revocation (MadoSession *session)
{
  MadoForm      *form = &session->form;
  RevocationJob *job = g_new0 (RevocationJob, 1);

  form->asking = TRUE;
  job->session = session;
  job->ticket = session->ticket;
  job->cert = mado_cert_ref (form->cert);
  job->issuer = mado_cert_ref (form->issuer);
  job->method = form->method;
  job->now = mado_clock_now (session->office->clock);
  mado_worker_push (session->office->network, revocation_work, on_revocation, job);
}

typedef struct {
  MadoSession *session;
  char        *application;
  JsonObject  *fields;
  JsonArray   *hints;
} HintJob;

static MadoDuplicateSubject
subject_of (const char *application, JsonObject *fields)
{
  return (MadoDuplicateSubject){
    .application = application,
    .name = mado_json_string (fields, "name"),
    .birth_date = mado_json_string (fields, "birth_date"),
    .phone = mado_json_string (fields, "phone"),
    .email = mado_json_string (fields, "email"),
  };
}

static void
add_hint (JsonArray *hints, const MadoStoreRow *row, guint in_common)
{
  g_autofree const char **words = mado_duplicate_words (in_common);
  g_autofree char        *receipt = mado_receipt_code (row->application);
  JsonObject             *hint = json_object_new ();
  JsonArray              *same = json_array_new ();

  for (gsize i = 0; words[i] != NULL; i++)
    json_array_add_string_element (same, words[i]);
  json_object_set_string_member (hint, "application", row->application);
  json_object_set_string_member (hint, "receipt", receipt);
  json_object_set_string_member (hint, "state", row->state);
  json_object_set_array_member (hint, "same", same);
  json_array_add_object_element (hints, hint);
}

static void
hint_work (gpointer data)
{
  HintJob *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mado_store_list (job->session->office->store, &error);
  MadoDuplicateSubject who = subject_of (job->application, job->fields);

  job->hints = json_array_new ();
  if (rows == NULL)
    mado_log (G_LOG_LEVEL_WARNING, "no look for duplicates", "CAUSE", error->message, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const MadoStoreRow *row = g_ptr_array_index (rows, i);
    if (row->content == NULL)
      continue;
    MadoDuplicateSubject other = subject_of (row->application, row->content->fields);
    guint                in_common = mado_duplicate_compare (&who, &other);
    if (in_common != 0)
      add_hint (job->hints, row, in_common);
  }
}

static void
on_hints (gpointer data)
{
  g_autofree HintJob *job = data;
  MadoSession        *session = job->session;

  if (g_strcmp0 (job->application, session->form.application) == 0
      && session->state >= MADO_SESSION_PERSON) {
    g_clear_pointer (&session->form.hints, json_array_unref);
    session->form.hints = json_array_ref (job->hints);
    session->changed (session->data);
  }
  json_array_unref (job->hints);
  json_object_unref (job->fields);
  g_free (job->application);
}

void
mado_session_look_for_duplicates (MadoSession *session)
{
  HintJob *job;

  /* Whether somebody is known here is for staff to see. */
  if (session->form.unattended)
    return;
  job = g_new0 (HintJob, 1);
  job->session = session;
  job->application = g_strdup (session->form.application);
  job->fields = mado_form_fields (&session->form);
  mado_worker_push (session->office->disk, hint_work, on_hints, job);
}

void
mado_session_show (MadoSession *session)
{
  judge (session);
  mado_session_look_for_duplicates (session);
  if (session->form.method != MADO_METHOD_DOCUMENT)
    ask_revocation (session);
}
