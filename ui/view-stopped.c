#include "ui/view-stopped.h"

#include "ui/build.h"
#include "ui/button.h"
#include "ui/failure-notice.h"
#include "ui/icon.h"
#include "ui/parts.h"
#include "ui/pin-dots.h"
#include "ui/said.h"

#include <string.h>

static void
on_retry (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_retry (view->client);
}

static void
on_end (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_cancel (view->client);
}

static const char *
icon_for (MadoFailure failure)
{
  switch (failure) {
  case MADO_FAILURE_PIN_BLOCKED:
  case MADO_FAILURE_LAST_TRY:
  case MADO_FAILURE_MEMORY_UNLOCKABLE:
    return "lock";
  case MADO_FAILURE_SERVICE_DOWN:
  case MADO_FAILURE_NO_READER:
  case MADO_FAILURE_READER_BUSY:
    return "plug";
  case MADO_FAILURE_DISK_FULL:
  case MADO_FAILURE_STORE:
  case MADO_FAILURE_STORE_HELD:
    return "home";
  default:
    return "card";
  }
}

/* Puts the first sentence of @words as the heading; what it goes on to say stands below. */
static void
put_first (GtkWidget *texts, const char *words)
{
  const char      *end = strstr (words, "。");
  const char      *rest = end != NULL ? end + strlen ("。") : words + strlen (words);
  g_autofree char *sentence = g_strndup (words, (gsize)(rest - words));

  mado_put (texts, mado_tight (mado_text ("h1", sentence), 0.95));
  if (*rest != '\0')
    mado_put (texts, mado_text ("lead", rest));
}

static GtkWidget *
heading (const char *icon, const char *first, const char *second)
{
  GtkWidget *row = mado_row (NULL, 22);
  GtkWidget *ground = mado_row ("fact-icon amber", 0);
  GtkWidget *texts = mado_column (NULL, 6);

  gtk_box_set_center_widget (GTK_BOX (ground), mado_icon_new (icon, 42));
  mado_put (row, mado_ornament (mado_align (ground, GTK_ALIGN_START, GTK_ALIGN_START)));
  put_first (texts, first);
  mado_put (texts, mado_text ("lead", second));
  mado_put_wide (row, texts);
  return row;
}

static GtkWidget *
way_on (int number, const char *words)
{
  GtkWidget       *row = mado_row ("way", 16);
  g_autofree char *digit = g_strdup_printf ("%d", number);
  GtkWidget       *circle = mado_line ("way-number", digit);

  gtk_label_set_xalign (GTK_LABEL (circle), 0.5);
  mado_put (row, mado_align (circle, GTK_ALIGN_START, GTK_ALIGN_CENTER));
  mado_put_wide (row, mado_text ("way-words", words));
  return row;
}

static GtkWidget *
ways_on (const MadoWording *wording)
{
  GtkWidget *column = mado_column (NULL, 12);

  mado_put (column, mado_text ("h3", "つぎに できること"));
  for (int i = 0; i < 2 && wording->next[i] != NULL; i++)
    mado_put (column, way_on (i + 1, wording->next[i]));
  return mado_margins (column, 20, 0, 0, 0);
}

static void
fill_staff (GtkWidget *staff, MadoFailure failure)
{
  g_autofree char *number = g_strdup_printf ("MADO-%s", mado_failure_slip (failure));
  GtkWidget       *facts
      = mado_panel_new (mado_terms ("案内の番号", number, "読んだ内容", "のこっていません", NULL));

  mado_put (staff, mado_tight (mado_text ("h2", "いったん止めました"), 0.95));
  mado_add_classes (facts, "facts");
  mado_put (staff, facts);
  mado_put (staff, mado_say_new (mado_wording (failure)->aloud));
}

static void
add_stopped_bar (MadoView *view, gboolean can_retry)
{
  mado_view_add_bar (view);
  if (can_retry) {
    mado_view_add_main (view,
                        mado_button_new ("primary", "refresh", "もう一度 ためす", NULL, "F9"));
    g_signal_connect (view->main, "clicked", G_CALLBACK (on_retry), view);
  } else {
    mado_view_add_main (view, mado_button_new ("primary", NULL, "はじめに もどる", "right", "F9"));
    g_signal_connect (view->main, "clicked", G_CALLBACK (on_end), view);
  }
  view->first = view->main;
}

