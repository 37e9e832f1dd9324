#include "app/cli/diagnosis.h"

#include "app/agent/failure.h"
#include "app/base/json.h"
#include "app/cli/call.h"
#include "pcsc/jpki.h"
#include "pcsc/reader.h"

/* The next step for whoever stands in front of it. */
static const struct {
  MadoFailure failure;
  const char *next;
} steps[] = {
  { MADO_FAILURE_SERVICE_DOWN,
    "start the service (systemctl start pcscd.socket) and check that this user may use it" },
  { MADO_FAILURE_NO_READER, "plug the reader in, or into another socket; see lsusb" },
  { MADO_FAILURE_NO_CARD, "put a card on the reader" },
  { MADO_FAILURE_WRONG_CARD, "use a My Number Card" },
  { MADO_FAILURE_PHONE, "use the card itself, not a phone" },
  { MADO_FAILURE_SEVERAL_CARDS, "leave one card, or name its reader with --reader" },
  { MADO_FAILURE_READER_BUSY, "end the other program that uses the reader, or stop madoguchid" },
  { MADO_FAILURE_CARD_REMOVED, "leave the card still on the reader" },
  { MADO_FAILURE_CARD_SILENT, "take the card off, unplug the reader, try again" },
  { MADO_FAILURE_CARD_ODD, "clean the card and try another reader" },
  { MADO_FAILURE_PIN_BLOCKED, "the municipal office unlocks a PIN; the card is otherwise fine" },
  { MADO_FAILURE_STORE,
    "look at the state directory; `madoguchictl status --seen` ends the alarm" },
  { MADO_FAILURE_NO_CERTIFICATE, "children and some adults have none: register with papers" },
};

static const char *
next_for (MadoFailure failure)
{
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i].failure == failure)
      return steps[i].next;
  return "see madoguchictl(1)";
}

void
mado_diagnosis_add (JsonObject *diagnosis, const char *code, const char *message, const char *next)
{
  JsonObject *finding = json_object_new ();

  if (!json_object_has_member (diagnosis, "findings"))
    json_object_set_array_member (diagnosis, "findings", json_array_new ());
  json_object_set_string_member (finding, "code", code);
  json_object_set_boolean_member (finding, "ok", next == NULL);
  json_object_set_string_member (finding, "message", message);
  if (next != NULL)
    json_object_set_string_member (finding, "next", next);
  else
    json_object_set_null_member (finding, "next");
  json_array_add_object_element (json_object_get_array_member (diagnosis, "findings"), finding);
}

static void
add_fine (JsonObject *diagnosis, const char *message)
{
  mado_diagnosis_add (diagnosis, mado_failure_code (MADO_FAILURE_NONE), message, NULL);
}

static void
add_failure (JsonObject *diagnosis, MadoFailure failure, const char *message, int *status)
{
  mado_diagnosis_add (diagnosis, mado_failure_code (failure), message, next_for (failure));
  *status = MADO_CLI_NO;
}

static gboolean
look_at_readers (JsonObject *diagnosis, int *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = mado_reader_list (&error);

  if (readers == NULL) {
    add_failure (diagnosis, mado_failure_of (error), error->message, status);
    return FALSE;
  }
  add_fine (diagnosis, "the smart-card service answers");
  if (readers->len == 0) {
    add_failure (diagnosis, MADO_FAILURE_NO_READER, "the service knows no reader", status);
    return FALSE;
  }
  for (guint i = 0; i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    g_autofree char  *message
        = g_strdup_printf ("%s: %s", reader->name, reader->present ? "a card" : "no card");
    add_fine (diagnosis, message);
  }
  return TRUE;
}

static void
look_at_key (JsonObject *diagnosis, MadoCard *card, MadoJpkiKey key, const char *name, int *status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *message = NULL;
  gboolean         has = FALSE;
  int              left = -1;

  if (!mado_jpki_has_cert (card, key, &has, &error)
      || (has && !mado_jpki_tries (card, key, &left, &error))) {
    add_failure (diagnosis, mado_failure_of (error), error->message, status);
    return;
  }
  message = has ? g_strdup_printf ("%s: certificate present, %d of %d tries left", name, left,
                                   mado_jpki_tries_max (key))
                : g_strdup_printf ("%s: no certificate on this card", name);
  if (!has)
    add_failure (diagnosis, MADO_FAILURE_NO_CERTIFICATE, message, status);
  else if (left == 0)
    add_failure (diagnosis, MADO_FAILURE_PIN_BLOCKED, message, status);
  else
    add_fine (diagnosis, message);
}

