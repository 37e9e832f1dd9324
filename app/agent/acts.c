#include "app/agent/acts.h"

#include "app/base/json.h"
#include "app/domain/receipt.h"

/* The counter's staff are one actor until they sign in one by one. */
#define STAFF "staff:counter"

static JsonObject *
consent_body (const MadoForm *form)
{
  JsonObject      *consent = json_object_new ();
  g_autofree char *digest = mado_consent_digest_text (form->consent);

  json_object_set_string_member (consent, "version", form->consent->version);
  json_object_set_string_member (consent, "digest", digest);
  json_object_set_string_member (consent, "how", form->consent_how);
  return consent;
}

/* Where the person's items were read, and which characters the card replaced. */
static JsonObject *
person_body (const MadoForm *form)
{
  g_autoptr (JsonObject) whole = mado_person_to_json (form->person, form->source);
  JsonObject *person = json_object_new ();
  JsonObject *substituted = mado_json_object (whole, "substituted");

  json_object_set_string_member (person, "source", form->source);
  if (substituted != NULL)
    json_object_set_object_member (person, "substituted", json_object_ref (substituted));
  return person;
}

static JsonObject *
checks_body (const MadoForm *form)
{
  JsonObject *checks = mado_form_checks (form);

  mado_json_set_string (checks, "source", form->status.source);
  mado_json_set_string (checks, "reason", form->status.reason);
  json_object_set_int_member (checks, "checked_at", form->status.checked_at);
  return checks;
}

static void
set_base64 (JsonObject *body, const char *member, GBytes *octets)
{
  gsize            len;
  const guint8    *data = g_bytes_get_data (octets, &len);
  g_autofree char *text = g_base64_encode (data, len);

  json_object_set_string_member (body, member, text);
}

static JsonObject *
submitted_body (const MadoForm *form, const char *branch, const char *channel)
{
  JsonObject *body = json_object_new ();

  json_object_set_string_member (body, "branch", branch);
  json_object_set_string_member (body, "channel", channel);
  json_object_set_string_member (body, "method", mado_method_name (form->method));
  json_object_set_object_member (body, "fields", mado_form_fields (form));
  json_object_set_object_member (body, "person", person_body (form));
  json_object_set_object_member (body, "checks", checks_body (form));
  json_object_set_object_member (body, "consent", consent_body (form));
  if (form->document != NULL)
    set_base64 (body, "document", form->document);
  if (form->evidence != NULL)
    set_base64 (body, "evidence", form->evidence);
  if (mado_form_is_provisional (form))
    json_object_set_boolean_member (body, "provisional", TRUE);
  return body;
}

static void
add (MadoActs *acts, const char *type, const char *actor, JsonObject *body)
{
  acts->acts[acts->n_acts++] = (MadoAct){ type, actor, body };
}

void
mado_acts_of_form (const MadoForm *form,
                   const char     *branch,
                   const char     *channel,
                   MadoActs       *ret_acts)
{
  *ret_acts = (MadoActs){ .n_acts = 0 };
  add (ret_acts, "submitted",
       form->method == MADO_METHOD_DOCUMENT && !form->unattended ? STAFF : "applicant",
       submitted_body (form, branch, channel));
  if (form->number == NULL)
    return;
  if (!mado_form_is_provisional (form))
    add (ret_acts, "accepted", STAFF, json_object_new ());
  JsonObject *bound = json_object_new ();
  json_object_set_string_member (bound, "number", form->number);
  json_object_set_string_member (bound, "source", "typed");
  add (ret_acts, "number_bound", STAFF, bound);
}

void
mado_acts_clear (MadoActs *acts)
{
  for (gsize i = 0; i < acts->n_acts; i++)
    json_object_unref (acts->acts[i].body);
  acts->n_acts = 0;
}

JsonObject *
mado_acts_result (const MadoForm *form, const MadoApplication *application)
{
  JsonObject      *result = json_object_new ();
  g_autofree char *receipt = mado_receipt_code (form->application);

  json_object_set_string_member (result, "application", form->application);
  json_object_set_string_member (result, "state", mado_state_name (application->state));
  json_object_set_object_member (result, "person",
                                 mado_person_to_json (form->person, form->source));
  json_object_set_object_member (result, "checks", mado_form_checks (form));
  json_object_set_array_member (result, "duplicate_hints",
                                form->hints != NULL ? json_array_ref (form->hints)
                                                    : json_array_new ());
  json_object_set_boolean_member (result, "synced", FALSE);
  json_object_set_boolean_member (result, "provisional", mado_form_is_provisional (form));
  json_object_set_string_member (result, "receipt", receipt);
  mado_json_set_string (result, "number", form->number);
  return result;
}
