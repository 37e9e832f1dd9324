/* app/agent/figures.h - what the store counts for the home screen. */
#pragma once
#include "app/base/clock.h"
#include "app/store/store.h"

#include <json-glib/json-glib.h>

typedef struct {
  guint      received, completed; /* today */
  guint      attention;           /* somebody must look at them */
  guint      waiting;             /* for the centre */
  gint64     epoch;
  gint64     last_sync; /* Unix milliseconds; 0: never */
  JsonArray *alarms;    /* {"code","at","detail"}, oldest first; what nobody has seen yet */
} MadoFigures;

/**
 * mado_figures_count:
 *
 * Reads the whole store; what cannot be read is logged and counts nothing. Blocks: disk worker.
 */
void mado_figures_count (MadoStore *store, MadoClock *clock, MadoFigures *ret_figures);
void mado_figures_clear (MadoFigures *figures);
