#include "app/agent/peer.h"

#include "app/agent/dbus/agent-dbus.h"
#include "app/agent/error.h"
#include "app/agent/lookup.h"
#include "app/agent/secret-pipe.h"
#include "app/base/json.h"

#include <gio/gunixfdlist.h>

#define OBJECT_PATH "/jp/madoguchi/Agent"
#define ERROR_PREFIX "jp.madoguchi.Error."

struct _MadoPeer {
  GDBusConnection  *connection;
  MadoRole          role;
  MadoBusParts      parts;
  MadoDBusSession1 *session;
  MadoDBusAgent1   *agent;
  MadoPeerGone      gone;
  gpointer          data;
};

/* --- answers ---------------------------------------------------------------------------------- */

static void
refuse_with (GDBusMethodInvocation *invocation, const MadoProblem *problem)
{
  g_autofree char *name = g_strconcat (ERROR_PREFIX, mado_failure_code (problem->failure), NULL);
  g_autoptr (JsonObject) object = mado_problem_to_json (problem);
  g_autofree char *text = mado_json_canonical_object (object);

  g_dbus_method_invocation_return_dbus_error (invocation, name, text);
}

static void
refuse (GDBusMethodInvocation *invocation, const GError *error)
{
  g_autoptr (MadoProblem) problem = mado_problem_new_from_error (error);

  refuse_with (invocation, problem);
}

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
  else if (error->code == MADO_FAILURE_FIELD && shown != NULL)
    refuse_with (invocation, shown);
  else
    refuse (invocation, error);
  return TRUE;
}

/* The descriptor a call carries; -1 with an answer already given. */
static int
take_fd (GDBusMethodInvocation *invocation, GUnixFDList *fds, GVariant *handle)
{
  g_autoptr (GError) error = NULL;
  int index = g_variant_get_handle (handle);
  int fd = -1;

  if (fds != NULL && index >= 0 && index < g_unix_fd_list_get_length (fds))
    fd = g_unix_fd_list_get (fds, index, NULL);
  if (fd < 0) {
    mado_agent_raise (&error, MADO_FAILURE_USAGE, "a secret comes as the reading end of a pipe");
    refuse (invocation, error);
  }
  return fd;
}

/* --- Session1 --------------------------------------------------------------------------------- */

