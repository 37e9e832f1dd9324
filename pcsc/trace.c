#include "pcsc/trace.h"

#include "app/base/octets.h"
#include "pcsc/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_LEN 5 /* CLA INS P1 P2 Lc */
#define STATUS_LEN 2

struct _MadoTrace {
  FILE *file; /* NULL: counts only */
  guint count;
};

/* Also closes an older file of the name to others; what is no file (a pipe) keeps its mode. */
static FILE *
open_private (const char *path)
{
  struct stat what;
  int         fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0600);
  FILE       *file = NULL;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &what) == 0 && (!S_ISREG (what.st_mode) || fchmod (fd, 0600) == 0))
    file = fdopen (fd, "w");
  if (file == NULL) {
    int cause = errno;
    close (fd);
    errno = cause;
  }
  return file;
}

MadoTrace *
mado_trace_open (const char *path, GError **error)
{
  FILE      *file = path != NULL ? open_private (path) : NULL;
  MadoTrace *trace;

  if (path != NULL && file == NULL) {
    mado_pcsc_raise (error, MADO_PCSC_ERROR_TRACE, "%s cannot be written: %s", path,
                     g_strerror (errno));
    return NULL;
  }
  trace = g_new0 (MadoTrace, 1);
  trace->file = file;
  return trace;
}

void
mado_trace_close (MadoTrace *trace)
{
  if (trace == NULL)
    return;
  if (trace->file != NULL)
    fclose (trace->file);
  g_free (trace);
}

guint
mado_trace_count (const MadoTrace *trace)
{
  return trace->count;
}

/* Hexadecimal with all between the first @head and the last @tail octets as `**`. */
static char *
shown (const guint8 *octets, gsize len, gboolean hide, gsize head, gsize tail)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (!hide || len <= head + tail)
    return mado_octets_to_hex (MADO_OCTETS (octets, len));
  first = mado_octets_to_hex (MADO_OCTETS (octets, head));
  last = mado_octets_to_hex (MADO_OCTETS (octets + len - tail, tail));
  return g_strconcat (first, "**", last, NULL);
}

void
mado_trace_add (MadoTrace    *trace,
                const guint8 *command,
                gsize         command_len,
                const guint8 *response,
                gsize         response_len,
                gint64        us,
                MadoTraceHide hide)
{
  g_autofree char *sent = NULL;
  g_autofree char *got = NULL;

  trace->count++;
  if (trace->file == NULL)
    return;
  sent = shown (command, command_len, (hide & MADO_TRACE_HIDE_COMMAND) != 0, HEADER_LEN, 0);
  got = shown (response, response_len, (hide & MADO_TRACE_HIDE_ANSWER) != 0, 0, STATUS_LEN);
  fprintf (trace->file,
           "{\"n\":%u,\"command\":\"%s\",\"command_len\":%" G_GSIZE_FORMAT
           ",\"response\":\"%s\",\"response_len\":%" G_GSIZE_FORMAT ",\"us\":%" G_GINT64_FORMAT
           "}\n",
           trace->count, sent, command_len, got, response_len, us);
  fflush (trace->file);
}
