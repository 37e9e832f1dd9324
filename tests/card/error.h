/* tests/card/error.h - what can go wrong with the virtual card itself; never a status word. */
#pragma once
#include <glib.h>

#define MADO_SIM_ERROR (mado_sim_error_quark ())
GQuark mado_sim_error_quark (void);

typedef enum {
  MADO_SIM_ERROR_PROFILE, /* a profile that is not there or not what a profile is */
  MADO_SIM_ERROR_KEY,     /* a certificate or key of the rehearsal authority is missing or bad */
  MADO_SIM_ERROR_IO,      /* a socket, FIFO or file failed; the message holds errno's text */
} MadoSimError;

/** The one place that sets an error of this room; returns %FALSE, so that a caller can return it.
 */
gboolean mado_sim_raise (GError **error, MadoSimError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
