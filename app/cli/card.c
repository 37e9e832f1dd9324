#include "app/agent/card-sign.h"
#include "app/agent/error.h"
#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/cli/command.h"
#include "app/cli/diagnosis.h"
#include "app/cli/file.h"
#include "pcsc/error.h"
#include "pcsc/jpki.h"
#include "pcsc/reader.h"
#include "pcsc/text.h"

#define CARD "reader trace"
#define PIN CARD " pin-fd pin-stdin spend-last-try"

/* A card at work: both are let go in this order. */
typedef struct {
  MadoTrace *trace;
  MadoCard  *card;
} Desk;

static void
desk_clear (Desk *desk)
{
  mado_card_free (desk->card);
  mado_trace_close (desk->trace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Desk, desk_clear)

static gboolean
open_card (MadoCall *call, Desk *desk, GError **error)
{
  MadoCardKind kind = MADO_CARD_UNKNOWN;

  desk->trace = mado_trace_open (call->options.trace, error);
  if (desk->trace == NULL)
    return FALSE;
  desk->card = mado_reader_open_card (call->options.reader, desk->trace, &kind, error);
  call->kind = g_strdup (mado_card_kind_name (kind));
  return desk->card != NULL;
}

/* --- card list -------------------------------------------------------------------------------- */

/* A card another program holds, or that went away meanwhile, has no kind to tell. */
static const char *
kind_in (const char *reader, MadoTrace *trace)
{
  g_autoptr (GError) error = NULL;
  MadoTransport *transport = mado_reader_connect (reader, &error);
  MadoCardKind   kind = MADO_CARD_UNKNOWN;

  if (transport == NULL)
    return mado_card_kind_name (MADO_CARD_UNKNOWN);
  g_autoptr (MadoCard) card = mado_card_new (transport, trace);
  if (!mado_card_recognise (card, &kind, &error))
    kind = MADO_CARD_UNKNOWN;
  return mado_card_kind_name (kind);
}

static JsonObject *
reader_answer (const MadoReader *reader, MadoTrace *trace)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", reader->name);
  json_object_set_boolean_member (object, "present", reader->present);
  mado_json_set_string (object, "atr", reader->present ? reader->atr : NULL);
  mado_json_set_string (object, "kind", reader->present ? kind_in (reader->name, trace) : NULL);
  return object;
}

static gboolean
is_asked_for (const MadoCall *call, const MadoReader *reader)
{
  return call->options.reader == NULL || g_str_equal (call->options.reader, reader->name);
}

static gboolean
run_list (MadoCall *call, GError **error)
{
  g_autoptr (MadoTrace) trace = mado_trace_open (call->options.trace, error);
  g_autoptr (GPtrArray) readers = trace != NULL ? mado_reader_list (error) : NULL;
  JsonArray *array;

  if (readers == NULL)
    return FALSE;
  array = json_array_new ();
  call->answer = json_object_new ();
  json_object_set_array_member (call->answer, "readers", array);
  for (guint i = 0; i < readers->len; i++)
    if (is_asked_for (call, g_ptr_array_index (readers, i)))
      json_array_add_object_element (array, reader_answer (g_ptr_array_index (readers, i), trace));
  if (call->options.reader == NULL || json_array_get_length (array) > 0)
    return TRUE;
  return mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_READER, "there is no reader of that name");
}

/* --- card tries ------------------------------------------------------------------------------- */

static void
set_tries (JsonObject *answer, const char *member, int left, int max)
{
  JsonObject *tries;

  if (left < 0) {
    json_object_set_null_member (answer, member);
    return;
  }
  tries = json_object_new ();
  json_object_set_int_member (tries, "left", left);
  json_object_set_int_member (tries, "max", max);
  json_object_set_object_member (answer, member, tries);
}

