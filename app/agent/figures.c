#include "app/agent/figures.h"

#include "app/base/json.h"
#include "app/base/log.h"

static gboolean
is_one_of (const char *state, const char *const *states)
{
  return g_strv_contains (states, state);
}

static void
count_row (MadoFigures *figures, const MadoStoreRow *row, const char *today)
{
  static const char *const completed[] = { "accepted", "numbered", "completed", NULL };
  static const char *const attention[] = { "provisional", "returned", NULL };
  g_autofree char         *day = mado_clock_day (row->time / 1000);

  if (is_one_of (row->state, attention) || g_str_equal (row->sync, "quarantined"))
    figures->attention++;
  if (!g_str_equal (day, today))
    return;
  figures->received++;
  if (is_one_of (row->state, completed))
    figures->completed++;
}

static void
count_rows (MadoFigures *figures, MadoStore *store, MadoClock *clock)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = mado_store_list (store, &error);
  g_autofree char *today = mado_clock_day (mado_clock_now (clock));

  if (rows == NULL)
    mado_log (G_LOG_LEVEL_WARNING, "the store cannot be counted", "CAUSE", error->message, NULL);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    count_row (figures, g_ptr_array_index (rows, i), today);
}

static void
count_place (MadoFigures *figures, MadoStore *store)
{
  MadoStorePlace *place = mado_store_place (store, NULL);

  figures->waiting = mado_store_waiting (store);
  if (place == NULL)
    return;
  figures->epoch = place->epoch;
  figures->last_sync = place->last_sync;
  mado_store_place_free (place);
}

static void
add_alarm (JsonArray *array, const MadoStoreAlarm *alarm)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *at = mado_clock_format (alarm->at / 1000);

  json_object_set_string_member (object, "code", alarm->code);
  json_object_set_string_member (object, "at", at);
  mado_json_set_string (object, "detail", alarm->detail);
  json_array_add_object_element (array, object);
}

static void
take_alarms (MadoFigures *figures, MadoStore *store)
{
  g_autoptr (GPtrArray) alarms = mado_store_alarms (store, NULL);

  figures->alarms = json_array_new ();
  for (guint i = 0; alarms != NULL && i < alarms->len; i++)
    add_alarm (figures->alarms, g_ptr_array_index (alarms, i));
}

void
mado_figures_count (MadoStore *store, MadoClock *clock, MadoFigures *ret_figures)
{
  *ret_figures = (MadoFigures){ 0 };
  count_rows (ret_figures, store, clock);
  count_place (ret_figures, store);
  take_alarms (ret_figures, store);
}

void
mado_figures_clear (MadoFigures *figures)
{
  g_clear_pointer (&figures->alarms, json_array_unref);
}
