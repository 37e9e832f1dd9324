#include "app/agent/error.h"
#include "app/agent/typed.h"
#include "app/base/json.h"
#include "app/cli/command.h"
#include "app/cli/file.h"
#include "app/cli/link.h"

#include <string.h>

/* One sitting, driven by what the agent says of it. */
typedef struct {
  MadoCall   *call;
  MadoLink    link;
  MadoSecret *pin, *text_pin;
  JsonObject *state;    /* the newest state document */
  gboolean    is_stale; /* there is a newer one */
  gboolean    is_over, is_closed;
  gboolean    pin_sent, text_pin_sent;
} Sitting;

static void
sitting_clear (Sitting *sitting)
{
  mado_secret_free (sitting->pin);
  mado_secret_free (sitting->text_pin);
  g_clear_pointer (&sitting->state, json_object_unref);
  mado_link_clear (&sitting->link);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sitting, sitting_clear)

static gboolean
is_method (const Sitting *sitting, const char *method)
{
  return g_str_equal (sitting->call->options.method, method);
}

/* --- what goes in ----------------------------------------------------------------------------- */

static gboolean
take_secrets (Sitting *sitting, GError **error)
{
  const MadoCliOptions *options = &sitting->call->options;

  if (is_method (sitting, "document"))
    return TRUE;
  sitting->pin = mado_cli_read_secret (options->pin_fd, options->pin_stdin, "pin-fd", error);
  if (sitting->pin == NULL || is_method (sitting, "sign"))
    return sitting->pin != NULL;
  sitting->text_pin = mado_cli_read_secret (options->text_pin_fd, FALSE, "text-pin-fd", error);
  return sitting->text_pin != NULL;
}

static void
set_if_given (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
}

static char *
contact_text (const MadoCliOptions *options)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  JsonObject *guardian = json_object_new ();

  set_if_given (fields, "kana", options->kana);
  set_if_given (fields, "phone", options->phone);
  set_if_given (fields, "email", options->email);
  set_if_given (fields, "postcode", options->postcode);
  set_if_given (fields, "category", options->category);
  set_if_given (fields, "branch", options->branch);
  set_if_given (fields, "number", options->number);
  set_if_given (guardian, "name", options->guardian_name);
  set_if_given (guardian, "phone", options->guardian_phone);
  set_if_given (guardian, "relation", options->guardian_relation);
  if (json_object_get_size (guardian) > 0)
    json_object_set_object_member (fields, "guardian", guardian);
  else
    json_object_unref (guardian);
  return mado_json_canonical_object (fields);
}

static char *
person_text (const MadoCliOptions *options)
{
  g_autoptr (JsonObject) person = json_object_new ();

  set_if_given (person, "name", options->name);
  set_if_given (person, "address", options->address);
  set_if_given (person, "birth_date", options->birth_date);
  return mado_json_canonical_object (person);
}

/* --- steps ------------------------------------------------------------------------------------ */

static gboolean
step (Sitting *sitting, const char *method, GVariant *arguments, GError **error)
{
  g_autoptr (GVariant) answer
      = mado_link_call (&sitting->link, "Session1", method, arguments, NULL, error);

  return answer != NULL;
}

static gboolean
send_pin (Sitting *sitting, const char *method, const MadoSecret *pin, GError **error)
{
  g_autoptr (GVariant) answer = mado_link_call (
      &sitting->link, "Session1", method,
      g_variant_new ("(hb)", 0, sitting->call->options.spend_last_try), pin, error);

  return answer != NULL;
}

static gboolean
send_text (Sitting *sitting, const char *method, char *text, GError **error)
{
  g_autofree char *owned = text;

  return step (sitting, method, g_variant_new ("(s)", owned), error);
}

static gboolean
send_consent (Sitting *sitting, GError **error)
{
  return step (sitting, "Consent", g_variant_new ("(ss)", sitting->call->options.consent, "spoken"),
               error);
}

/* A wrong PIN is the caller's to try again, with another call: never twice the same. */
static gboolean
send_pin_once (Sitting *sitting, GError **error)
{
  if (sitting->pin_sent)
    return TRUE;
  sitting->pin_sent = TRUE;
  return send_pin (sitting, "Pin", sitting->pin, error);
}

static gboolean
send_text_pin_once (Sitting *sitting, GError **error)
{
  if (sitting->text_pin_sent)
    return TRUE;
  sitting->text_pin_sent = TRUE;
  return send_pin (sitting, "TextPin", sitting->text_pin, error);
}

/* At a command line nobody can put a card down later: what lacks now is the answer. */
static gboolean
expect_card (Sitting *sitting, GError **error)
{
  const char *reader = mado_json_string (sitting->state, "reader");

  if (reader == NULL || g_str_equal (reader, "card"))
    return TRUE;
  if (g_str_equal (reader, "service-down"))
    return mado_agent_raise (error, MADO_FAILURE_SERVICE_DOWN,
                             "the agent cannot reach the smart-card service");
  if (g_str_equal (reader, "absent"))
    return mado_agent_raise (error, MADO_FAILURE_NO_READER, "the agent sees no reader");
  return mado_agent_raise (error, MADO_FAILURE_NO_CARD, "no card lies on the reader");
}

static gboolean
finish (Sitting *sitting, GError **error)
{
  JsonObject *result = mado_json_object (sitting->state, "result");

  if (result == NULL)
    return mado_agent_raise (error, MADO_FAILURE_INTERNAL, "the agent is done without a result");
  sitting->is_over = TRUE;
  sitting->call->answer = json_object_ref (result);
  return TRUE;
}

