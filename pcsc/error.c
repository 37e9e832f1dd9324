#include "pcsc/error.h"

G_DEFINE_QUARK (mado - pcsc - error - quark, mado_pcsc_error)

gboolean
mado_pcsc_raise (GError **error, MadoPcscError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_PCSC_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
