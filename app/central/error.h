/* app/central/error.h - what keeps the central server from starting or a command from working. */
#pragma once
#include <glib.h>

#define MADO_CENTRAL_ERROR (mado_central_error_quark ())
GQuark mado_central_error_quark (void);

typedef enum {
  MADO_CENTRAL_ERROR_USAGE,  /* a command line or address nobody understands */
  MADO_CENTRAL_ERROR_FILE,   /* a key, certificate or folder that is missing or no such thing */
  MADO_CENTRAL_ERROR_LISTEN, /* the address is taken or not ours */
  MADO_CENTRAL_ERROR_SETUP,  /* a key or certificate could not be made */
} MadoCentralError;

/** The one place that sets an error of this room; returns %FALSE. */
gboolean mado_central_raise (GError **error, MadoCentralError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
