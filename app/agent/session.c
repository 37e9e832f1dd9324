#include "app/agent/session.h"

#include "app/agent/acts.h"
#include "app/agent/card-work.h"
#include "app/agent/error.h"
#include "app/agent/secret-pipe.h"
#include "app/agent/typed.h"
#include "app/base/json.h"
#include "app/base/log.h"
#include "app/base/base64url.h"
#include "app/base/random.h"
#include "app/domain/document.h"
#include "app/domain/duplicate.h"
#include "app/domain/receipt.h"

#include <string.h>
#include <unistd.h>

/* How long the form waits for a card that was pulled. */
#define FORM_KEPT_S 60

struct _MadoSession {
  MadoOffice        *office;
  MadoSessionChanged changed;
  MadoSessionStored  stored;
  gpointer           data;

  gpointer         owner;
  MadoSessionState state;
  MadoForm         form;
  MadoProblem     *problem;
  guint            ticket; /* of the card at the desk; work with an older one is dropped */
  guint            form_timer;

  MadoSecretPipe  *pipe;
  MadoSessionEvent pin_event; /* which PIN comes through the pipe */
  gboolean         spend_last_try;

  gboolean   heard;   /* the monitor has spoken */
  GPtrArray *readers; /* as it last said; NULL: the service is down */
  char      *reader;  /* whose card lies at the desk; NULL: several were there */
  guint      present; /* cards there when it was opened */
};

static gboolean happen (MadoSession *session, MadoSessionEvent event, MadoProblem *problem);

/* --- readers --------------------------------------------------------------------------------- */

static guint
count_cards (GPtrArray *readers, const char **ret_name)
{
  guint n_cards = 0;

  for (guint i = 0; readers != NULL && i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (reader->present) {
      n_cards++;
      *ret_name = reader->name;
    }
  }
  return n_cards;
}

static gboolean
our_card_is_gone (const MadoSession *session, GPtrArray *readers, guint n_cards)
{
  for (guint i = 0; session->reader != NULL && readers != NULL && i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (g_str_equal (reader->name, session->reader))
      return !reader->present;
  }
  return session->reader != NULL || n_cards < session->present;
}

static GPtrArray *
copy_readers (GPtrArray *readers)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_reader_free);

  for (guint i = 0; i < readers->len; i++) {
    const MadoReader *from = g_ptr_array_index (readers, i);
    MadoReader       *reader = g_new0 (MadoReader, 1);
    reader->name = g_strdup (from->name);
    reader->present = from->present;
    g_ptr_array_add (copy, reader);
  }
  return copy;
}

static MadoProblem *
removed (void)
{
  return mado_problem_new (MADO_FAILURE_CARD_REMOVED, "the card was taken away");
}

/* An unusable card was taken away: its failure goes with it. That a card was pulled stays said. */
static void
hear_emptier (MadoSession *session)
{
  if (session->problem == NULL || session->problem->failure != MADO_FAILURE_CARD_REMOVED)
    happen (session, MADO_EVENT_CARD_OUT, NULL);
}

void
mado_session_readers (MadoSession *session, GPtrArray *readers)
{
  const char *name = NULL;
  guint       before = count_cards (session->readers, &name);
  guint       n_cards = count_cards (readers, &name);
  gboolean    waiting = session->state == MADO_SESSION_CARD;

  g_clear_pointer (&session->readers, g_ptr_array_unref);
  session->readers = readers != NULL ? copy_readers (readers) : NULL;
  session->heard = TRUE;
  if (waiting && n_cards > before)
    happen (session, MADO_EVENT_CARD_IN, NULL);
  else if (waiting && n_cards < before)
    hear_emptier (session);
  else if (!waiting && our_card_is_gone (session, readers, n_cards))
    happen (session, MADO_EVENT_CARD_OUT, removed ());
  session->changed (session->data);
}

/* --- work for others -------------------------------------------------------------------------- */

/* A piece of work and the sitting it is for. */
typedef struct {
  MadoSession  *session;
  guint         ticket;
  MadoCardWork *card;
} CardJob;

static void
do_card_job (gpointer data, MadoWork work)
{
  CardJob *job = data;

  work (job->card);
}

