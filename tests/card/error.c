#include "tests/card/error.h"

G_DEFINE_QUARK (mado - sim - error - quark, mado_sim_error)

gboolean
mado_sim_raise (GError **error, MadoSimError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_SIM_ERROR, (int)code, format, args);
  va_end (args);
  return FALSE;
}