static gboolean
run_tries (MadoCall *call, GError **error)
{
  g_auto (Desk) desk = { NULL, NULL };
  int auth, sign, text;

  if (!open_card (call, &desk, error) || !mado_jpki_tries (desk.card, MADO_JPKI_AUTH, &auth, error)
      || !mado_jpki_tries (desk.card, MADO_JPKI_SIGN, &sign, error)
      || !mado_text_tries (desk.card, &text, error))
    return FALSE;
  call->answer = json_object_new ();
  set_tries (call->answer, "auth", auth, mado_jpki_tries_max (MADO_JPKI_AUTH));
  set_tries (call->answer, "sign", sign, mado_jpki_tries_max (MADO_JPKI_SIGN));
  set_tries (call->answer, "text", text, MADO_TEXT_TRIES_MAX);
  return TRUE;
}

/* --- PINs and certificates -------------------------------------------------------------------- */

static gboolean
key_from_word (const char *word, MadoJpkiKey *ret_key, GError **error)
{
  if (!g_str_equal (word, "auth") && !g_str_equal (word, "sign"))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "which one: auth or sign");
  *ret_key = g_str_equal (word, "auth") ? MADO_JPKI_AUTH : MADO_JPKI_SIGN;
  return TRUE;
}

/* A child's card has no signing certificate: known before a PIN is sent. */
static gboolean
expect_cert (MadoCard *card, MadoJpkiKey key, GError **error)
{
  gboolean has = FALSE;

  if (!mado_jpki_has_cert (card, key, &has, error))
    return FALSE;
  return has
         || mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_CERTIFICATE,
                             "the card has no such certificate (JPKI EF 0008)");
}

static gboolean
needs_pin (const MadoCall *call, GError **error)
{
  return mado_cli_needs_secret (call->options.pin_fd, call->options.pin_stdin, "pin-fd", error);
}

static MadoSecret *
read_pin (const MadoCall *call, GError **error)
{
  return mado_cli_read_secret (call->options.pin_fd, call->options.pin_stdin, "pin-fd", error);
}

static gboolean
verify (MadoCall *call, MadoCard *card, MadoJpkiKey key, GError **error)
{
  g_autoptr (MadoSecret) pin = NULL;
  int left;

  if (!expect_cert (card, key, error))
    return FALSE;
  pin = read_pin (call, error);
  if (pin == NULL || !mado_jpki_tries (card, key, &left, error))
    return FALSE;
  return mado_jpki_verify_pin (card, key, pin, call->options.spend_last_try, &call->tries_left,
                               error);
}

static MadoCert *
read_cert (MadoCard *card, MadoJpkiKey key, GError **error)
{
  g_autoptr (GBytes) der = mado_jpki_read_cert (card, key, error);

  return der != NULL ? mado_cert_parse (der, error) : NULL;
}

static void
answer_cert (MadoCall *call, MadoCert *cert)
{
  g_autofree char *subject = mado_cert_subject (cert);
  g_autofree char *not_after = mado_clock_format (mado_cert_not_after (cert));

  call->answer = json_object_new ();
  json_object_set_int_member (call->answer, "bytes",
                              (gint64)g_bytes_get_size (mado_cert_der (cert)));
  json_object_set_string_member (call->answer, "subject", subject);
  json_object_set_string_member (call->answer, "not_after", not_after);
  json_object_set_string_member (call->answer, "profile",
                                 mado_cert_profile_name (mado_cert_profile (cert)));
}

static gboolean
run_cert (MadoCall *call, GError **error)
{
  g_auto (Desk) desk = { NULL, NULL };
  g_autoptr (MadoCert) cert = NULL;
  MadoJpkiKey key;

  if (!key_from_word (call->words[0], &key, error)
      || !mado_call_needs ("out", call->options.out, error)
      || (key == MADO_JPKI_SIGN && !needs_pin (call, error)) || !open_card (call, &desk, error))
    return FALSE;
  if (!(key == MADO_JPKI_SIGN ? verify (call, desk.card, key, error)
                              : expect_cert (desk.card, key, error)))
    return FALSE;
  cert = read_cert (desk.card, key, error);
  if (cert == NULL || !mado_cli_write_file (call->options.out, mado_cert_der (cert), error))
    return FALSE;
  answer_cert (call, cert);
  return TRUE;
}