static void
recognise_work (gpointer data)
{
  do_card_job (data, mado_card_work_recognise);
}

static void
prove_work (gpointer data)
{
  do_card_job (data, mado_card_work_prove);
}

static void
read_text_work (gpointer data)
{
  do_card_job (data, mado_card_work_read_text);
}

static void
sign_work (gpointer data)
{
  do_card_job (data, mado_card_work_sign);
}

static void
let_go_work (gpointer data)
{
  do_card_job (data, mado_card_work_let_go);
}

/* The certificate of a card that came back decides whether what was typed is still its holder's. */
static void
take_cert (MadoForm *form, MadoCardWork *work)
{
  if (form->cert != NULL && work->cert != NULL && !mado_cert_equal (form->cert, work->cert))
    mado_form_forget_person (form);
  if (work->cert != NULL) {
    g_clear_pointer (&form->cert, mado_cert_unref);
    form->cert = g_steal_pointer (&work->cert);
  }
  if (work->issuer != NULL) {
    g_clear_pointer (&form->issuer, mado_cert_unref);
    form->issuer = g_steal_pointer (&work->issuer);
    form->signature = MADO_ANSWER_YES;
  }
}

static void
take_card_answer (MadoForm *form, MadoCardWork *work)
{
  take_cert (form, work);
  if (work->kind != MADO_CARD_UNKNOWN) {
    g_free (form->kind);
    form->kind = g_strdup (mado_card_kind_name (work->kind));
  }
  if (work->tries_max > 0)
    form->tries_max = work->tries_max;
  if (work->tries_left >= 0)
    form->tries_left = work->tries_left;
  if (work->person != NULL) {
    g_clear_pointer (&form->person, mado_person_free);
    form->person = g_steal_pointer (&work->person);
    form->source = form->method == MADO_METHOD_AUTH ? "text" : "sign";
  }
  if (work->evidence != NULL) {
    g_clear_pointer (&form->evidence, g_bytes_unref);
    form->evidence = g_steal_pointer (&work->evidence);
  }
  if (work->event == MADO_EVENT_REFUSED)
    form->signature = MADO_ANSWER_NO;
}

static void
on_card_done (gpointer data)
{
  g_autofree CardJob *job = data;
  MadoSession        *session = job->session;

  if (job->ticket == session->ticket) {
    take_card_answer (&session->form, job->card);
    happen (session, job->card->event, g_steal_pointer (&job->card->problem));
  }
  mado_card_work_free (job->card);
}

static void
drop_card_job (gpointer data)
{
  g_autofree CardJob *job = data;

  mado_card_work_free (job->card);
}

static MadoCardWork *
new_card_work (MadoSession *session)
{
  MadoCardWork *work = mado_card_work_new (session->office->desk, session->form.method);

  work->now = mado_clock_now (session->office->clock);
  work->anchors = g_ptr_array_ref (session->office->anchors);
  work->cert = session->form.cert != NULL ? mado_cert_ref (session->form.cert) : NULL;
  return work;
}

static void
push_card_work (MadoSession *session, MadoWork work, MadoCardWork *card)
{
  CardJob *job = g_new0 (CardJob, 1);

  *job = (CardJob){ session, session->ticket, card };
  mado_worker_push (session->office->card, work, on_card_done, job);
}

static void
let_card_go (MadoSession *session)
{
  CardJob *job = g_new0 (CardJob, 1);

  session->ticket++;
  g_clear_pointer (&session->pipe, mado_secret_pipe_free);
  *job = (CardJob){ session, session->ticket, new_card_work (session) };
  mado_worker_push (session->office->card, let_go_work, drop_card_job, job);
}

/* --- the actions of the table ----------------------------------------------------------------- */

static void
act_watch (MadoSession *session)
{
  const char *name = NULL;

  if (count_cards (session->readers, &name) > 0)
    happen (session, MADO_EVENT_CARD_IN, NULL);
}

static void
act_recognise (MadoSession *session)
{
  MadoCardWork *work;
  const char   *name = NULL;

  session->ticket++;
  session->present = count_cards (session->readers, &name);
  g_free (session->reader);
  session->reader = session->present == 1 ? g_strdup (name) : NULL;
  work = new_card_work (session);
  g_clear_pointer (&work->cert, mado_cert_unref);
  work->reader = g_strdup (session->reader);
  push_card_work (session, recognise_work, work);
}

