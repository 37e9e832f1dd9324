#include "app/domain/error.h"

G_DEFINE_QUARK (mado - domain - error - quark, mado_domain_error)

gboolean
mado_domain_raise (GError **error, MadoDomainError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_DOMAIN_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
