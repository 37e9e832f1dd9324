#include "app/central/notify.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void
mado_notify (const char *state)
{
  const char        *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  gsize              len = path != NULL ? strlen (path) : 0;

  if (len < 2 || len >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@'))
    return;
  memcpy (to.sun_path, path, len);
  if (path[0] == '@')
    to.sun_path[0] = '\0'; /* a name without a file */
  int fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  if (sendto (fd, state, strlen (state), MSG_NOSIGNAL, (struct sockaddr *)&to,
              (socklen_t)(offsetof (struct sockaddr_un, sun_path) + len))
      < 0)
    g_debug ("the service manager does not listen");
  close (fd);
}
