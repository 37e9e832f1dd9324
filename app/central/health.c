#include "app/central/health.h"

#include "app/base/json.h"

#include <string.h>

static MadoReply *
status_reply (const char *word)
{
  g_autofree char *text = g_strdup_printf ("{\"status\":\"%s\"}", word);

  return mado_reply_json (200, g_bytes_new (text, strlen (text)));
}

MadoReply *
mado_health_alive (const MadoExchange *exchange G_GNUC_UNUSED)
{
  return status_reply ("alive");
}

MadoReply *
mado_health_ready (const MadoExchange *exchange)
{
  g_autoptr (GError) fault = NULL;
  gint64 epoch;

  if (!mado_centre_epoch (exchange->house->centre, &epoch, &fault))
    return mado_reply_fault (503, "store", "the store does not answer");
  return status_reply ("ready");
}

static void
write_gauge (GString *text, const char *name, const char *help, gint64 value)
{
  g_string_append_printf (text, "# HELP %s %s\n# TYPE %s gauge\n%s %" G_GINT64_FORMAT "\n", name,
                          help, name, name, value);
}

static void
write_states (GString *text, JsonObject *lines)
{
  JsonObjectIter iter;
  const char    *state;
  JsonNode      *node;

  g_string_append (text, "# HELP madoguchi_applications Applications, by state.\n"
                         "# TYPE madoguchi_applications gauge\n");
  json_object_iter_init (&iter, lines);
  while (json_object_iter_next (&iter, &state, &node))
    g_string_append_printf (text, "madoguchi_applications{state=\"%s\"} %" G_GINT64_FORMAT "\n",
                            state, json_node_get_int (node));
}

static void
write_counts (GString *text, JsonObject *counts)
{
  static const struct {
    const char *member, *name, *help;
  } gauges[] = {
    { "journal", "madoguchi_journal_place", "Newest place of the centre's journal." },
    { "aside", "madoguchi_aside", "Lines put aside for a person to look at." },
    { "alarms", "madoguchi_alarms", "Alarms nobody has seen yet." },
    { "terminals", "madoguchi_terminals", "Terminals that are not revoked." },
  };
  JsonObject *lines = mado_json_object (counts, "lines");
  gint64      value;

  if (lines != NULL)
    write_states (text, lines);
  for (gsize i = 0; i < G_N_ELEMENTS (gauges); i++)
    if (mado_json_integer (counts, gauges[i].member, &value))
      write_gauge (text, gauges[i].name, gauges[i].help, value);
}

MadoReply *
mado_health_metrics (const MadoExchange *exchange)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonObject) counts = mado_centre_counts (exchange->house->centre, NULL);

  write_gauge (text, "madoguchi_up", "Whether the store answers.", counts != NULL);
  if (counts != NULL)
    write_counts (text, counts);
  mado_counters_write (&exchange->house->counters, text);
  return mado_reply_new ("text/plain; version=0.0.4; charset=utf-8",
                         g_string_free_to_bytes (g_steal_pointer (&text)));
}
