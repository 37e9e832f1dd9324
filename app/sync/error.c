#include "app/sync/error.h"

G_DEFINE_QUARK (mado - sync - error - quark, mado_sync_error)

gboolean
mado_sync_raise (GError **error, MadoSyncError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_SYNC_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