static void
look_at_card (JsonObject *diagnosis, const char *reader, MadoTrace *trace, int *status)
{
  g_autoptr (GError) error = NULL;
  MadoCardKind kind = MADO_CARD_UNKNOWN;
  g_autoptr (MadoCard) card = mado_reader_open_card (reader, trace, &kind, &error);

  if (card == NULL) {
    MadoFailure failure = mado_failure_of (error);
    if (failure == MADO_FAILURE_WRONG_CARD
        && (kind == MADO_CARD_ANDROID || kind == MADO_CARD_IPHONE))
      failure = MADO_FAILURE_PHONE;
    add_failure (diagnosis, failure, error->message, status);
    return;
  }
  add_fine (diagnosis, "a My Number Card");
  look_at_key (diagnosis, card, MADO_JPKI_AUTH, "auth", status);
  look_at_key (diagnosis, card, MADO_JPKI_SIGN, "sign", status);
}

JsonObject *
mado_diagnose_card (const char *reader, MadoTrace *trace, int *ret_status)
{
  JsonObject *diagnosis = json_object_new ();

  *ret_status = 0;
  if (look_at_readers (diagnosis, ret_status))
    look_at_card (diagnosis, reader, trace, ret_status);
  return diagnosis;
}

/* --- what the agent says of itself ------------------------------------------------------------ */

/* Every word of a light that is not fine; a word that does not stand here is. */
static const struct {
  const char *light, *word;
  MadoFailure failure;
  const char *next; /* NULL: that of the failure */
} lights[] = {
  { "reader", "service-down", MADO_FAILURE_SERVICE_DOWN, NULL },
  { "reader", "absent", MADO_FAILURE_NO_READER, NULL },
  { "auth_service", "unreachable", MADO_FAILURE_NOT_CHECKED,
    "check [auth-service] url or crl in the configuration, and the network" },
  { "auth_service", "not-checked", MADO_FAILURE_NOT_CHECKED,
    "nobody is asked: set [auth-service] driver in the configuration" },
  { "sync", "offline", MADO_FAILURE_SERVER_UNREACHABLE,
    "madoguchictl sync tells why: [server] in the configuration, the network, or this terminal "
    "was revoked (madoguchictl enrol); nothing is lost meanwhile" },
  { "sync", "not-enrolled", MADO_FAILURE_NOT_ALLOWED,
    "madoguchictl enrol makes this terminal known to the central server" },
};

static void
look_at_light (JsonObject *diagnosis, JsonObject *status, const char *light, int *ret_status)
{
  JsonObject      *object = mado_json_object (status, light);
  const char      *word = object != NULL ? mado_json_string (object, "state") : NULL;
  g_autofree char *message = g_strdup_printf ("%s: %s", light, word != NULL ? word : "unknown");

  for (gsize i = 0; i < G_N_ELEMENTS (lights); i++)
    if (g_str_equal (lights[i].light, light) && g_strcmp0 (lights[i].word, word) == 0) {
      const char *next = lights[i].next;
      mado_diagnosis_add (diagnosis, mado_failure_code (lights[i].failure), message,
                          next != NULL ? next : next_for (lights[i].failure));
      *ret_status = MADO_CLI_NO;
      return;
    }
  add_fine (diagnosis, message);
}

/* Refusals are noted for the record; everything else in there wants a person. */
static void
look_at_alarm (JsonObject *diagnosis, JsonObject *alarm, int *ret_status)
{
  const char      *code = mado_json_string (alarm, "code");
  g_autofree char *message = g_strdup_printf (
      "%s since %s: %s", code, mado_json_string (alarm, "at"), mado_json_string (alarm, "detail"));

  if (g_strcmp0 (code, "refused") != 0)
    add_failure (diagnosis, MADO_FAILURE_STORE, message, ret_status);
}

JsonObject *
mado_diagnose_agent (JsonObject *status, int *ret_status)
{
  JsonObject *diagnosis = json_object_new ();
  JsonArray  *alarms = mado_json_array (status, "alarms");

  *ret_status = 0;
  add_fine (diagnosis, "the agent answers");
  look_at_light (diagnosis, status, "reader", ret_status);
  look_at_light (diagnosis, status, "auth_service", ret_status);
  look_at_light (diagnosis, status, "sync", ret_status);
  for (guint i = 0; alarms != NULL && i < json_array_get_length (alarms); i++)
    look_at_alarm (diagnosis, json_array_get_object_element (alarms, i), ret_status);
  return diagnosis;
}
