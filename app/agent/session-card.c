#include "app/agent/card-work.h"
#include "app/agent/session-parts.h"
#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/base/random.h"
#include "app/domain/document.h"

#include <string.h>

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
    mado_session_happen (session, job->card->event, g_steal_pointer (&job->card->problem));
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

void
mado_session_let_go (MadoSession *session)
{
  CardJob *job = g_new0 (CardJob, 1);

  session->ticket++;
  g_clear_pointer (&session->pipe, mado_secret_pipe_free);
  *job = (CardJob){ session, session->ticket, new_card_work (session) };
  mado_worker_push (session->office->card, let_go_work, drop_card_job, job);
}

void
mado_session_recognise (MadoSession *session)
{
  MadoCardWork *work;
  const char   *name = NULL;

  session->ticket++;
  session->present = mado_session_count_cards (session->readers, &name);
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

void
mado_session_on_secret (MadoSecret *secret, const GError *error, gpointer data)
{
  MadoSession *session = data;

  session->pipe = NULL;
  if (secret != NULL)
    prove (session, secret);
  else
    mado_session_happen (session,
                         session->pin_event == MADO_EVENT_PIN ? MADO_EVENT_PIN_REFUSED
                                                              : MADO_EVENT_TEXT_PIN_REFUSED,
                         mado_problem_new_from_error (error));
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
void
mado_session_sign (MadoSession *session)
{
  MadoForm     *form = &session->form;
  MadoCardWork *work;

  if (form->asking)
    return;
  if (form->method == MADO_METHOD_AUTH) {
    mado_session_happen (session, MADO_EVENT_SIGNED, NULL);
    return;
  }
  form->agreed_at = mado_clock_now (session->office->clock);
  g_clear_pointer (&form->document, g_bytes_unref);
  form->document = application_document (session);
  work = new_card_work (session);
  work->document = g_bytes_ref (form->document);
  push_card_work (session, sign_work, work);
}
