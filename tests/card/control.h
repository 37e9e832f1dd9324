/* tests/card/control.h - what can be told to a running madoguchi-cardsim, one line each. */
#pragma once
#include <glib.h>

typedef enum {
  MADO_CONTROL_REMOVE,  /* remove: the card leaves the reader */
  MADO_CONTROL_INSERT,  /* insert: it comes back, counters as they were */
  MADO_CONTROL_PROFILE, /* profile FILE: another card lies there */
  MADO_CONTROL_CUT,     /* cut N: it leaves in the middle of the Nth command from now */
  MADO_CONTROL_SILENT,  /* silent N: the Nth command from now is never answered */
} MadoControlVerb;

typedef struct {
  MadoControlVerb verb;
  guint           count; /* cut, silent: 1 is the next command */
  char           *file;  /* profile */
} MadoControl;

/** %FALSE for a line that is none of these. */
gboolean mado_control_parse (const char *line, MadoControl *ret_control);
void     mado_control_clear (MadoControl *control);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoControl, mado_control_clear)

/* Lines as they come out of a FIFO. */
typedef struct _MadoControlPipe MadoControlPipe;

/** Makes the FIFO @path where there is none; %NULL with %MADO_SIM_ERROR_IO. */
MadoControlPipe *mado_control_pipe_open (const char *path,
                                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void             mado_control_pipe_close (MadoControlPipe *control);
int              mado_control_pipe_fd (const MadoControlPipe *control);

/** (transfer full): the next line without its end, or %NULL when none is there. Never blocks. */
char *mado_control_pipe_next (MadoControlPipe *control);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoControlPipe, mado_control_pipe_close)
