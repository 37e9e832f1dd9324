#include "app/store/error.h"

G_DEFINE_QUARK (mado - store - error - quark, mado_store_error)

gboolean
mado_store_raise (GError **error, MadoStoreError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_STORE_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