static gboolean
on_begin (MadoDBusSession1      *session,
          GDBusMethodInvocation *invocation,
          const char            *method,
          const char            *application,
          MadoPeer              *peer)
{
  g_autoptr (GError) error = NULL;

  if (!mado_session_begin (peer->parts.session, peer, method, application, &error)) {
    refuse (invocation, error);
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
  int fd = take_fd (invocation, fds, handle);

  if (fd < 0)
    return TRUE;
  if (!mado_session_pin (peer->parts.session, peer, event, fd, spend_last_try, &error))
    refuse (invocation, error);
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

/* --- Agent1 ----------------------------------------------------------------------------------- */

/* One question to the store, on the disk worker. The invocation keeps its connection alive, so the
 * answer needs no peer. */
typedef struct {
  MadoStore             *store;
  GDBusMethodInvocation *invocation;
  char                  *argument;
  char *(*ask) (MadoStore *store, const char *argument, GError **error);
  char   *answer;
  GError *error;
} Question;

static void
question_work (gpointer data)
{
  Question *question = data;

  question->answer = question->ask (question->store, question->argument, &question->error);
}

static void
on_answered (gpointer data)
{
  g_autofree Question *question = data;

  if (question->answer != NULL)
    g_dbus_method_invocation_return_value (question->invocation,
                                           g_variant_new ("(s)", question->answer));
  else
    refuse (question->invocation, question->error);
  g_clear_error (&question->error);
  g_free (question->argument);
  g_free (question->answer);
}

static char *
ask_verify (MadoStore *store, G_GNUC_UNUSED const char *argument, GError **error)
{
  return mado_lookup_verify (store, error);
}

static gboolean
ask_store (MadoPeer              *peer,
           GDBusMethodInvocation *invocation,
           const char            *argument,
           char *(*ask) (MadoStore *, const char *, GError **))
{
  Question *question = g_new0 (Question, 1);

  question->store = peer->parts.office->store;
  question->invocation = invocation;
  question->argument = g_strdup (argument);
  question->ask = ask;
  mado_worker_push (peer->parts.office->disk, question_work, on_answered, question);
  return TRUE;
}

static gboolean
on_applications (G_GNUC_UNUSED MadoDBusAgent1 *agent,
                 GDBusMethodInvocation        *invocation,
                 const char                   *query,
                 MadoPeer                     *peer)
{
  return ask_store (peer, invocation, query, mado_lookup_applications);
}

static gboolean
on_show (G_GNUC_UNUSED MadoDBusAgent1 *agent,
         GDBusMethodInvocation        *invocation,
         const char                   *application,
         MadoPeer                     *peer)
{
  return ask_store (peer, invocation, application, mado_lookup_show);
}

static gboolean
on_journal_verify (G_GNUC_UNUSED MadoDBusAgent1 *agent,
                   GDBusMethodInvocation        *invocation,
                   MadoPeer                     *peer)
{
  return ask_store (peer, invocation, "", ask_verify);
}

/* Counted afresh, so that an application just stored is in the figures. */
typedef struct {
  MadoStatus            *status;
  GDBusMethodInvocation *invocation;
} StatusCall;

static void
on_status_counted (gpointer data)
{
  g_autofree StatusCall *call = data;
  g_autofree char       *text = mado_status_document (call->status);

  g_dbus_method_invocation_return_value (call->invocation, g_variant_new ("(s)", text));
}

static gboolean
on_status (G_GNUC_UNUSED MadoDBusAgent1 *agent, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  StatusCall *call = g_new0 (StatusCall, 1);

  *call = (StatusCall){ peer->parts.status, invocation };
  mado_status_count (peer->parts.status, on_status_counted, call);
  return TRUE;
}

static void
on_exchanged (const char *result, const GError *error, gpointer data)
{
  GDBusMethodInvocation *invocation = data;

  if (error != NULL)
    refuse (invocation, error);
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(s)", result));
}

static gboolean
on_sync (G_GNUC_UNUSED MadoDBusAgent1 *agent, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  mado_exchange_run (peer->parts.exchange, on_exchanged, invocation);
  return TRUE;
}

typedef struct {
  MadoExchange          *exchange;
  GDBusMethodInvocation *invocation;
  char                  *server, *terminal;
} EnrolCall;

static void
on_password (MadoSecret *password, const GError *error, gpointer data)
{
  g_autofree EnrolCall *call = data;

  if (password != NULL)
    mado_exchange_enrol (call->exchange, call->server, call->terminal, password, on_exchanged,
                         call->invocation);
  else
    refuse (call->invocation, error);
  g_free (call->server);
  g_free (call->terminal);
}

static gboolean
on_enrol (G_GNUC_UNUSED MadoDBusAgent1 *agent,
          GDBusMethodInvocation        *invocation,
          GUnixFDList                  *fds,
          const char                   *server,
          const char                   *terminal,
          GVariant                     *password,
          MadoPeer                     *peer)
{
  g_autoptr (GError) error = NULL;
  int        fd = take_fd (invocation, fds, password);
  EnrolCall *call;

  if (fd < 0)
    return TRUE;
  call = g_new0 (EnrolCall, 1);
  *call = (EnrolCall){ peer->parts.exchange, invocation, g_strdup (server), g_strdup (terminal) };
  if (mado_secret_pipe_read (fd, on_password, call, &error) == NULL) {
    refuse (invocation, error);
    g_free (call->server);
    g_free (call->terminal);
    g_free (call);
  }
  return TRUE;
}

/* --- the connection --------------------------------------------------------------------------- */

static gboolean
authorize (GDBusInterfaceSkeleton *skeleton, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  g_autoptr (GError) error = NULL;
  MadoRole needed = MADO_DBUS_IS_AGENT1 (skeleton) ? MADO_ROLE_STAFF : MADO_ROLE_KIOSK;

  if (peer->role >= needed)
    return TRUE;
  mado_agent_raise (&error, MADO_FAILURE_NOT_ALLOWED,
                    "this user may not do that ([access] in the configuration)");
  refuse (invocation, error);
  return FALSE;
}

static void
connect_session (MadoPeer *peer)
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
    { "g-authorize-method", G_CALLBACK (authorize) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_signal_connect (peer->session, calls[i].signal, calls[i].handler, peer);
}

static void
connect_agent (MadoPeer *peer)
{
  static const struct {
    const char *signal;
    GCallback   handler;
  } calls[] = {
    { "handle-status", G_CALLBACK (on_status) },
    { "handle-applications", G_CALLBACK (on_applications) },
    { "handle-show", G_CALLBACK (on_show) },
    { "handle-sync", G_CALLBACK (on_sync) },
    { "handle-enrol", G_CALLBACK (on_enrol) },
    { "handle-journal-verify", G_CALLBACK (on_journal_verify) },
    { "g-authorize-method", G_CALLBACK (authorize) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    g_signal_connect (peer->agent, calls[i].signal, calls[i].handler, peer);
}

static void
on_closed (G_GNUC_UNUSED GDBusConnection *connection,
           G_GNUC_UNUSED gboolean         remote_vanished,
           G_GNUC_UNUSED GError          *error,
           MadoPeer                      *peer)
{
  peer->gone (peer, peer->data);
}

MadoPeer *
mado_peer_new (GDBusConnection    *connection,
               MadoRole            role,
               const MadoBusParts *parts,
               MadoPeerGone        gone,
               gpointer            data)
{
  MadoPeer *peer = g_new0 (MadoPeer, 1);

  *peer = (MadoPeer){ g_object_ref (connection), role, *parts };
  peer->gone = gone;
  peer->data = data;
  peer->session = mado_dbus_session1_skeleton_new ();
  peer->agent = mado_dbus_agent1_skeleton_new ();
  connect_session (peer);
  connect_agent (peer);
  g_signal_connect (connection, "closed", G_CALLBACK (on_closed), peer);
  if (g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (peer->session), connection,
                                        OBJECT_PATH, NULL)
      && g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (peer->agent), connection,
                                           OBJECT_PATH, NULL))
    return peer;
  mado_peer_free (peer);
  return NULL;
}

void
mado_peer_free (MadoPeer *peer)
{
  g_signal_handlers_disconnect_by_data (peer->connection, peer);
  g_signal_handlers_disconnect_by_data (peer->session, peer);
  g_signal_handlers_disconnect_by_data (peer->agent, peer);
  mado_session_disown (peer->parts.session, peer);
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (peer->session));
  g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (peer->agent));
  g_dbus_connection_close (peer->connection, NULL, NULL, NULL);
  g_object_unref (peer->session);
  g_object_unref (peer->agent);
  g_object_unref (peer->connection);
  g_free (peer);
}

void
mado_peer_session_changed (MadoPeer *peer)
{
  g_autofree char *state = NULL;

  if (!mado_session_is_of (peer->parts.session, peer))
    return;
  state = mado_session_state (peer->parts.session, peer);
  mado_dbus_session1_emit_changed (peer->session, state);
}

void
mado_peer_status_changed (MadoPeer *peer, const char *status)
{
  if (peer->role == MADO_ROLE_STAFF)
    mado_dbus_agent1_emit_status_changed (peer->agent, status);
}