/* Fresh octets that the authentication key signs: a recorded answer is of no use. */
static GBytes *
challenge_document (MadoSession *session)
{
  g_autoptr (JsonObject) document = json_object_new ();
  g_autofree char *time = mado_clock_format (mado_clock_now (session->office->clock));
  guint8           octets[32];

  mado_random (octets, sizeof octets);
  g_autofree char *challenge = mado_base64url (octets, sizeof octets);
  json_object_set_string_member (document, "application", session->form.application);
  json_object_set_string_member (document, "challenge", challenge);
  json_object_set_string_member (document, "purpose", "madoguchi-challenge");
  json_object_set_string_member (document, "terminal",
                                 mado_settings_terminal (session->office->settings));
  json_object_set_string_member (document, "time", time);
  char *text = mado_json_canonical_object (document);
  return g_bytes_new_take (text, strlen (text));
}

static void
prove (MadoSession *session, MadoSecret *secret)
{
  MadoForm     *form = &session->form;
  MadoCardWork *work = new_card_work (session);
  gboolean      text = session->pin_event == MADO_EVENT_TEXT_PIN;

  work->secret = secret;
  work->spend_last_try = session->spend_last_try;
  if (form->method == MADO_METHOD_AUTH && !text) {
    g_clear_pointer (&form->document, g_bytes_unref);
    form->document = challenge_document (session);
    work->challenge = g_bytes_ref (form->document);
  }
  push_card_work (session, text ? read_text_work : prove_work, work);
}

static void
on_secret (MadoSecret *secret, const GError *error, gpointer data)
{
  MadoSession *session = data;

  session->pipe = NULL;
  if (secret != NULL)
    prove (session, secret);
  else
    happen (session,
            session->pin_event == MADO_EVENT_PIN ? MADO_EVENT_PIN_REFUSED
                                                 : MADO_EVENT_TEXT_PIN_REFUSED,
            mado_problem_new_from_error (error));
}

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
static void
note_refusal (MadoSession *session)
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
  note_refusal (session);
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
  else if (status->revocation != MADO_REVOCATION_GOOD
           && mado_settings_is_kiosk (session->office->settings))
    problem = mado_problem_new (MADO_FAILURE_NOT_CHECKED,
                                "nobody could say whether the certificate is still valid");
  else {
    happen (session, MADO_EVENT_REVOCATION, NULL);
    return;
  }
  problem->reason = g_strdup (status->reason);
  happen (session, MADO_EVENT_REVOKED, problem);
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

static void
look_for_duplicates (MadoSession *session)
{
  HintJob *job = g_new0 (HintJob, 1);

  job->session = session;
  job->application = g_strdup (session->form.application);
  job->fields = mado_form_fields (&session->form);
  mado_worker_push (session->office->disk, hint_work, on_hints, job);
}

static void
act_show (MadoSession *session)
{
  judge (session);
  look_for_duplicates (session);
  if (session->form.method != MADO_METHOD_DOCUMENT)
    ask_revocation (session);
}

static GBytes *
application_document (MadoSession *session)
{
  const MadoForm *form = &session->form;
  g_autoptr (JsonObject) fields = mado_form_fields (form);
  g_autofree char *time = mado_clock_format (form->agreed_at);
  MadoDocument     document = {
        .application = form->application,
        .consent = form->consent,
        .fields = fields,
        .method = mado_method_name (form->method),
        .terminal = mado_settings_terminal (session->office->settings),
        .time = time,
  };
  char *text = mado_application_document (&document);

  return g_bytes_new_take (text, strlen (text));
}

