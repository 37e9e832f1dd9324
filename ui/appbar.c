#include "ui/appbar.h"

#include "ui/build.h"
#include "ui/light.h"
#include "ui/ornaments.h"
#include "ui/said.h"

typedef struct {
  GtkWidget *place, *branch, *terminal;
  GtkWidget *lights, *reader, *service, *sync;
  GtkWidget *date, *time;
} Bar;

typedef struct {
  const char *state, *kind, *words;
} Light;

static const Light reader_lights[] = {
  { "ready", "ok", "使えます" },
  { "card", "ok", "カードがあります" },
  { "absent", "off", "ありません" },
  { "service-down", "warn", "準備できていません" },
};

static const Light service_lights[] = {
  { "reachable", "ok", "つながっています" },
  { "unreachable", "off", "つながっていません" },
  { "not-checked", "off", "調べていません" },
};

static void
set_from (GtkWidget *light, const Light *lights, gsize n, const char *name, const char *state)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (lights[i].state, state)) {
      mado_light_set (light, lights[i].kind, name, lights[i].words);
      return;
    }
  mado_light_set (light, "off", name, "わかりません");
}

/* Waiting is amber only for lines that could not go: enrolled, yet not sent. */
static void
set_sync (GtkWidget *light, JsonObject *status)
{
  const char      *state = mado_said (status, "sync/state");
  int              waiting = mado_said_number (status, "sync/waiting", 0);
  g_autofree char *last = mado_said_time (status, "sync/last");
  g_autofree char *sent
      = *last != '\0' ? g_strdup_printf ("%s ずみ", last) : g_strdup ("すみました");
  g_autofree char *left = g_strdup_printf ("%d件 送信待ち", waiting);

  if (g_str_equal (state, "offline"))
    mado_light_set (light, "warn", "オフライン", "この端末に保存中");
  else if (g_str_equal (state, "not-enrolled"))
    mado_light_set (light, "off", "同期", "この端末だけ");
  else if (waiting > 0)
    mado_light_set (light, "warn", "同期", left);
  else if (g_str_equal (state, "ok"))
    mado_light_set (light, "ok", "同期", sent);
  else
    mado_light_set (light, "off", "同期", "わかりません");
}

static GtkWidget *
place_new (Bar *bar)
{
  GtkWidget *place = mado_column ("place", 0);

  bar->branch = mado_tight (mado_line (NULL, ""), 0.85);
  bar->terminal = mado_tight (mado_line (NULL, ""), 0.85);
  mado_put (place, bar->branch);
  mado_put (place, bar->terminal);
  return mado_align (place, GTK_ALIGN_START, GTK_ALIGN_CENTER);
}

static GtkWidget *
clock_corner_new (Bar *bar)
{
  GtkWidget *corner = mado_row ("clock-corner", 12);

  bar->date = mado_line ("date", "");
  bar->time = mado_line ("clock", "");
  mado_put (corner, bar->date);
  mado_put (corner, bar->time);
  return mado_align (corner, GTK_ALIGN_END, GTK_ALIGN_CENTER);
}

static GtkWidget *
lights_new (Bar *bar)
{
  GtkWidget *row = mado_row ("lights", 8);

  bar->reader = mado_light_new ();
  bar->service = mado_light_new ();
  bar->sync = mado_light_new ();
  mado_put (row, bar->reader);
  mado_put (row, bar->service);
  mado_put (row, bar->sync);
  return row;
}

GtkWidget *
mado_appbar_new (void)
{
  GtkWidget *row = mado_row ("appbar", 14);
  Bar       *bar = g_new0 (Bar, 1);

  g_object_set_data_full (G_OBJECT (row), "bar", bar, g_free);
  bar->place = place_new (bar);
  bar->lights = lights_new (bar);
  mado_put (row, mado_logo_new (40));
  mado_put (row, mado_line ("brand", "窓口"));
  mado_put (row, bar->place);
  mado_put_end (row, clock_corner_new (bar));
  mado_put_end (row, bar->lights);
  gtk_widget_show_all (row);
  return row;
}

static void
draw_status (Bar *bar, JsonObject *status)
{
  g_autofree char *branch = mado_branch_words (mado_said (status, "branch"));
  g_autofree char *terminal = g_strdup_printf ("端末 %s", mado_said (status, "terminal"));

  gtk_label_set_text (GTK_LABEL (bar->branch), branch);
  gtk_label_set_text (GTK_LABEL (bar->terminal), terminal);
  set_from (bar->reader, reader_lights, G_N_ELEMENTS (reader_lights), "読取機",
            mado_said (status, "reader/state"));
  set_from (bar->service, service_lights, G_N_ELEMENTS (service_lights), "認証サービス",
            mado_said (status, "auth_service/state"));
  set_sync (bar->sync, status);
}

void
mado_appbar_draw (GtkWidget *appbar, const MadoMoment *moment)
{
  Bar             *bar = g_object_get_data (G_OBJECT (appbar), "bar");
  g_autofree char *date = mado_date_words (moment->now);
  g_autofree char *time = mado_clock_words (moment->now);

  gtk_label_set_text (GTK_LABEL (bar->date), date);
  gtk_label_set_text (GTK_LABEL (bar->time), time);
  if (moment->status != NULL)
    draw_status (bar, moment->status);
  gtk_widget_set_visible (bar->place, moment->status != NULL);
  gtk_widget_set_visible (bar->lights, moment->status != NULL);
}
