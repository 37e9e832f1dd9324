#include "app/central/counters.h"

typedef struct {
  const char *name, *label, *help; /* help: %NULL when the series above has it */
} Series;

static const Series series[MADO_COUNTER_LAST_ENTRY] = {
  [MADO_COUNTER_REQUESTS_2XX]
  = { "madoguchi_requests_total", "{status=\"2xx\"}", "Requests answered." },
  [MADO_COUNTER_REQUESTS_4XX] = { "madoguchi_requests_total", "{status=\"4xx\"}", NULL },
  [MADO_COUNTER_REQUESTS_5XX] = { "madoguchi_requests_total", "{status=\"5xx\"}", NULL },
  [MADO_COUNTER_LINES_STORED]
  = { "madoguchi_lines_total", "{answer=\"stored\"}", "Lines judged, by the answer given." },
  [MADO_COUNTER_LINES_ALREADY] = { "madoguchi_lines_total", "{answer=\"already\"}", NULL },
  [MADO_COUNTER_LINES_FORK] = { "madoguchi_lines_total", "{answer=\"fork\"}", NULL },
  [MADO_COUNTER_LINES_REFUSED] = { "madoguchi_lines_total", "{answer=\"refused\"}", NULL },
  [MADO_COUNTER_ENROLLED] = { "madoguchi_enrolments_total", "", "Certificates issued." },
  [MADO_COUNTER_PASSWORDS_WRONG]
  = { "madoguchi_wrong_passwords_total", "", "One-time passwords that were wrong." },
};

void
mado_counters_add (MadoCounters *counters, MadoCounter counter)
{
  g_atomic_int_inc (&counters->value[counter]);
}

void
mado_counters_note_status (MadoCounters *counters, guint status)
{
  mado_counters_add (counters, status < 400   ? MADO_COUNTER_REQUESTS_2XX
                               : status < 500 ? MADO_COUNTER_REQUESTS_4XX
                                              : MADO_COUNTER_REQUESTS_5XX);
}

void
mado_counters_write (const MadoCounters *counters, GString *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (series); i++) {
    if (series[i].help != NULL)
      g_string_append_printf (text, "# HELP %s %s\n# TYPE %s counter\n", series[i].name,
                              series[i].help, series[i].name);
    g_string_append_printf (text, "%s%s %u\n", series[i].name, series[i].label,
                            (guint)g_atomic_int_get (&counters->value[i]));
  }
}
