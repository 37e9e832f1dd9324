#include "app/authservice/error.h"

G_DEFINE_QUARK (mado - auth - error - quark, mado_auth_error)

gboolean
mado_auth_raise (GError **error, MadoAuthError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_AUTH_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
