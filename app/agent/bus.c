#include "app/agent/bus.h"

#include "app/agent/error.h"
#include "app/agent/peer.h"
#include "app/base/log.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct _MadoBus {
  char              *socket;
  MadoBusParts       parts;
  GDBusAuthObserver *observer;
  GDBusServer       *server;
  GPtrArray         *peers;
  char              *status; /* as it was last told */
};

/* --- the socket file -------------------------------------------------------------------------- */

static gboolean
somebody_answers (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int                fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  gboolean           answered;

  if (fd < 0
      || g_strlcpy (address.sun_path, path, sizeof address.sun_path) >= sizeof address.sun_path) {
    if (fd >= 0)
      close (fd);
    return FALSE;
  }
  answered = connect (fd, (struct sockaddr *)&address, sizeof address) == 0;
  close (fd);
  return answered;
}

/* GDBus itself says "Address already in use" of the socket of a killed agent. We hold the state
 * directory, so what nobody answers at is nobody's. */
static gboolean
clear_socket (const char *path, GError **error)
{
  struct stat is;

  if (strlen (path) >= sizeof ((struct sockaddr_un *)NULL)->sun_path)
    return mado_agent_raise (error, MADO_FAILURE_FILE, "%s: too long for a socket", path);
  if (lstat (path, &is) != 0)
    return TRUE;
  if (!S_ISSOCK (is.st_mode))
    return mado_agent_raise (error, MADO_FAILURE_FILE, "%s is there and is no socket", path);
  if (somebody_answers (path))
    return mado_agent_raise (error, MADO_FAILURE_BUSY, "%s: another agent answers there", path);
  if (g_unlink (path) != 0)
    return mado_agent_raise (error, MADO_FAILURE_FILE, "%s: %s", path, g_strerror (errno));
  return TRUE;
}

/* --- peers ------------------------------------------------------------------------------------ */

static gboolean
on_allow_mechanism (G_GNUC_UNUSED GDBusAuthObserver *observer,
                    const char                      *mechanism,
                    G_GNUC_UNUSED gpointer           data)
{
  return g_str_equal (mechanism, "EXTERNAL");
}

static gboolean
on_authorize_peer (G_GNUC_UNUSED GDBusAuthObserver *observer,
                   G_GNUC_UNUSED GIOStream         *stream,
                   GCredentials                    *credentials,
                   G_GNUC_UNUSED gpointer           data)
{
  return credentials != NULL && g_credentials_get_unix_user (credentials, NULL) != (uid_t)-1;
}

static MadoRole
role_of (MadoBus *bus, GDBusConnection *connection)
{
  const MadoSettings  *settings = bus->parts.office->settings;
  GCredentials        *credentials = g_dbus_connection_get_peer_credentials (connection);
  uid_t                uid = g_credentials_get_unix_user (credentials, NULL);
  const struct passwd *user = getpwuid (uid);

  return mado_access_role (uid, geteuid (), user != NULL ? user->pw_name : NULL,
                           mado_settings_staff (settings), mado_settings_kiosk (settings));
}

static void
on_peer_gone (MadoPeer *peer, gpointer data)
{
  MadoBus *bus = data;

  g_ptr_array_remove_fast (bus->peers, peer);
}

static gboolean
on_new_connection (G_GNUC_UNUSED GDBusServer *server, GDBusConnection *connection, MadoBus *bus)
{
  MadoRole  role = role_of (bus, connection);
  MadoPeer *peer = mado_peer_new (connection, role, &bus->parts, on_peer_gone, bus);

  if (peer == NULL)
    return FALSE;
  if (role == MADO_ROLE_NONE)
    mado_log (G_LOG_LEVEL_MESSAGE, "a user without any right connected", NULL);
  g_ptr_array_add (bus->peers, peer);
  return TRUE;
}

/* --- the server ------------------------------------------------------------------------------- */

static GDBusServer *
listen_at (const char *path, GDBusAuthObserver *observer, GError **error)
{
  g_autofree char *escaped = g_dbus_address_escape_value (path);
  g_autofree char *address = g_strconcat ("unix:path=", escaped, NULL);
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GError) cause = NULL;
  GDBusServer *server
      = g_dbus_server_new_sync (address, G_DBUS_SERVER_FLAGS_NONE, guid, observer, NULL, &cause);

  if (server == NULL)
    mado_agent_raise (error, MADO_FAILURE_FILE, "%s: %s", path, cause->message);
  return server;
}

MadoBus *
mado_bus_new (const char *socket, const MadoBusParts *parts, GError **error)
{
  MadoBus *bus;

  if (!clear_socket (socket, error))
    return NULL;
  bus = g_new0 (MadoBus, 1);
  bus->socket = g_strdup (socket);
  bus->parts = *parts;
  bus->peers = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_peer_free);
  bus->observer = g_dbus_auth_observer_new ();
  g_signal_connect (bus->observer, "allow-mechanism", G_CALLBACK (on_allow_mechanism), NULL);
  g_signal_connect (bus->observer, "authorize-authenticated-peer", G_CALLBACK (on_authorize_peer),
                    NULL);
  bus->server = listen_at (socket, bus->observer, error);
  if (bus->server == NULL) {
    mado_bus_free (bus);
    return NULL;
  }
  /* Everybody may knock: who is there decides, and the refused hear why. */
  g_chmod (socket, 0666);
  g_signal_connect (bus->server, "new-connection", G_CALLBACK (on_new_connection), bus);
  g_dbus_server_start (bus->server);
  return bus;
}

void
mado_bus_free (MadoBus *bus)
{
  if (bus == NULL)
    return;
  if (bus->server != NULL) {
    g_dbus_server_stop (bus->server);
    g_unlink (bus->socket);
  }
  g_ptr_array_unref (bus->peers);
  g_clear_object (&bus->server);
  g_object_unref (bus->observer);
  g_free (bus->socket);
  g_free (bus->status);
  g_free (bus);
}

void
mado_bus_session_changed (MadoBus *bus)
{
  for (guint i = 0; i < bus->peers->len; i++)
    mado_peer_session_changed (g_ptr_array_index (bus->peers, i));
}

void
mado_bus_status_changed (MadoBus *bus)
{
  g_autofree char *status = mado_status_document (bus->parts.status);

  if (g_strcmp0 (status, bus->status) == 0)
    return;
  for (guint i = 0; i < bus->peers->len; i++)
    mado_peer_status_changed (g_ptr_array_index (bus->peers, i), status);
  g_free (bus->status);
  bus->status = g_steal_pointer (&status);
}