static MadoView *
stopped (const MadoMoment *moment, MadoFailure failure, gboolean can_retry)
{
  MadoView          *view = mado_view_new ("stopped", moment);
  const MadoWording *wording = mado_wording (failure);
  GtkWidget         *staff, *patron;

  mado_view_add_panes (view, &staff, &patron);
  fill_staff (staff, failure);
  mado_put (patron, mado_margins (heading (icon_for (failure), wording->first, wording->second), 16,
                                  0, 0, 0));
  mado_put (patron, ways_on (wording));
  add_stopped_bar (view, can_retry);
  return view;
}

MadoView *
mado_view_stopped_new (const MadoMoment *moment)
{
  return stopped (moment, mado_failure_in (moment->state),
                  mado_failure_allows (moment->state, "retry"));
}

MadoView *
mado_view_unlockable_new (const MadoMoment *moment)
{
  return stopped (moment, MADO_FAILURE_MEMORY_UNLOCKABLE, FALSE);
}

typedef struct {
  GtkWidget *allow;
} Page;

static void
on_told (GtkToggleButton *tick, Page *page)
{
  gtk_widget_set_sensitive (page->allow, gtk_toggle_button_get_active (tick));
}

static void
on_allow (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  view->allowed = TRUE;
  g_signal_emit_by_name (view->client, "changed");
}

static void
fill_last_try_staff (MadoView *view, GtkWidget *staff, JsonObject *state)
{
  Page            *page = view->own;
  g_autofree char *tries
      = g_strdup_printf ("1回（%d回中）", mado_said_number (state, "tries/max", 5));
  g_autofree char *number = g_strdup_printf ("MADO-%s", mado_failure_slip (MADO_FAILURE_LAST_TRY));
  GtkWidget       *facts = mado_panel_new (
            mado_terms ("のこり回数", tries, "カード", "まだ使えます", "案内の番号", number, NULL));
  GtkWidget *told = mado_tick_new ("「止まると市役所で手続きが必要」と説明した", NULL, "F7");

  mado_add_classes (facts, "facts");
  mado_put (staff, mado_tight (mado_text ("h2", "あと1回の前で止めました"), 0.95));
  mado_put (staff, facts);
  mado_put (staff, mado_say_new (mado_wording (MADO_FAILURE_LAST_TRY)->aloud));
  mado_put_air (staff);
  mado_put (staff, mado_text ("h3", "もう1回だけ入れるとき"));
  mado_put (staff, told);
  page->allow = mado_button_new ("compact", NULL, "もう1回を許可する", NULL, NULL);
  gtk_widget_set_sensitive (page->allow, FALSE);
  mado_put (staff, page->allow);
  g_signal_connect (told, "toggled", G_CALLBACK (on_told), page);
  g_signal_connect (page->allow, "clicked", G_CALLBACK (on_allow), view);
  view->second = told;
}

static GtkWidget *
one_left (JsonObject *state)
{
  GtkWidget *row = mado_row ("one-left", 16);
  int        max = mado_said_number (state, "tries/max", 5);
  GtkWidget *dots = mado_pin_dots_new_tries (1, max);

  mado_put (row, mado_align (dots, GTK_ALIGN_START, GTK_ALIGN_CENTER));
  mado_put_wide (row,
                 mado_text ("one-left-words",
                            "ためせるのは あと 1回。次にちがうと、市役所で手続きが要ります。"));
  return row;
}

MadoView *
mado_view_last_try_new (const MadoMoment *moment)
{
  MadoView          *view = mado_view_new ("last-try", moment);
  const MadoWording *wording = mado_wording (MADO_FAILURE_LAST_TRY);
  GtkWidget         *staff, *patron;

  view->own = g_new0 (Page, 1);
  view->own_free = g_free;
  mado_view_add_panes (view, &staff, &patron);
  fill_last_try_staff (view, staff, moment->state);
  mado_put (patron, mado_margins (heading ("lock", "ここで いったん 止めました",
                                           "カードは、まだ使えます。よくあることです。"),
                                  16, 0, 8, 0));
  mado_put (patron, one_left (moment->state));
  mado_put (patron, mado_text ("h3 after", "きょうは どうしますか"));
  mado_put (patron, way_on (1, wording->next[0]));
  mado_put (patron, way_on (2, "免許証など、ほかの書類で つづけます"));
  mado_view_add_bar (view);
  mado_view_add_main (view, mado_button_new ("primary", NULL, "きょうは やめる", "right", "F9"));
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_end), view);
  view->first = view->main;
  return view;
}
