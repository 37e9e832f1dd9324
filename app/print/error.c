#include "app/print/error.h"

G_DEFINE_QUARK (mado - print - error - quark, mado_print_error)

gboolean
mado_print_raise (GError **error, MadoPrintError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, MADO_PRINT_ERROR, (int)code, message);
  return FALSE;
}