/* What the sitting waits for now. */
static gboolean
advance (Sitting *sitting, GError **error)
{
  const MadoCliOptions *options = &sitting->call->options;
  const char           *state = mado_json_string (sitting->state, "state");

  if (g_strcmp0 (state, "consent") == 0)
    return send_consent (sitting, error);
  if (g_strcmp0 (state, "card") == 0)
    return expect_card (sitting, error);
  if (g_strcmp0 (state, "pin") == 0)
    return send_pin_once (sitting, error);
  if (g_strcmp0 (state, "text-pin") == 0)
    return send_text_pin_once (sitting, error);
  if (g_strcmp0 (state, "document") == 0)
    return send_text (sitting, "Document", person_text (options), error);
  if (g_strcmp0 (state, "person") == 0)
    return step (sitting, "PersonSeen", NULL, error);
  if (g_strcmp0 (state, "contact") == 0)
    return send_text (sitting, "Contact", contact_text (options), error);
  if (g_strcmp0 (state, "confirm") == 0)
    return step (sitting, "Confirm", NULL, error);
  if (g_strcmp0 (state, "done") == 0)
    return finish (sitting, error);
  return TRUE;
}

/* --- the loop --------------------------------------------------------------------------------- */

/* Signals and answers reach us by two ways, so a signal's document may be older than the answer we
 * just had: it only says that there is something to ask about. */
static void
on_changed (G_GNUC_UNUSED GDBusConnection *connection,
            G_GNUC_UNUSED const char      *sender,
            G_GNUC_UNUSED const char      *path,
            G_GNUC_UNUSED const char      *interface,
            G_GNUC_UNUSED const char      *signal,
            G_GNUC_UNUSED GVariant        *arguments,
            gpointer                       data)
{
  Sitting *sitting = data;

  sitting->is_stale = TRUE;
}

static void
on_closed (G_GNUC_UNUSED GDBusConnection *connection,
           G_GNUC_UNUSED gboolean         vanished,
           G_GNUC_UNUSED GError          *error,
           gpointer                       data)
{
  Sitting *sitting = data;

  sitting->is_closed = TRUE;
}

static gboolean
take_state (Sitting *sitting, GVariant *answer, GError **error)
{
  const char *text;

  g_variant_get (answer, "(&s)", &text);
  g_clear_pointer (&sitting->state, json_object_unref);
  sitting->state = mado_json_parse_object (text, strlen (text), error);
  return sitting->state != NULL;
}

static gboolean
ask_state (Sitting *sitting, GError **error)
{
  g_autoptr (GVariant) answer = NULL;

  sitting->is_stale = FALSE;
  answer = mado_link_call (&sitting->link, "Session1", "GetState", NULL, NULL, error);
  return answer != NULL && take_state (sitting, answer, error);
}

/* Every failure ends the call: the next one begins a new sitting. */
static gboolean
is_free_of_failure (Sitting *sitting)
{
  JsonObject *failure = mado_json_object (sitting->state, "failure");

  if (failure == NULL)
    return TRUE;
  sitting->call->problem = mado_problem_from_json (failure);
  return FALSE;
}

static gboolean
go_on (Sitting *sitting, GError **error)
{
  while (!sitting->is_over && !sitting->is_closed) {
    if (!sitting->is_stale)
      g_main_context_iteration (NULL, TRUE);
    else if (!ask_state (sitting, error) || !is_free_of_failure (sitting)
             || !advance (sitting, error))
      return FALSE;
  }
  return sitting->is_over
         || mado_agent_raise (error, MADO_FAILURE_AGENT_UNREACHABLE, "the agent went away");
}

static gboolean
begin (Sitting *sitting, GError **error)
{
  const MadoCliOptions *options = &sitting->call->options;
  GDBusConnection      *connection = sitting->link.connection;

  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), sitting);
  g_dbus_connection_signal_subscribe (connection, NULL, "jp.madoguchi.Session1", "Changed", NULL,
                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, on_changed, sitting, NULL);
  sitting->is_stale = TRUE;
  return step (sitting, "Begin",
               g_variant_new ("(ss)", options->method,
                              options->application != NULL ? options->application : ""),
               error);
}

/* The agent checks again; here so that no PIN is asked for what cannot be stored anyway. */
static gboolean
check_contact (MadoCall *call)
{
  g_autofree char *text = contact_text (&call->options);
  g_autofree char *number = NULL;
  g_autofree char *message = NULL;
  MadoFieldFault   fault = { NULL, NULL };
  g_autoptr (JsonObject) typed = mado_typed_contact (text, &number, &fault);

  if (typed != NULL)
    return TRUE;
  message = g_strdup_printf ("the field %s: %s", fault.field, fault.word);
  call->problem = mado_problem_new (MADO_FAILURE_FIELD, message);
  call->problem->reason = g_strdup (fault.field);
  return FALSE;
}

static gboolean
run_register (MadoCall *call, GError **error)
{
  g_auto (Sitting) sitting = { call };
  MadoCliOptions *options = &call->options;

  if (!mado_call_needs ("method", options->method, error)
      || !mado_call_needs ("consent", options->consent, error))
    return FALSE;
  if (!is_method (&sitting, "sign") && !is_method (&sitting, "auth")
      && !is_method (&sitting, "document"))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "--method sign, auth or document");
  return check_contact (call) && take_secrets (&sitting, error)
         && mado_link_open (&sitting.link, call, error) && begin (&sitting, error)
         && go_on (&sitting, error);
}

const MadoCommand mado_register_commands[] = {
  { "register", "", "Register a person",
    "socket method consent application pin-fd pin-stdin text-pin-fd spend-last-try name address "
    "birth-date kana phone email postcode category branch number guardian-name guardian-phone "
    "guardian-relation",
    0, run_register },
  { NULL },
};
