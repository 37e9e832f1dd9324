#include "app/base/locale.h"

#include <glib.h>
#include <locale.h>

void
mado_locale_init (void)
{
  setlocale (LC_ALL, "");
  if (!g_get_charset (NULL))
    setlocale (LC_CTYPE, "C.UTF-8");
}