/* --- card person ------------------------------------------------------------------------------ */

static MadoPerson *
person_of_cert (MadoCall *call, MadoCard *card, GError **error)
{
  g_autoptr (MadoCert) cert = NULL;

  if (!verify (call, card, MADO_JPKI_SIGN, error))
    return NULL;
  cert = read_cert (card, MADO_JPKI_SIGN, error);
  return cert != NULL ? mado_cert_person (cert, error) : NULL;
}

static MadoPerson *
person_of_text (MadoCall *call, MadoCard *card, GError **error)
{
  g_autoptr (MadoSecret) pin = read_pin (call, error);
  int left;

  if (pin == NULL || !mado_text_tries (card, &left, error)
      || !mado_text_verify_pin (card, pin, call->options.spend_last_try, &call->tries_left, error))
    return NULL;
  return mado_text_read_basic_four (card, error);
}

static gboolean
run_person (MadoCall *call, GError **error)
{
  g_auto (Desk) desk = { NULL, NULL };
  g_autoptr (MadoPerson) person = NULL;
  const char *from = call->options.from;

  if (!mado_call_needs ("from", from, error))
    return FALSE;
  if (!g_str_equal (from, "sign") && !g_str_equal (from, "text"))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "--from sign or --from text");
  if (!needs_pin (call, error) || !open_card (call, &desk, error))
    return FALSE;
  person = g_str_equal (from, "sign") ? person_of_cert (call, desk.card, error)
                                      : person_of_text (call, desk.card, error);
  if (person == NULL)
    return FALSE;
  call->answer = mado_person_to_json (person, from);
  return TRUE;
}

/* --- card sign -------------------------------------------------------------------------------- */

static gboolean
run_sign (MadoCall *call, GError **error)
{
  g_auto (Desk) desk = { NULL, NULL };
  g_autoptr (GBytes) content = NULL;
  g_autoptr (MadoCert) cert = NULL;
  g_autoptr (GBytes) p7s = NULL;
  g_autoptr (MadoClock) clock = mado_clock_new_real ();
  MadoJpkiKey key;

  if (!key_from_word (call->words[0], &key, error)
      || !mado_call_needs ("in", call->options.in, error)
      || !mado_call_needs ("out", call->options.out, error) || !needs_pin (call, error))
    return FALSE;
  content = mado_cli_read_file (call->options.in, error);
  if (content == NULL || !open_card (call, &desk, error) || !verify (call, desk.card, key, error))
    return FALSE;
  cert = read_cert (desk.card, key, error);
  if (cert == NULL)
    return FALSE;
  p7s = mado_card_sign (desk.card, key, cert, content, mado_clock_now (clock), error);
  if (p7s == NULL || !mado_cli_write_file (call->options.out, p7s, error))
    return FALSE;
  answer_cert (call, cert);
  json_object_set_int_member (call->answer, "bytes", (gint64)g_bytes_get_size (p7s));
  return TRUE;
}

static gboolean
run_doctor (MadoCall *call, GError **error)
{
  g_auto (Desk) desk = { mado_trace_open (call->options.trace, error), NULL };

  if (desk.trace == NULL)
    return FALSE;
  call->answer = mado_diagnose_card (call->options.reader, desk.trace, &call->status);
  return TRUE;
}

const MadoCommand mado_card_commands[] = {
  { "card list", "", "Readers and what lies in them", CARD, 0, run_list },
  { "card tries", "", "Tries left of each PIN; spends none", CARD, 0, run_tries },
  { "card cert", "auth|sign", "Write a certificate", PIN " out", 1, run_cert },
  { "card person", "", "Name, address, birth date and sex", PIN " from", 0, run_person },
  { "card sign", "auth|sign", "Sign a file: detached CMS, CAdES-B", PIN " in out", 1, run_sign },
  { "card doctor", "", "What is wrong with service, reader and card", CARD, 0, run_doctor },
  { NULL },
};
