#include "app/agent/form.h"

#include "app/base/json.h"
#include "app/domain/receipt.h"

void
mado_form_init (MadoForm *form)
{
  *form = (MadoForm){ .method = MADO_METHOD_SIGN, .tries_left = -1 };
}

void
mado_form_card_gone (MadoForm *form)
{
  g_clear_pointer (&form->kind, g_free);
  form->tries_left = -1;
  g_clear_pointer (&form->issuer, mado_cert_unref);
  form->signature = MADO_ANSWER_NOT_CHECKED;
  form->asking = FALSE;
  mado_auth_status_clear (&form->status);
  form->status = (MadoAuthStatus){ 0 };
  g_clear_pointer (&form->document, g_bytes_unref);
  g_clear_pointer (&form->evidence, g_bytes_unref);
}

void
mado_form_forget_person (MadoForm *form)
{
  mado_form_card_gone (form);
  g_clear_pointer (&form->cert, mado_cert_unref);
  g_clear_pointer (&form->person, mado_person_free);
  mado_eligibility_clear (&form->eligibility);
  form->eligibility = (MadoEligibility){ 0 };
  form->judged = FALSE;
  g_clear_pointer (&form->hints, json_array_unref);
  g_clear_pointer (&form->typed, json_object_unref);
  g_clear_pointer (&form->number, g_free);
}

void
mado_form_clear (MadoForm *form)
{
  mado_form_forget_person (form);
  g_clear_pointer (&form->result, json_object_unref);
  g_free (form->application);
  g_free (form->consent_how);
  mado_form_init (form);
}

static void
copy_member (G_GNUC_UNUSED JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  json_object_set_member (data, name, json_node_copy (node));
}

JsonObject *
mado_form_fields (const MadoForm *form)
{
  JsonObject *fields = json_object_new ();

  if (form->typed != NULL)
    json_object_foreach_member (form->typed, copy_member, fields);
  if (form->person != NULL) {
    json_object_set_string_member (fields, "name", form->person->name);
    json_object_set_string_member (fields, "address", form->person->address);
    json_object_set_string_member (fields, "birth_date", form->person->birth_date);
  }
  return fields;
}

gboolean
mado_form_is_provisional (const MadoForm *form)
{
  return form->method != MADO_METHOD_DOCUMENT && form->status.revocation != MADO_REVOCATION_GOOD;
}

JsonObject *
mado_form_checks (const MadoForm *form)
{
  JsonObject *checks = json_object_new ();

  json_object_set_string_member (checks, "signature", mado_answer_name (form->signature));
  json_object_set_string_member (checks, "revocation",
                                 mado_revocation_name (form->status.revocation));
  json_object_set_string_member (
      checks, "eligibility",
      form->judged ? mado_eligibility_result_name (form->eligibility.result) : "not-checked");
  return checks;
}

/* Takes @object, which may be NULL. */
static void
set_object (JsonObject *document, const char *member, JsonObject *object)
{
  if (object != NULL)
    json_object_set_object_member (document, member, object);
  else
    json_object_set_null_member (document, member);
}

static JsonObject *
tries_document (const MadoForm *form)
{
  if (form->tries_left < 0)
    return NULL;
  JsonObject *tries = json_object_new ();
  json_object_set_int_member (tries, "left", form->tries_left);
  json_object_set_int_member (tries, "max", form->tries_max);
  return tries;
}

/* While a card is waited for, whoever stands at the screen may be somebody else; and so may whoever
 * laid the card down that the sitting then stopped at. */
static gboolean
shows_person (const MadoForm *form, MadoSessionState state)
{
  return form->person != NULL && state >= MADO_SESSION_PERSON
         && (form->method == MADO_METHOD_DOCUMENT || form->signature == MADO_ANSWER_YES);
}

static void
add_answers (JsonObject *document, const MadoForm *form, gboolean shown)
{
  g_autofree char *checked_at
      = form->status.checked_at != 0 ? mado_clock_format (form->status.checked_at) : NULL;

  json_object_set_object_member (document, "checks", mado_form_checks (form));
  mado_json_set_string (document, "checked_at", checked_at);
  mado_json_set_string (document, "source", form->status.source);
  mado_json_set_string (document, "revocation_reason", form->status.reason);
  set_object (document, "eligibility",
              shown && form->judged ? mado_eligibility_to_json (&form->eligibility) : NULL);
  json_object_set_array_member (document, "duplicate_hints",
                                shown && form->hints != NULL ? json_array_ref (form->hints)
                                                             : json_array_new ());
  json_object_set_boolean_member (document, "provisional",
                                  form->status.source != NULL && mado_form_is_provisional (form));
}

static void
add_person (JsonObject *document, const MadoForm *form, gboolean shown)
{
  set_object (document, "person", shown ? mado_person_to_json (form->person, form->source) : NULL);
  set_object (document, "contact",
              shown && form->typed != NULL ? json_object_ref (form->typed) : NULL);
  mado_json_set_string (document, "number", shown ? form->number : NULL);
}

/* What the person may do about it: straight from the table. */
static JsonArray *
ways_out (MadoSessionState state, MadoMethod method)
{
  static const struct {
    MadoSessionEvent event;
    const char      *name;
  } ways[] = {
    { MADO_EVENT_RETRY, "retry" },
    { MADO_EVENT_BACK, "back" },
    { MADO_EVENT_CANCEL, "cancel" },
  };
  JsonArray *can = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (mado_session_row (state, ways[i].event, method) != NULL)
      json_array_add_string_element (can, ways[i].name);
  return can;
}

static JsonObject *
problem_document (const MadoProblem *problem, MadoSessionState state, MadoMethod method)
{
  JsonObject *failure = mado_problem_to_json (problem);

  json_object_set_array_member (failure, "can", ways_out (state, method));
  return failure;
}

JsonObject *
mado_form_document (const MadoForm *form, MadoSessionState state, const MadoProblem *problem)
{
  JsonObject      *document = json_object_new ();
  gboolean         shown = shows_person (form, state);
  g_autofree char *receipt
      = state == MADO_SESSION_DONE ? mado_receipt_code (form->application) : NULL;

  json_object_set_string_member (document, "state", mado_session_state_name (state));
  mado_json_set_string (document, "application", form->application);
  json_object_set_string_member (document, "method", mado_method_name (form->method));
  json_object_set_int_member (document, "step", mado_session_state_step (state));
  mado_json_set_string (document, "kind", form->kind);
  set_object (document, "tries", tries_document (form));
  add_person (document, form, shown);
  add_answers (document, form, shown);
  mado_json_set_string (document, "receipt", receipt);
  set_object (document, "result", form->result != NULL ? json_object_ref (form->result) : NULL);
  set_object (document, "failure",
              problem != NULL ? problem_document (problem, state, form->method) : NULL);
  return document;
}
