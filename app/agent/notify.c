#include "app/agent/notify.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A leading @ stands for the abstract name space. %FALSE when @path is too long for a socket. */
static gboolean
fill_address (const char *path, struct sockaddr_un *ret_address, socklen_t *ret_len)
{
  gsize len = strlen (path);

  if (len == 0 || len >= sizeof ret_address->sun_path)
    return FALSE;
  *ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  memcpy (ret_address->sun_path, path, len);
  if (path[0] == '@')
    ret_address->sun_path[0] = '\0';
  *ret_len = (socklen_t)(G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + len);
  return TRUE;
}

void
mado_notify (const char *state)
{
  const char        *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address;
  socklen_t          len;

  if (path == NULL || !fill_address (path, &address, &len))
    return;
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  if (sendto (fd, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *)&address, len) < 0)
    g_printerr ("madoguchid: the service manager does not listen\n");
  close (fd);
}
