#include "app/agent/card-work.h"

#include "app/agent/card-sign.h"
#include "app/agent/error.h"
#include "certs/path.h"
#include "pcsc/error.h"
#include "pcsc/text.h"

/* Of every failure with this exit status the kind of card is told. */
#define EXIT_OTHER_CARD 5

MadoCardWork *
mado_card_work_new (MadoCardDesk *desk, MadoMethod method)
{
  MadoCardWork *work = g_new0 (MadoCardWork, 1);

  work->desk = desk;
  work->method = method;
  work->tries_left = -1;
  return work;
}

void
mado_card_work_free (MadoCardWork *work)
{
  g_free (work->reader);
  mado_secret_free (work->secret);
  g_clear_pointer (&work->anchors, g_ptr_array_unref);
  g_clear_pointer (&work->challenge, g_bytes_unref);
  g_clear_pointer (&work->document, g_bytes_unref);
  g_clear_pointer (&work->cert, mado_cert_unref);
  g_clear_pointer (&work->issuer, mado_cert_unref);
  mado_problem_free (work->problem);
  g_clear_pointer (&work->person, mado_person_free);
  g_clear_pointer (&work->evidence, g_bytes_unref);
  g_free (work);
}

static MadoJpkiKey
key_of (MadoMethod method)
{
  return method == MADO_METHOD_AUTH ? MADO_JPKI_AUTH : MADO_JPKI_SIGN;
}

/* What the sitting makes of a card that answered with @failure. */
static MadoSessionEvent
event_of (MadoFailure failure)
{
  switch (failure) {
  case MADO_FAILURE_PIN_WRONG:
  case MADO_FAILURE_PIN_MALFORMED:
  case MADO_FAILURE_LAST_TRY:
    return MADO_EVENT_PIN_REFUSED;
  case MADO_FAILURE_PIN_BLOCKED:
    return MADO_EVENT_BLOCKED;
  case MADO_FAILURE_CARD_REMOVED:
  case MADO_FAILURE_CARD_SILENT:
    return MADO_EVENT_CARD_OUT;
  case MADO_FAILURE_UNTRUSTED:
  case MADO_FAILURE_EXPIRED:
    return MADO_EVENT_REFUSED;
  case MADO_FAILURE_SERVICE_DOWN:
  case MADO_FAILURE_NO_READER:
  case MADO_FAILURE_NO_CARD:
  case MADO_FAILURE_WRONG_CARD:
  case MADO_FAILURE_PHONE:
  case MADO_FAILURE_NO_CERTIFICATE:
  case MADO_FAILURE_SEVERAL_CARDS:
  case MADO_FAILURE_READER_BUSY:
  case MADO_FAILURE_CARD_ODD:
    return MADO_EVENT_UNUSABLE;
  default:
    return MADO_EVENT_FAILED;
  }
}

static void
fail (MadoCardWork *work, const GError *error)
{
  work->problem = mado_problem_new_from_error (error);
  if (work->problem->failure == MADO_FAILURE_WRONG_CARD
      && (work->kind == MADO_CARD_ANDROID || work->kind == MADO_CARD_IPHONE))
    work->problem->failure = MADO_FAILURE_PHONE;
  if (mado_failure_exit_status (work->problem->failure) == EXIT_OTHER_CARD)
    work->problem->kind = g_strdup (mado_card_kind_name (work->kind));
  if (work->problem->failure == MADO_FAILURE_PIN_WRONG
      || work->problem->failure == MADO_FAILURE_LAST_TRY)
    work->problem->tries_left = work->tries_left;
  work->event = event_of (work->problem->failure);
}

/* The chain, the dates and the use, each no with its own name. */
static gboolean
check_path (MadoCardWork *work, GError **error)
{
  g_auto (MadoPathAnswer) answer = { 0 };

  mado_path_check (work->cert, work->anchors,
                   work->method == MADO_METHOD_AUTH ? MADO_CERT_AUTH : MADO_CERT_SIGN, work->now,
                   &answer);
  if (answer.chain != MADO_ANSWER_YES || answer.usage != MADO_ANSWER_YES)
    return mado_agent_raise (error, MADO_FAILURE_UNTRUSTED, "the card's certificate: %s",
                             answer.reason);
  if (answer.dates != MADO_ANSWER_YES)
    return mado_agent_raise (error, MADO_FAILURE_EXPIRED, "the card's certificate: %s",
                             answer.reason);
  g_clear_pointer (&work->issuer, mado_cert_unref);
  work->issuer = mado_cert_ref (answer.issuer);
  return TRUE;
}

static gboolean
read_cert (MadoCardWork *work, MadoCard *card, GError **error)
{
  g_autoptr (GBytes) der = mado_jpki_read_cert (card, key_of (work->method), error);

  if (der == NULL)
    return FALSE;
  g_clear_pointer (&work->cert, mado_cert_unref);
  work->cert = mado_cert_parse (der, error);
  return work->cert != NULL;
}

