#include "certs/reasons.h"

gboolean
mado_reasons_add (GString *reasons, const char *format, ...)
{
  va_list args;

  if (reasons->len > 0)
    g_string_append (reasons, "; ");
  va_start (args, format);
  g_string_append_vprintf (reasons, format, args);
  va_end (args);
  return FALSE;
}

char *
mado_reasons_text (const GString *reasons)
{
  return reasons->len > 0 ? g_strndup (reasons->str, reasons->len) : NULL;
}
