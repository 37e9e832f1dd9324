#include "tests/card/control.h"
#include "tests/card/error.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
  const char *word;
  gboolean    takes_count, takes_file;
} verbs[] = {
  [MADO_CONTROL_REMOVE] = { "remove", FALSE, FALSE },
  [MADO_CONTROL_INSERT] = { "insert", FALSE, FALSE },
  [MADO_CONTROL_PROFILE] = { "profile", FALSE, TRUE },
  [MADO_CONTROL_CUT] = { "cut", TRUE, FALSE },
  [MADO_CONTROL_SILENT] = { "silent", TRUE, FALSE },
};

static gboolean
take_argument (gsize verb, const char *argument, MadoControl *ret)
{
  guint64 count = 0;

  if (!verbs[verb].takes_count && !verbs[verb].takes_file)
    return argument == NULL;
  if (argument == NULL)
    return FALSE;
  if (verbs[verb].takes_file)
    ret->file = g_strdup (argument);
  else if (!g_ascii_string_to_unsigned (argument, 10, 1, G_MAXUINT16, &count, NULL))
    return FALSE;
  ret->count = (guint)count;
  return TRUE;
}

gboolean
mado_control_parse (const char *line, MadoControl *ret_control)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 2);

  for (gsize i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (g_strcmp0 (words[0], verbs[i].word) != 0)
      continue;
    *ret_control = (MadoControl){ .verb = (MadoControlVerb)i };
    return take_argument (i, words[1], ret_control);
  }
  return FALSE;
}

void
mado_control_clear (MadoControl *control)
{
  g_clear_pointer (&control->file, g_free);
}

struct _MadoControlPipe {
  int      fd;
  GString *arrived;
};

MadoControlPipe *
mado_control_pipe_open (const char *path, GError **error)
{
  MadoControlPipe *control;
  int              fd;

  if (mkfifo (path, 0600) != 0 && errno != EEXIST) {
    mado_sim_raise (error, MADO_SIM_ERROR_IO, "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  /* Our own writing end keeps the FIFO open when each writer of a line goes away. */
  fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    mado_sim_raise (error, MADO_SIM_ERROR_IO, "%s: %s", path, g_strerror (errno));
    return NULL;
  }
  control = g_new0 (MadoControlPipe, 1);
  control->fd = fd;
  control->arrived = g_string_new (NULL);
  return control;
}

void
mado_control_pipe_close (MadoControlPipe *control)
{
  close (control->fd);
  g_string_free (control->arrived, TRUE);
  g_free (control);
}

int
mado_control_pipe_fd (const MadoControlPipe *control)
{
  return control->fd;
}

char *
mado_control_pipe_next (MadoControlPipe *control)
{
  char        piece[256];
  const char *end;
  char       *line;
  ssize_t     len;

  while ((len = read (control->fd, piece, sizeof piece)) > 0)
    g_string_append_len (control->arrived, piece, len);
  end = memchr (control->arrived->str, '\n', control->arrived->len);
  if (end == NULL)
    return NULL;
  line = g_strndup (control->arrived->str, (gsize)(end - control->arrived->str));
  g_string_erase (control->arrived, 0, end - control->arrived->str + 1);
  return line;
}