/* Waits for revocation; an application proved with the authentication key is signed already. */
static void
act_sign (MadoSession *session)
{
  MadoForm     *form = &session->form;
  MadoCardWork *work;

  if (form->asking)
    return;
  if (form->method == MADO_METHOD_AUTH) {
    happen (session, MADO_EVENT_SIGNED, NULL);
    return;
  }
  form->agreed_at = mado_clock_now (session->office->clock);
  g_clear_pointer (&form->document, g_bytes_unref);
  form->document = application_document (session);
  work = new_card_work (session);
  work->document = g_bytes_ref (form->document);
  push_card_work (session, sign_work, work);
}

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
  if (ours && job->written != NULL) {
    session->form.result = mado_acts_result (&session->form, job->written);
    happen (session, MADO_EVENT_STORED, NULL);
  } else if (ours) {
    happen (session, MADO_EVENT_NOT_STORED, g_steal_pointer (&job->problem));
  }
  mado_problem_free (job->problem);
  g_clear_pointer (&job->written, mado_application_free);
  mado_acts_clear (&job->acts);
  g_free (job->application);
}

static void
act_commit (MadoSession *session)
{
  const MadoSettings *settings = session->office->settings;
  CommitJob          *job = g_new0 (CommitJob, 1);

  job->session = session;
  job->application = g_strdup (session->form.application);
  mado_acts_of_form (&session->form, mado_settings_branch (settings),
                     mado_settings_is_kiosk (settings) ? "kiosk" : "counter", &job->acts);
  mado_worker_push (session->office->disk, commit_work, on_committed, job);
}

static void
stop_form_timer (MadoSession *session)
{
  if (session->form_timer != 0)
    g_source_remove (session->form_timer);
  session->form_timer = 0;
}

static gboolean
on_form_old (gpointer data)
{
  MadoSession *session = data;

  session->form_timer = 0;
  happen (session, MADO_EVENT_FORM_OLD, NULL);
  return G_SOURCE_REMOVE;
}

static void
act_keep (MadoSession *session)
{
  let_card_go (session);
  mado_form_card_gone (&session->form);
  stop_form_timer (session);
  session->form_timer = g_timeout_add_seconds (FORM_KEPT_S, on_form_old, session);
}

static void
act_refuse (MadoSession *session)
{
  let_card_go (session);
  note_refusal (session);
}

static void
act_wipe (MadoSession *session)
{
  let_card_go (session);
  stop_form_timer (session);
  mado_form_clear (&session->form);
}

static void
do_action (MadoSession *session, MadoSessionAction action)
{
  switch (action) {
  case MADO_DO_WATCH:
    act_watch (session);
    break;
  case MADO_DO_RECOGNISE:
    act_recognise (session);
    break;
  case MADO_DO_SHOW:
    act_show (session);
    break;
  case MADO_DO_SIGN:
    act_sign (session);
    break;
  case MADO_DO_COMMIT:
    act_commit (session);
    break;
  case MADO_DO_KEEP:
    act_keep (session);
    break;
  case MADO_DO_FORGET:
    mado_form_forget_person (&session->form);
    break;
  case MADO_DO_FINISH:
  case MADO_DO_LET_GO:
    let_card_go (session);
    break;
  case MADO_DO_REFUSE:
    act_refuse (session);
    break;
  case MADO_DO_WIPE:
    act_wipe (session);
    break;
  case MADO_DO_START:     /* mado_session_begin() has done it */
  case MADO_DO_PROVE:     /* when the secret has come through its pipe */
  case MADO_DO_READ_TEXT: /* the same */
  case MADO_DO_NOTHING:
    break;
  }
}

static void
set_problem (MadoSession *session, MadoProblem *problem)
{
  g_clear_pointer (&session->problem, mado_problem_free);
  session->problem = problem;
  if (problem != NULL)
    mado_log (G_LOG_LEVEL_INFO, "the sitting met a failure", "CODE",
              mado_failure_code (problem->failure), "STATE",
              mado_session_state_name (session->state), NULL);
}

/* The one way the sitting moves. %FALSE, nothing changed, when @event is not due. */
static gboolean
happen (MadoSession *session, MadoSessionEvent event, MadoProblem *problem)
{
  const MadoSessionRow *row = mado_session_row (session->state, event, session->form.method);

  if (row == NULL) {
    mado_problem_free (problem);
    return FALSE;
  }
  session->state = row->next;
  /* An answer from the network says nothing about what the person was told meanwhile. */
  if (problem != NULL || event != MADO_EVENT_REVOCATION)
    set_problem (session, problem);
  do_action (session, row->action);
  session->changed (session->data);
  if (session->owner == NULL && session->state != MADO_SESSION_IDLE)
    happen (session, MADO_EVENT_CANCEL, NULL);
  return TRUE;
}

