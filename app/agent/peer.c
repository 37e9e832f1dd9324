#include "app/agent/peer.h"

#include "app/agent/error.h"
#include "app/agent/peer-parts.h"
#include "app/base/json.h"

#define OBJECT_PATH "/jp/madoguchi/Agent"
#define ERROR_PREFIX "jp.madoguchi.Error."

void
mado_peer_refuse_with (GDBusMethodInvocation *invocation, const MadoProblem *problem)
{
  g_autofree char *name = g_strconcat (ERROR_PREFIX, mado_failure_code (problem->failure), NULL);
  g_autoptr (JsonObject) object = mado_problem_to_json (problem);
  g_autofree char *text = mado_json_canonical_object (object);

  g_dbus_method_invocation_return_dbus_error (invocation, name, text);
}

void
mado_peer_refuse (GDBusMethodInvocation *invocation, const GError *error)
{
  g_autoptr (MadoProblem) problem = mado_problem_new_from_error (error);

  mado_peer_refuse_with (invocation, problem);
}

/* The descriptor a call carries; -1 with an answer already given. */
int
mado_peer_take_fd (GDBusMethodInvocation *invocation, GUnixFDList *fds, GVariant *handle)
{
  g_autoptr (GError) error = NULL;
  int index = g_variant_get_handle (handle);
  int fd = -1;

  if (fds != NULL && index >= 0 && index < g_unix_fd_list_get_length (fds))
    fd = g_unix_fd_list_get (fds, index, NULL);
  if (fd < 0) {
    mado_agent_raise (&error, MADO_FAILURE_USAGE, "a secret comes as the reading end of a pipe");
    mado_peer_refuse (invocation, error);
  }
  return fd;
}

static gboolean
authorize (GDBusInterfaceSkeleton *skeleton, GDBusMethodInvocation *invocation, MadoPeer *peer)
{
  g_autoptr (GError) error = NULL;
  MadoRole needed = MADO_DBUS_IS_AGENT1 (skeleton) ? MADO_ROLE_STAFF : MADO_ROLE_KIOSK;

  if (peer->role >= needed)
    return TRUE;
  mado_agent_raise (&error, MADO_FAILURE_NOT_ALLOWED,
                    "this user may not do that ([access] in the configuration)");
  mado_peer_refuse (invocation, error);
  return FALSE;
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
  mado_peer_connect_session (peer);
  mado_peer_connect_agent (peer);
  g_signal_connect (peer->session, "g-authorize-method", G_CALLBACK (authorize), peer);
  g_signal_connect (peer->agent, "g-authorize-method", G_CALLBACK (authorize), peer);
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
