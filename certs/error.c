#include "certs/error.h"

GQuark
mado_certs_error_quark (void)
{
  return g_quark_from_static_string ("mado-certs-error-quark");
}

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
