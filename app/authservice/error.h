/* app/authservice/error.h - what keeps the public authentication service from being set up. */
#pragma once
#include <glib.h>

#define MADO_AUTH_ERROR (mado_auth_error_quark ())
GQuark mado_auth_error_quark (void);

typedef enum {
  MADO_AUTH_ERROR_DRIVER,  /* a driver nobody knows, or one not built in */
  MADO_AUTH_ERROR_SOURCE,  /* no URL or path for the driver, or one it does not take */
  MADO_AUTH_ERROR_ANCHORS, /* a folder of anchors that cannot be read or holds none */
} MadoAuthError;

/** The one place that sets an error of this room; returns %FALSE. */
gboolean mado_auth_raise (GError **error, MadoAuthError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
