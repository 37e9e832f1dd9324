/* app/print/error.h - what can go wrong between a code and its picture. */
#pragma once
#include <glib.h>

#define MADO_PRINT_ERROR (mado_print_error_quark ())
GQuark mado_print_error_quark (void);

typedef enum {
  MADO_PRINT_ERROR_TEXT, /* empty, not UTF-8, or longer than a QR code can hold */
  MADO_PRINT_ERROR_FILE, /* the picture cannot be written; the message says why */
} MadoPrintError;

/** The one place that sets an error of this room; always %FALSE. */
gboolean mado_print_raise (GError **error, MadoPrintError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
