/* app/central/counters.h - what the server has done since its start, for the metrics. */
#pragma once
#include <glib.h>

typedef enum {
  MADO_COUNTER_REQUESTS_2XX,
  MADO_COUNTER_REQUESTS_4XX,
  MADO_COUNTER_REQUESTS_5XX,
  MADO_COUNTER_LINES_STORED,
  MADO_COUNTER_LINES_ALREADY,
  MADO_COUNTER_LINES_FORK,
  MADO_COUNTER_LINES_REFUSED,
  MADO_COUNTER_ENROLLED,
  MADO_COUNTER_PASSWORDS_WRONG,
  MADO_COUNTER_LAST_ENTRY,
} MadoCounter;

/* Counted from several threads, read without a lock. */
typedef struct {
  guint value[MADO_COUNTER_LAST_ENTRY];
} MadoCounters;

void mado_counters_add (MadoCounters *counters, MadoCounter counter);

/** One request answered with @status. */
void mado_counters_note_status (MadoCounters *counters, guint status);

/** Appends them in Prometheus' text form, with help and type. */
void mado_counters_write (const MadoCounters *counters, GString *text);
