#include "app/agent/error.h"

G_DEFINE_QUARK (mado - agent - error - quark, mado_agent_error)

gboolean
mado_agent_raise (GError **error, MadoFailure failure, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (MADO_AGENT_ERROR, (int)failure, format, args);
  va_end (args);
  return FALSE;
}