static gboolean
recognise (MadoCardWork *work, GError **error)
{
  MadoCardGreeting greeting = { .kind = MADO_CARD_UNKNOWN, .tries_left = -1 };
  gboolean         opened
      = mado_card_desk_open (work->desk, work->reader, key_of (work->method), &greeting, error);

  work->kind = greeting.kind;
  if (!opened)
    return FALSE;
  work->tries_left = greeting.tries_left;
  work->tries_max = greeting.tries_max;
  if (greeting.tries_left <= 0)
    return mado_agent_raise (error, MADO_FAILURE_PIN_BLOCKED, "the PIN has no tries left");
  /* Free to read on a card, so it is here while the PIN is being typed. */
  return work->method != MADO_METHOD_AUTH
         || read_cert (work, mado_card_desk_card (work->desk, NULL), error);
}

void
mado_card_work_recognise (gpointer data)
{
  MadoCardWork *work = data;
  g_autoptr (GError) error = NULL;

  work->event = MADO_EVENT_READY;
  if (!recognise (work, &error))
    fail (work, error);
  /* Gone before it was known: that was no card a form could wait for. */
  if (work->event == MADO_EVENT_CARD_OUT)
    work->event = MADO_EVENT_UNUSABLE;
}

static gboolean
sign_content (MadoCardWork *work, MadoCard *card, GBytes *content, GError **error)
{
  work->evidence
      = mado_card_sign (card, key_of (work->method), work->cert, content, work->now, error);
  return work->evidence != NULL;
}

static gboolean
verify_pin (MadoCardWork *work, MadoCard *card, GError **error)
{
  gboolean right = mado_jpki_verify_pin (card, key_of (work->method), work->secret,
                                         work->spend_last_try, &work->tries_left, error);

  g_clear_pointer (&work->secret, mado_secret_free);
  return right;
}

static gboolean
prove_signer (MadoCardWork *work, MadoCard *card, GError **error)
{
  if (!read_cert (work, card, error) || !check_path (work, error))
    return FALSE;
  work->person = mado_cert_person (work->cert, error);
  work->event = MADO_EVENT_PERSON_READ;
  return work->person != NULL;
}

/* The challenge is answered before anything else is selected, which would forget the PIN. */
static gboolean
prove_holder (MadoCardWork *work, MadoCard *card, GError **error)
{
  if (!check_path (work, error) || !sign_content (work, card, work->challenge, error)
      || !mado_text_tries (card, &work->tries_left, error))
    return FALSE;
  work->tries_max = MADO_TEXT_TRIES_MAX;
  if (work->tries_left <= 0)
    return mado_agent_raise (error, MADO_FAILURE_PIN_BLOCKED,
                             "the PIN of the text application has no tries left");
  work->event = MADO_EVENT_PROVED;
  return TRUE;
}

static gboolean
prove (MadoCardWork *work, GError **error)
{
  MadoCard *card = mado_card_desk_card (work->desk, error);

  if (card == NULL || !verify_pin (work, card, error))
    return FALSE;
  return work->method == MADO_METHOD_AUTH ? prove_holder (work, card, error)
                                          : prove_signer (work, card, error);
}

void
mado_card_work_prove (gpointer data)
{
  MadoCardWork *work = data;
  g_autoptr (GError) error = NULL;

  if (!prove (work, &error))
    fail (work, error);
}

static gboolean
read_text (MadoCardWork *work, GError **error)
{
  MadoCard *card = mado_card_desk_card (work->desk, error);

  if (card == NULL
      || !mado_text_verify_pin (card, work->secret, work->spend_last_try, &work->tries_left, error))
    return FALSE;
  g_clear_pointer (&work->secret, mado_secret_free);
  work->person = mado_text_read_basic_four (card, error);
  work->event = MADO_EVENT_PERSON_READ;
  return work->person != NULL;
}

void
mado_card_work_read_text (gpointer data)
{
  MadoCardWork *work = data;
  g_autoptr (GError) error = NULL;

  if (!read_text (work, &error))
    fail (work, error);
  g_clear_pointer (&work->secret, mado_secret_free);
  if (work->event == MADO_EVENT_PIN_REFUSED)
    work->event = MADO_EVENT_TEXT_PIN_REFUSED;
}

void
mado_card_work_sign (gpointer data)
{
  MadoCardWork *work = data;
  g_autoptr (GError) error = NULL;
  MadoCard *card = mado_card_desk_card (work->desk, &error);

  work->event = MADO_EVENT_SIGNED;
  if (card == NULL || !sign_content (work, card, work->document, &error))
    fail (work, error);
  /* The table has one row for a card that did not sign. */
  if (work->event == MADO_EVENT_CARD_OUT)
    work->event = MADO_EVENT_UNUSABLE;
}

void
mado_card_work_let_go (gpointer data)
{
  MadoCardWork *work = data;

  mado_card_desk_let_go (work->desk);
}
