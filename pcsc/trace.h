/* pcsc/trace.h - what went over the wire, counted, and written down without its secrets. */
#pragma once
#include <glib.h>

typedef struct _MadoTrace MadoTrace;

/* What of one exchange nobody may read in a trace. */
typedef enum {
  MADO_TRACE_SHOW_ALL = 0,
  MADO_TRACE_HIDE_COMMAND = 1 << 0, /* its data: a PIN */
  MADO_TRACE_HIDE_ANSWER = 1 << 1,  /* its data: a person, a certificate, a signature */
} MadoTraceHide;

/**
 * mado_trace_open:
 * @path: (nullable): file to write, mode 0600, emptied when it is there; %NULL counts only
 *
 * Returns: (transfer full): %NULL with %MADO_PCSC_ERROR_TRACE
 */
MadoTrace *mado_trace_open (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Closes the file; %NULL is fine. */
void mado_trace_close (MadoTrace *trace);

/** APDUs seen so far. */
guint mado_trace_count (const MadoTrace *trace);

/**
 * mado_trace_add:
 * @response: with status word; may be empty when there was no answer
 * @us: microseconds from command to answer
 *
 * Counts the exchange and writes one JSON line, octets in hexadecimal, `**` for what @hide names.
 */
void mado_trace_add (MadoTrace    *trace,
                     const guint8 *command,
                     gsize         command_len,
                     const guint8 *response,
                     gsize         response_len,
                     gint64        us,
                     MadoTraceHide hide);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoTrace, mado_trace_close)
