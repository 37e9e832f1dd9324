#include "app/base/error.h"

G_DEFINE_QUARK (mado - base - error - quark, mado_base_error)

gboolean
mado_base_raise (GError **error, MadoBaseError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_BASE_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
