/* app/base/error.h - what can go wrong on the ground floor. */
#pragma once
#include <glib.h>

#define MADO_BASE_ERROR (mado_base_error_quark ())
GQuark mado_base_error_quark (void);

typedef enum {
  MADO_BASE_ERROR_UNLOCKABLE, /* no page could be locked in memory: no secret is taken */
  MADO_BASE_ERROR_TOO_LONG,   /* more octets than the secret has room for */
  MADO_BASE_ERROR_TRUNCATED,  /* octets end before the structure does */
  MADO_BASE_ERROR_MALFORMED,  /* octets or text that are not what they should be */
  MADO_BASE_ERROR_IO,         /* a read or write failed; the message holds errno's text */
} MadoBaseError;

/**
 * mado_base_raise:
 *
 * The one place that sets an error of this room.
 *
 * Returns: %FALSE, so that a caller can return it
 */
gboolean mado_base_raise (GError **error, MadoBaseError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
