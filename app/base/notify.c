#include "app/base/notify.h"

#include "app/base/log.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* %FALSE when @path is no socket's name, or too long for one. */
static gboolean
fill_address (const char *path, struct sockaddr_un *ret_address, socklen_t *ret_len)
{
  gsize len = strlen (path);

  if (len < 2 || len >= sizeof ret_address->sun_path || (path[0] != '/' && path[0] != '@'))
    return FALSE;
  *ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  memcpy (ret_address->sun_path, path, len);
  if (path[0] == '@')
    ret_address->sun_path[0] = '\0';
  *ret_len = (socklen_t)(G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + len);
  return TRUE;
}

static gboolean
send_to (const struct sockaddr_un *address, socklen_t len, const char *state)
{
  int    fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  gssize sent;

  if (fd < 0)
    return FALSE;
  sent = sendto (fd, state, strlen (state), MSG_NOSIGNAL, (const struct sockaddr *)address, len);
  close (fd);
  return sent >= 0;
}

void
mado_notify (const char *state)
{
  const char        *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address;
  socklen_t          len;

  if (path != NULL && fill_address (path, &address, &len) && !send_to (&address, len, state))
    mado_log (G_LOG_LEVEL_WARNING, "the service manager does not listen", NULL);
}