/* --- what the owner does ---------------------------------------------------------------------- */

MadoSession *
mado_session_new (MadoOffice        *office,
                  MadoSessionChanged changed,
                  MadoSessionStored  stored,
                  gpointer           data)
{
  MadoSession *session = g_new0 (MadoSession, 1);

  session->office = office;
  session->changed = changed;
  session->stored = stored;
  session->data = data;
  mado_form_init (&session->form);
  return session;
}

void
mado_session_free (MadoSession *session)
{
  if (session == NULL)
    return;
  stop_form_timer (session);
  mado_secret_pipe_free (session->pipe);
  mado_form_clear (&session->form);
  mado_problem_free (session->problem);
  g_clear_pointer (&session->readers, g_ptr_array_unref);
  g_free (session->reader);
  g_free (session);
}

/* Whether @event of @owner is due; says why not. */
static gboolean
may_happen (MadoSession *session, gpointer owner, MadoSessionEvent event, GError **error)
{
  if (session->owner != owner)
    return mado_agent_raise (error, MADO_FAILURE_NOT_ALLOWED, "the sitting is another's");
  if (mado_session_row (session->state, event, session->form.method) == NULL)
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "this step is not due in the state %s",
                             mado_session_state_name (session->state));
  return TRUE;
}

gboolean
mado_session_begin (MadoSession *session,
                    gpointer     owner,
                    const char  *method,
                    const char  *application,
                    GError     **error)
{
  MadoMethod wanted;

  if (mado_session_row (session->state, MADO_EVENT_BEGIN, MADO_METHOD_SIGN) == NULL)
    return mado_agent_raise (error, MADO_FAILURE_BUSY, "a sitting is under way");
  if (!mado_method_from_name (method, &wanted))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "a method is sign, auth or document");
  if (*application != '\0' && !mado_uuid_is_valid (application))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "an application is a UUID");
  if (!mado_office_check_room (session->office, error))
    return FALSE;
  mado_form_clear (&session->form);
  session->owner = owner;
  session->form.method = wanted;
  session->form.application = *application != '\0'
                                  ? g_strdup (application)
                                  : mado_uuid7 (mado_clock_now_ms (session->office->clock));
  return happen (session, MADO_EVENT_BEGIN, NULL);
}

gboolean
mado_session_consent (
    MadoSession *session, gpointer owner, const char *version, const char *how, GError **error)
{
  const MadoConsent *consent = mado_consent_find (version);

  if (!may_happen (session, owner, MADO_EVENT_CONSENT, error))
    return FALSE;
  if (consent == NULL)
    return mado_agent_raise (error, MADO_FAILURE_CONSENT, "there is no such consent text");
  if (!g_str_equal (how, "touch") && !g_str_equal (how, "spoken"))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "consent is given by touch or spoken");
  session->form.consent = consent;
  g_free (session->form.consent_how);
  session->form.consent_how = g_strdup (how);
  return happen (session, MADO_EVENT_CONSENT, NULL);
}

gboolean
mado_session_pin (MadoSession     *session,
                  gpointer         owner,
                  MadoSessionEvent event,
                  int              fd,
                  gboolean         spend_last_try,
                  GError         **error)
{
  if (!may_happen (session, owner, event, error)
      || !mado_office_check_room (session->office, error)) {
    close (fd);
    return FALSE;
  }
  session->pipe = mado_secret_pipe_read (fd, on_secret, session, error);
  if (session->pipe == NULL)
    return FALSE;
  session->pin_event = event;
  /* A machine that stands alone never takes somebody's last try. */
  session->spend_last_try = spend_last_try && !mado_settings_is_kiosk (session->office->settings);
  return happen (session, event, NULL);
}

