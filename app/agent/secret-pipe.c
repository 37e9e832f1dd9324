#include "app/agent/secret-pipe.h"

#include "app/agent/error.h"

#include <errno.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATIENCE_S 10

struct _MadoSecretPipe {
  int               fd;
  guint             readable, deadline; /* sources */
  MadoSecret       *secret;
  MadoSecretArrived arrived;
  gpointer          data;
};

static void
finish (MadoSecretPipe *pipe, const GError *error)
{
  MadoSecret       *secret = error == NULL ? g_steal_pointer (&pipe->secret) : NULL;
  MadoSecretArrived arrived = pipe->arrived;
  gpointer          data = pipe->data;

  mado_secret_pipe_free (pipe);
  arrived (secret, error, data);
}

static void
fail (MadoSecretPipe *pipe, MadoFailure failure, const char *message)
{
  g_autoptr (GError) error = NULL;

  mado_agent_raise (&error, failure, "%s", message);
  finish (pipe, error);
}

/* One octet: 1 taken, 0 the secret is complete, -1 nothing there yet, -2 it is no secret. */
static int
take_octet (MadoSecretPipe *pipe)
{
  guint8   octet = 0;
  gssize   got = read (pipe->fd, &octet, 1);
  gboolean kept = got == 1 && octet != '\n' && mado_secret_push (pipe->secret, octet);
  gboolean ended = got == 0 || (got == 1 && octet == '\n');

  explicit_bzero (&octet, sizeof octet);
  if (got < 0)
    return errno == EAGAIN || errno == EINTR ? -1 : -2;
  return kept ? 1 : ended ? 0 : -2;
}

static gboolean
on_readable (G_GNUC_UNUSED gint fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
  MadoSecretPipe *pipe = data;
  int             step;

  do
    step = take_octet (pipe);
  while (step > 0);
  if (step == -1)
    return G_SOURCE_CONTINUE;
  pipe->readable = 0;
  if (step == 0)
    finish (pipe, NULL);
  else
    fail (pipe, MADO_FAILURE_PIN_MALFORMED, "what came through the pipe is no secret");
  return G_SOURCE_REMOVE;
}

static gboolean
on_deadline (gpointer data)
{
  MadoSecretPipe *pipe = data;

  pipe->deadline = 0;
  fail (pipe, MADO_FAILURE_PIN_MALFORMED, "nobody wrote to the secret's pipe");
  return G_SOURCE_REMOVE;
}

/* Reading anything else (a file on a file system of the sender's own) could hold up the main loop.
 */
static gboolean
is_pipe (int fd, GError **error)
{
  struct stat is;

  return (fstat (fd, &is) == 0 && S_ISFIFO (is.st_mode))
         || mado_agent_raise (error, MADO_FAILURE_USAGE,
                              "a secret comes as the reading end of a pipe");
}

MadoSecretPipe *
mado_secret_pipe_read (int fd, MadoSecretArrived arrived, gpointer data, GError **error)
{
  MadoSecret     *secret = mado_secret_new (error);
  MadoSecretPipe *pipe;

  if (secret == NULL || !is_pipe (fd, error)) {
    mado_secret_free (secret);
    close (fd);
    return NULL;
  }
  g_unix_set_fd_nonblocking (fd, TRUE, NULL);
  pipe = g_new0 (MadoSecretPipe, 1);
  pipe->fd = fd;
  pipe->secret = secret;
  pipe->arrived = arrived;
  pipe->data = data;
  pipe->readable = g_unix_fd_add (fd, G_IO_IN | G_IO_HUP | G_IO_ERR, on_readable, pipe);
  pipe->deadline = g_timeout_add_seconds (PATIENCE_S, on_deadline, pipe);
  return pipe;
}

void
mado_secret_pipe_free (MadoSecretPipe *pipe)
{
  if (pipe == NULL)
    return;
  if (pipe->readable != 0)
    g_source_remove (pipe->readable);
  if (pipe->deadline != 0)
    g_source_remove (pipe->deadline);
  mado_secret_free (pipe->secret);
  close (pipe->fd);
  g_free (pipe);
}
