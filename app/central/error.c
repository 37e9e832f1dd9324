#include "app/central/error.h"

G_DEFINE_QUARK (mado - central - error - quark, mado_central_error)

gboolean
mado_central_raise (GError **error, MadoCentralError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_CENTRAL_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