/* A field that is wrong is told twice: to the caller, and on the screen beside the field. */
static gboolean
refuse_field (MadoSession *session, const MadoFieldFault *fault, GError **error)
{
  MadoProblem *problem = mado_problem_new (MADO_FAILURE_FIELD, "");

  g_free (problem->message);
  problem->message = g_strdup_printf ("the field %s: %s", fault->field, fault->word);
  problem->reason = g_strdup (fault->field);
  mado_agent_raise (error, MADO_FAILURE_FIELD, "%s", problem->message);
  set_problem (session, problem);
  session->changed (session->data);
  return FALSE;
}

gboolean
mado_session_document (MadoSession *session, gpointer owner, const char *person, GError **error)
{
  MadoFieldFault fault = { NULL, NULL };
  MadoPerson    *typed;

  if (!may_happen (session, owner, MADO_EVENT_DOCUMENT, error))
    return FALSE;
  typed = mado_typed_person (person, &fault);
  if (typed == NULL)
    return refuse_field (session, &fault, error);
  g_clear_pointer (&session->form.person, mado_person_free);
  session->form.person = typed;
  session->form.source = "document";
  return happen (session, MADO_EVENT_DOCUMENT, NULL);
}

gboolean
mado_session_contact (MadoSession *session, gpointer owner, const char *fields, GError **error)
{
  MadoForm        *form = &session->form;
  MadoFieldFault   fault = { NULL, NULL };
  g_autofree char *number = NULL;
  JsonObject      *typed;

  if (!may_happen (session, owner, MADO_EVENT_CONTACT, error))
    return FALSE;
  typed = mado_typed_contact (fields, &number, &fault);
  if (typed == NULL)
    return refuse_field (session, &fault, error);
  g_clear_pointer (&form->typed, json_object_unref);
  form->typed = typed;
  g_free (form->number);
  form->number = g_steal_pointer (&number);
  look_for_duplicates (session);
  return happen (session, MADO_EVENT_CONTACT, NULL);
}

/* Out of the area nobody goes on; where the address tells nothing, staff decide later, so no number
 * is bound now. */
static gboolean
may_go_on (const MadoSession *session, MadoSessionEvent event, GError **error)
{
  MadoEligibilityResult result = session->form.eligibility.result;

  if (event == MADO_EVENT_PERSON_SEEN && result == MADO_ELIGIBILITY_OUT_OF_AREA)
    return mado_agent_raise (error, MADO_FAILURE_OUT_OF_AREA,
                             "the address lies outside the area of this library");
  if (event == MADO_EVENT_CONFIRM && result == MADO_ELIGIBILITY_UNKNOWN
      && session->form.number != NULL)
    return mado_agent_raise (error, MADO_FAILURE_AREA_UNKNOWN,
                             "no number before somebody has decided about the address");
  return TRUE;
}

gboolean
mado_session_step (MadoSession *session, gpointer owner, MadoSessionEvent event, GError **error)
{
  if (!may_happen (session, owner, event, error) || !may_go_on (session, event, error))
    return FALSE;
  return happen (session, event, NULL);
}

void
mado_session_disown (MadoSession *session, gpointer owner)
{
  if (session->owner != owner)
    return;
  session->owner = NULL;
  /* Not due while signing: what the person confirmed is finished first, see happen(). */
  happen (session, MADO_EVENT_CANCEL, NULL);
}

gboolean
mado_session_is_of (const MadoSession *session, gpointer owner)
{
  return session->owner == owner;
}

static const char *
reader_word (const MadoSession *session)
{
  const char *name = NULL;

  if (session->readers == NULL)
    return session->heard ? "service-down" : NULL;
  if (count_cards (session->readers, &name) > 0)
    return "card";
  return session->readers->len > 0 ? "ready" : "absent";
}

char *
mado_session_state (const MadoSession *session, gpointer owner)
{
  g_autoptr (JsonObject) document = NULL;
  MadoForm nothing;

  mado_form_init (&nothing);
  if (session->owner == owner)
    document = mado_form_document (&session->form, session->state, session->problem);
  else
    document = mado_form_document (&nothing, MADO_SESSION_IDLE, NULL);
  mado_json_set_string (document, "reader", reader_word (session));
  return mado_json_canonical_object (document);
}

const MadoProblem *
mado_session_problem (const MadoSession *session)
{
  return session->problem;
}
