#include "ui/pin-pipe.h"

#include <glib-unix.h>
#include <unistd.h>

typedef struct {
  MadoSecret *secret;
  int         fd;
} Writing;

static void
finish (Writing *writing)
{
  close (writing->fd);
  mado_secret_free (writing->secret);
  g_free (writing);
}

static gpointer
write_secret (gpointer data)
{
  Writing *writing = data;
  g_autoptr (GError) error = NULL;

  if (!mado_secret_write_fd (writing->secret, writing->fd, &error))
    g_debug ("writing the secret: %s", error->message);
  finish (writing);
  return NULL;
}

gboolean
mado_pin_pipe_open (MadoSecret *secret, int *ret_fd)
{
  int ends[2];

  if (!g_unix_open_pipe (ends, FD_CLOEXEC, NULL)) {
    mado_secret_free (secret);
    return FALSE;
  }
  Writing *writing = g_new (Writing, 1);
  *writing = (Writing){ secret, ends[1] };
  GThread *thread = g_thread_try_new ("pin-writer", write_secret, writing, NULL);
  if (thread == NULL) {
    close (ends[0]);
    finish (writing);
    return FALSE;
  }
  g_thread_unref (thread);
  *ret_fd = ends[0];
  return TRUE;
}
