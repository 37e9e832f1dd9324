#include "certs/error.h"

G_DEFINE_QUARK (mado - certs - error - quark, mado_certs_error)

gboolean
mado_certs_raise (GError **error, MadoCertsError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_CERTS_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
