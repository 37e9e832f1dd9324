#include "ui/appbar.h"

#include "ui/build.h"
#include "ui/ornaments.h"
#include "ui/parts.h"
#include "ui/said.h"

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

static GtkWidget *
light_from (const Light *lights, gsize n, const char *name, const char *state)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (lights[i].state, state))
      return mado_light_new (lights[i].kind, name, lights[i].words);
  return mado_light_new ("off", name, "わかりません");
}

/* Waiting is amber only for lines that could not go: enrolled, yet not sent. */
static GtkWidget *
sync_light (JsonObject *status)
{
  const char      *state = mado_said (status, "sync/state");
  int              waiting = mado_said_number (status, "sync/waiting", 0);
  g_autofree char *last = mado_said_time (status, "sync/last");
  g_autofree char *words = NULL;

  if (g_str_equal (state, "offline"))
    return mado_light_new ("warn", "オフライン", "この端末に保存中");
  if (g_str_equal (state, "not-enrolled"))
    return mado_light_new ("off", "同期", "この端末だけ");
  if (waiting > 0) {
    words = g_strdup_printf ("%d件 送信待ち", waiting);
    return mado_light_new ("warn", "同期", words);
  }
  if (g_str_equal (state, "ok")) {
    words = *last != '\0' ? g_strdup_printf ("%s ずみ", last) : g_strdup ("すみました");
    return mado_light_new ("ok", "同期", words);
  }
  return mado_light_new ("off", "同期", "わかりません");
}

static GtkWidget *
place (JsonObject *status)
{
  GtkWidget       *place = mado_column ("place", 0);
  g_autofree char *branch = mado_branch_words (mado_said (status, "branch"));
  g_autofree char *terminal = g_strdup_printf ("端末 %s", mado_said (status, "terminal"));

  mado_put (place, mado_tight (mado_line (NULL, branch), 0.85));
  mado_put (place, mado_tight (mado_line (NULL, terminal), 0.85));
  return mado_align (place, GTK_ALIGN_START, GTK_ALIGN_CENTER);
}

static GtkWidget *
clock_corner (gint64 now)
{
  GtkWidget       *corner = mado_row ("clock-corner", 12);
  g_autofree char *date = mado_date_words (now);
  g_autofree char *time = mado_clock_words (now);

  mado_put (corner, mado_line ("date", date));
  mado_put (corner, mado_line ("clock", time));
  return mado_align (corner, GTK_ALIGN_END, GTK_ALIGN_CENTER);
}

GtkWidget *
mado_appbar_new (const MadoMoment *moment)
{
  GtkWidget *bar = mado_row ("appbar", 14);

  mado_put (bar, mado_logo_new (40));
  mado_put (bar, mado_line ("brand", "窓口"));
  if (moment->status != NULL)
    mado_put (bar, place (moment->status));
  mado_put_end (bar, clock_corner (moment->now));
  if (moment->status == NULL)
    return bar;
  GtkWidget *lights = mado_row ("lights", 8);
  mado_put (lights, light_from (reader_lights, G_N_ELEMENTS (reader_lights), "読取機",
                                mado_said (moment->status, "reader/state")));
  mado_put (lights, light_from (service_lights, G_N_ELEMENTS (service_lights), "認証サービス",
                                mado_said (moment->status, "auth_service/state")));
  mado_put (lights, sync_light (moment->status));
  mado_put_end (bar, lights);
  return bar;
}
