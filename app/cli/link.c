#include "app/cli/link.h"

#include "app/agent/error.h"
#include "app/base/json.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <string.h>
#include <unistd.h>

#define DEFAULT_SOCKET "/run/madoguchi/agent.sock"
#define OBJECT_PATH "/jp/madoguchi/Agent"
#define INTERFACE_PREFIX "jp.madoguchi."
#define ERROR_PREFIX "jp.madoguchi.Error."

gboolean
mado_link_open (MadoLink *link, MadoCall *call, GError **error)
{
  const char      *path = call->options.socket != NULL ? call->options.socket : DEFAULT_SOCKET;
  g_autofree char *escaped = g_dbus_address_escape_value (path);
  g_autofree char *address = g_strconcat ("unix:path=", escaped, NULL);
  g_autoptr (GError) cause = NULL;

  link->call = call;
  link->connection = g_dbus_connection_new_for_address_sync (
      address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL, NULL, &cause);
  if (link->connection == NULL)
    return mado_agent_raise (error, MADO_FAILURE_AGENT_UNREACHABLE, "no agent at %s: %s", path,
                             cause->message);
  return TRUE;
}

void
mado_link_clear (MadoLink *link)
{
  if (link->connection != NULL)
    g_dbus_connection_close_sync (link->connection, NULL, NULL);
  g_clear_object (&link->connection);
}

/* The agent says what is wrong as JSON; anything else is a broken connection. */
static void
take_refusal (MadoLink *link, GError *cause, GError **error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (cause);
  g_autoptr (JsonObject) object = NULL;

  if (name == NULL || !g_str_has_prefix (name, ERROR_PREFIX)) {
    mado_agent_raise (error, MADO_FAILURE_AGENT_UNREACHABLE, "the agent went away: %s",
                      cause->message);
    return;
  }
  g_dbus_error_strip_remote_error (cause);
  object = mado_json_parse_object (cause->message, strlen (cause->message), error);
  if (object != NULL)
    link->call->problem = mado_problem_from_json (object);
}

/* The reading end of a pipe that holds the secret: short enough to fit whole. */
static GUnixFDList *
pipe_of (const MadoSecret *secret, GError **error)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GError) cause = NULL;
  int      ends[2];
  gboolean written;

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, &cause)) {
    mado_agent_raise (error, MADO_FAILURE_INTERNAL, "no pipe: %s", cause->message);
    return NULL;
  }
  written = mado_secret_write_fd (secret, ends[1], error);
  close (ends[1]);
  if (written)
    g_unix_fd_list_append (fds, ends[0], NULL);
  close (ends[0]);
  return written ? g_steal_pointer (&fds) : NULL;
}

GVariant *
mado_link_call (MadoLink         *link,
                const char       *interface,
                const char       *method,
                GVariant         *arguments,
                const MadoSecret *secret,
                GError          **error)
{
  g_autofree char *whole = g_strconcat (INTERFACE_PREFIX, interface, NULL);
  g_autoptr (GVariant) owned = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError) cause = NULL;
  GVariant *answer;

  if (secret != NULL) {
    fds = pipe_of (secret, error);
    if (fds == NULL)
      return NULL;
  }
  answer = g_dbus_connection_call_with_unix_fd_list_sync (
      link->connection, NULL, OBJECT_PATH, whole, method, owned, NULL, G_DBUS_CALL_FLAGS_NONE,
      G_MAXINT, fds, NULL, NULL, &cause);
  if (answer == NULL)
    take_refusal (link, cause, error);
  return answer;
}

JsonObject *
mado_link_ask (MadoLink *link, const char *method, GVariant *arguments, GError **error)
{
  g_autoptr (GVariant) answer = mado_link_call (link, "Agent1", method, arguments, NULL, error);
  const char *text;

  if (answer == NULL)
    return NULL;
  g_variant_get (answer, "(&s)", &text);
  return mado_json_parse_object (text, strlen (text), error);
}
