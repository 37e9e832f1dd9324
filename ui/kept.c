#include "ui/kept.h"

static void
forget (MadoKept *kept)
{
  g_clear_pointer (&kept->application, g_free);
  g_clear_pointer (&kept->typed, json_object_unref);
}

void
mado_kept_take (MadoKept *kept, const char *application, JsonObject *typed)
{
  forget (kept);
  kept->application = g_strdup (application);
  kept->typed = typed;
}

JsonObject *
mado_kept_for (const MadoKept *kept, const char *application)
{
  return *application != '\0' && g_strcmp0 (kept->application, application) == 0 ? kept->typed
                                                                                 : NULL;
}

void
mado_kept_only (MadoKept *kept, const char *application)
{
  if (mado_kept_for (kept, application) == NULL)
    forget (kept);
}
