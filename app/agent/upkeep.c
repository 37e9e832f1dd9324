#include "app/agent/upkeep.h"

#include "app/base/log.h"

struct _MadoUpkeep {
  MadoOffice *office;
  guint       timer;
  gboolean    pending; /* the disk worker has it */
};

static void
tidy_work (gpointer data)
{
  MadoUpkeep *upkeep = data;
  g_autoptr (GError) error = NULL;

  if (!mado_store_tidy (upkeep->office->store, &error))
    mado_log (G_LOG_LEVEL_WARNING, "the store's log stays long", "CAUSE", error->message, NULL);
}

static void
on_tidied (gpointer data)
{
  MadoUpkeep *upkeep = data;

  upkeep->pending = FALSE;
}

static gboolean
on_timer (gpointer data)
{
  MadoUpkeep *upkeep = data;

  if (!upkeep->pending)
    mado_worker_push (upkeep->office->disk, tidy_work, on_tidied, upkeep);
  upkeep->pending = TRUE;
  return G_SOURCE_CONTINUE;
}

MadoUpkeep *
mado_upkeep_new (MadoOffice *office, guint every_ms)
{
  MadoUpkeep *upkeep = g_new0 (MadoUpkeep, 1);

  upkeep->office = office;
  upkeep->timer = g_timeout_add (every_ms, on_timer, upkeep);
  return upkeep;
}

void
mado_upkeep_free (MadoUpkeep *upkeep)
{
  if (upkeep == NULL)
    return;
  g_source_remove (upkeep->timer);
  g_free (upkeep);
}
