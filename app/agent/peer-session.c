#include "app/agent/error.h"
#include "app/agent/peer-parts.h"

typedef void (*Complete) (MadoDBusSession1 *session, GDBusMethodInvocation *invocation);

/* The answer to one step of the sitting; a wrong field is named as the screen has it. */
static gboolean
answer_step (MadoPeer              *peer,
             GDBusMethodInvocation *invocation,
             gboolean               taken,
             GError                *error,
             Complete               complete)
{
  const MadoProblem *shown = mado_session_problem (peer->parts.session);

  if (taken)
    complete (peer->session, invocation);
  else if (g_error_matches (error, MADO_AGENT_ERROR, MADO_FAILURE_FIELD) && shown != NULL)
    mado_peer_refuse_with (invocation, shown);
  else
    mado_peer_refuse (invocation, error);
  return TRUE;
}

static gboolean
on_begin (MadoDBusSession1      *session,
          GDBusMethodInvocation *invocation,
          const char            *method,
          const char            *application,
          MadoPeer              *peer)
{
  g_autoptr (GError) error = NULL;

  if (!mado_session_begin (peer->parts.session, peer, peer->role, method, application, &error)) {
    mado_peer_refuse (invocation, error);
    return TRUE;
  }
  g_autofree char *state = mado_session_state (peer->parts.session, peer);
  mado_dbus_session1_complete_begin (session, invocation, state);
  return TRUE;
}

static gboolean
on_consent (G_GNUC_UNUSED MadoDBusSession1 *session,
            GDBusMethodInvocation          *invocation,
            const char                     *version,
            const char                     *how,
            MadoPeer                       *peer)
{
  g_autoptr (GError) error = NULL;
  gboolean taken = mado_session_consent (peer->parts.session, peer, version, how, &error);

  return answer_step (peer, invocation, taken, error, mado_dbus_session1_complete_consent);
}

static gboolean
take_pin (MadoPeer              *peer,
          GDBusMethodInvocation *invocation,
          GUnixFDList           *fds,
          GVariant              *handle,
          gboolean               spend_last_try,
          MadoSessionEvent       event)
{
  g_autoptr (GError) error = NULL;
  int fd = mado_peer_take_fd (invocation, fds, handle);

  if (fd < 0)
    return TRUE;
  if (!mado_session_pin (peer->parts.session, peer, event, fd, spend_last_try, &error))
    mado_peer_refuse (invocation, error);
  else if (event == MADO_EVENT_PIN)
    mado_dbus_session1_complete_pin (peer->session, invocation, NULL);
  else
    mado_dbus_session1_complete_text_pin (peer->session, invocation, NULL);
  return TRUE;
}

static gboolean
on_pin (G_GNUC_UNUSED MadoDBusSession1 *session,
        GDBusMethodInvocation          *invocation,
        GUnixFDList                    *fds,
        GVariant                       *pin,
        gboolean                        spend_last_try,
        MadoPeer                       *peer)
{
  return take_pin (peer, invocation, fds, pin, spend_last_try, MADO_EVENT_PIN);
}

static gboolean
on_text_pin (G_GNUC_UNUSED MadoDBusSession1 *session,
             GDBusMethodInvocation          *invocation,
             GUnixFDList                    *fds,
             GVariant                       *pin,
             gboolean                        spend_last_try,
             MadoPeer                       *peer)
{
  return take_pin (peer, invocation, fds, pin, spend_last_try, MADO_EVENT_TEXT_PIN);
}

static gboolean
on_document (G_GNUC_UNUSED MadoDBusSession1 *session,
             GDBusMethodInvocation          *invocation,
             const char                     *person,
             MadoPeer                       *peer)
{
  g_autoptr (GError) error = NULL;
  gboolean taken = mado_session_document (peer->parts.session, peer, person, &error);

  return answer_step (peer, invocation, taken, error, mado_dbus_session1_complete_document);
}

static gboolean
on_contact (G_GNUC_UNUSED MadoDBusSession1 *session,
            GDBusMethodInvocation          *invocation,
            const char                     *fields,
            MadoPeer                       *peer)
{
  g_autoptr (GError) error = NULL;
  gboolean taken = mado_session_contact (peer->parts.session, peer, fields, &error);

  return answer_step (peer, invocation, taken, error, mado_dbus_session1_complete_contact);
}

static gboolean
step (MadoPeer *peer, GDBusMethodInvocation *invocation, MadoSessionEvent event, Complete complete)
{
  g_autoptr (GError) error = NULL;
  gboolean taken = mado_session_step (peer->parts.session, peer, event, &error);

  return answer_step (peer, invocation, taken, error, complete);
}

static gboolean
on_person_seen (G_GNUC_UNUSED MadoDBusSession1 *session,
                GDBusMethodInvocation          *invocation,
                MadoPeer                       *peer)
{
  return step (peer, invocation, MADO_EVENT_PERSON_SEEN, mado_dbus_session1_complete_person_seen);
}

static gboolean
on_confirm (G_GNUC_UNUSED MadoDBusSession1 *session,
            GDBusMethodInvocation          *invocation,
            MadoPeer                       *peer)
{
  return step (peer, invocation, MADO_EVENT_CONFIRM, mado_dbus_session1_complete_confirm);
}

static gboolean
on_back (G_GNUC_UNUSED MadoDBusSession1 *session, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  return step (peer, invocation, MADO_EVENT_BACK, mado_dbus_session1_complete_back);
}

static gboolean
on_retry (G_GNUC_UNUSED MadoDBusSession1 *session,
          GDBusMethodInvocation          *invocation,
          MadoPeer                       *peer)
{
  return step (peer, invocation, MADO_EVENT_RETRY, mado_dbus_session1_complete_retry);
}

static gboolean
on_cancel (G_GNUC_UNUSED MadoDBusSession1 *session,
           GDBusMethodInvocation          *invocation,
           MadoPeer                       *peer)
{
  return step (peer, invocation, MADO_EVENT_CANCEL, mado_dbus_session1_complete_cancel);
}

static gboolean
on_get_state (MadoDBusSession1 *session, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  g_autofree char *state = mado_session_state (peer->parts.session, peer);

  mado_dbus_session1_complete_get_state (session, invocation, state);
  return TRUE;
}

void
mado_peer_connect_session (MadoPeer *peer)
{
  static const struct {
    const char *signal;
    GCallback   handler;
  } calls[] = {
    { "handle-begin", G_CALLBACK (on_begin) },
    { "handle-consent", G_CALLBACK (on_consent) },
    { "handle-pin", G_CALLBACK (on_pin) },
    { "handle-text-pin", G_CALLBACK (on_text_pin) },
    { "handle-document", G_CALLBACK (on_document) },
    { "handle-person-seen", G_CALLBACK (on_person_seen) },
    { "handle-contact", G_CALLBACK (on_contact) },
    { "handle-confirm", G_CALLBACK (on_confirm) },
    { "handle-back", G_CALLBACK (on_back) },
    { "handle-retry", G_CALLBACK (on_retry) },
    { "handle-cancel", G_CALLBACK (on_cancel) },
    { "handle-get-state", G_CALLBACK (on_get_state) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_signal_connect (peer->session, calls[i].signal, calls[i].handler, peer);
}
