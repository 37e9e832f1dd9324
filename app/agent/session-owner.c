#include "app/agent/error.h"
#include "app/agent/session-parts.h"
#include "app/agent/typed.h"
#include "app/base/json.h"
#include "app/base/random.h"

#include <unistd.h>

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

/* What is done makes room for anybody; what stopped is still its owner's, who may try again. */
static gboolean
is_taken (const MadoSession *session, gpointer owner)
{
  return mado_session_row (session->state, MADO_EVENT_BEGIN, MADO_METHOD_SIGN) == NULL
         || (session->state == MADO_SESSION_STOPPED && session->owner != owner);
}

/* The last owner hears that its sitting is over before the next one begins. */
static void
start_form (MadoSession *session, gpointer owner, MadoRole role, MadoMethod method)
{
  if (session->state != MADO_SESSION_IDLE)
    mado_session_happen (session, MADO_EVENT_CANCEL, NULL);
  mado_form_clear (&session->form);
  session->owner = owner;
  session->form.method = method;
  session->form.unattended
      = role != MADO_ROLE_STAFF || mado_settings_is_kiosk (session->office->settings);
}

gboolean
mado_session_begin (MadoSession *session,
                    gpointer     owner,
                    MadoRole     role,
                    const char  *method,
                    const char  *application,
                    GError     **error)
{
  MadoMethod wanted;

  if (is_taken (session, owner))
    return mado_agent_raise (error, MADO_FAILURE_BUSY, "a sitting is under way");
  if (!mado_method_from_name (method, &wanted))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "a method is sign, auth or document");
  if (*application != '\0' && !mado_uuid_is_valid (application))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "an application is a UUID");
  if (!mado_office_check_room (session->office, error))
    return FALSE;
  start_form (session, owner, role, wanted);
  session->form.application = *application != '\0'
                                  ? g_strdup (application)
                                  : mado_uuid7 (mado_clock_now_ms (session->office->clock));
  return mado_session_happen (session, MADO_EVENT_BEGIN, NULL);
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
  return mado_session_happen (session, MADO_EVENT_CONSENT, NULL);
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
  session->pipe = mado_secret_pipe_read (fd, mado_session_on_secret, session, error);
  if (session->pipe == NULL)
    return FALSE;
  session->pin_event = event;
  /* A machine that stands alone never takes somebody's last try. */
  session->spend_last_try = spend_last_try && !session->form.unattended;
  return mado_session_happen (session, event, NULL);
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
  mado_session_set_problem (session, problem);
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
  return mado_session_happen (session, MADO_EVENT_DOCUMENT, NULL);
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
  if (number != NULL && form->unattended) {
    json_object_unref (typed);
    return mado_agent_raise (error, MADO_FAILURE_NOT_ALLOWED, "only staff give a number");
  }
  g_clear_pointer (&form->typed, json_object_unref);
  form->typed = typed;
  g_free (form->number);
  form->number = g_steal_pointer (&number);
  mado_session_look_for_duplicates (session);
  return mado_session_happen (session, MADO_EVENT_CONTACT, NULL);
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
  return mado_session_happen (session, event, NULL);
}

void
mado_session_disown (MadoSession *session, gpointer owner)
{
  if (session->owner != owner)
    return;
  session->owner = NULL;
  /* Not due while signing: what the person confirmed is finished first, see happen(). */
  mado_session_happen (session, MADO_EVENT_CANCEL, NULL);
}

gboolean
mado_session_is_of (const MadoSession *session, gpointer owner)
{
  return session->owner == owner;
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
  mado_json_set_string (document, "reader", mado_session_reader_word (session));
  return mado_json_canonical_object (document);
}

const MadoProblem *
mado_session_problem (const MadoSession *session)
{
  return session->problem;
}
