#include "app/central/address.h"

#include "app/central/error.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LONGEST_PATH 107 /* sun_path and its NUL */

void
mado_address_clear (MadoAddress *address)
{
  g_clear_pointer (&address->host, g_free);
  g_clear_pointer (&address->unix_path, g_free);
}

static gboolean
parse_ip (const char *text, MadoAddress *ret_address)
{
  const char *colon = strrchr (text, ':');
  guint64     port;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    return FALSE;
  g_autofree char *host = g_strndup (text, (gsize)(colon - text));
  gsize            len = strlen (host);
  if (len > 2 && host[0] == '[' && host[len - 1] == ']') {
    memmove (host, host + 1, len - 2);
    host[len - 2] = '\0';
  }
  if (!g_hostname_is_ip_address (host))
    return FALSE;
  *ret_address = (MadoAddress){ .host = g_steal_pointer (&host), .port = (guint16)port };
  return TRUE;
}

gboolean
mado_address_parse (const char *text, MadoAddress *ret_address)
{
  const char *path = text + strlen ("unix:");

  if (!g_str_has_prefix (text, "unix:"))
    return parse_ip (text, ret_address);
  if (!g_path_is_absolute (path) || strlen (path) > LONGEST_PATH)
    return FALSE;
  *ret_address = (MadoAddress){ .unix_path = g_strdup (path) };
  return TRUE;
}

static GSocketAddress *
socket_address (const MadoAddress *address)
{
  if (address->unix_path != NULL)
    return g_unix_socket_address_new (address->unix_path);
  return g_inet_socket_address_new_from_string (address->host, address->port);
}

/* An ordinary file refuses connections, too. */
static gboolean
is_socket (const char *path)
{
  struct stat status;

  return lstat (path, &status) == 0 && S_ISSOCK (status.st_mode);
}

/* A socket file that a killed server left behind refuses connections; a live one takes them. */
static void
remove_stale (GSocketAddress *at, const char *path)
{
  g_autoptr (GSocket) probe
      = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  g_autoptr (GError) fault = NULL;

  if (probe != NULL && is_socket (path) && !g_socket_connect (probe, at, NULL, &fault)
      && g_error_matches (fault, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    unlink (path);
}

static guint16
port_of (GSocket *socket)
{
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);

  return G_IS_INET_SOCKET_ADDRESS (local)
             ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local))
             : 0;
}

int
mado_address_listen (const MadoAddress *address, guint16 *ret_port, GError **error)
{
  g_autoptr (GSocketAddress) at = socket_address (address);
  g_autoptr (GError) fault = NULL;

  if (address->unix_path != NULL)
    remove_stale (at, address->unix_path);
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (at), G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, &fault);
  if (socket != NULL)
    g_socket_set_listen_backlog (socket, 128);
  if (socket == NULL || !g_socket_bind (socket, at, TRUE, &fault)
      || !g_socket_listen (socket, &fault)) {
    mado_central_raise (error, MADO_CENTRAL_ERROR_LISTEN, "cannot listen: %s", fault->message);
    return -1;
  }
  /* Whoever reaches the socket says who the client is: never with another mode. */
  if (address->unix_path != NULL && chmod (address->unix_path, 0660) != 0) {
    mado_central_raise (error, MADO_CENTRAL_ERROR_LISTEN, "%s: %s", address->unix_path,
                        g_strerror (errno));
    return -1;
  }
  *ret_port = port_of (socket);
  /* GSocket closes what it owns; the daemon gets a descriptor of its own. */
  return fcntl (g_socket_get_fd (socket), F_DUPFD_CLOEXEC, 0);
}

gboolean
mado_address_is_any (const char *text)
{
  g_auto (MadoAddress) address = { 0 };

  return mado_address_parse (text, &address);
}

gboolean
mado_address_is_ip (const char *text)
{
  g_auto (MadoAddress) address = { 0 };

  return mado_address_parse (text, &address) && address.host != NULL;
}

gboolean
mado_address_is_loopback (const char *text)
{
  g_auto (MadoAddress) address = { 0 };

  if (!mado_address_parse (text, &address) || address.host == NULL)
    return FALSE;
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address.host);
  return g_inet_address_get_is_loopback (inet);
}
