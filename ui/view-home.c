#include "ui/view-home.h"

#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/base/random.h"
#include "ui/build.h"
#include "ui/button.h"
#include "ui/chip.h"
#include "ui/icon.h"
#include "ui/ornaments.h"
#include "ui/said.h"

static const char *
greeting (gint64 now)
{
  g_autofree char *words = mado_clock_words (now);
  int              hour = atoi (words);

  return hour < 4    ? "こんばんは"
         : hour < 11 ? "おはようございます"
         : hour < 17 ? "こんにちは"
                     : "こんばんは";
}

static GtkWidget *
welcome (gint64 now)
{
  GtkWidget       *texts = mado_column (NULL, 0);
  g_autofree char *date = mado_date_words (now);

  mado_put (texts, mado_tight (mado_text ("h2", greeting (now)), 0.9));
  mado_put (texts, mado_text ("muted lead-small", date));
  return texts;
}

static void
on_begin (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  g_autofree char *application = mado_uuid7 (g_get_real_time () / 1000);

  mado_client_begin (view->client, application);
}

static GtkWidget *
begin_button (MadoView *view)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *words = mado_row ("begin-words", 12);
  GtkWidget *column = mado_column (NULL, 2);
  GtkWidget *below = mado_line ("begin-below", "マイナンバーカードで会員になる");

  mado_put (words, mado_icon_new ("card", 40));
  mado_put (words, mado_tight (mado_line (NULL, "新規登録"), 0.9));
  mado_put (words, mado_key_hint_new ("F2"));
  mado_put (column, mado_align (words, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  mado_put (column, mado_align (below, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  gtk_container_add (GTK_CONTAINER (button),
                     mado_align (column, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  mado_add_classes (button, "primary begin");
  mado_set_name (button, "新規登録");
  g_signal_connect (button, "clicked", G_CALLBACK (on_begin), view);
  return button;
}

static void
put_figure (GtkWidget *row, JsonObject *status, const char *path, const char *words)
{
  GtkWidget       *figure = mado_row ("figure", 5);
  g_autofree char *digits = g_strdup_printf ("%d", mado_said_number (status, path, 0));
  GtkWidget       *label = mado_line ("small", words);

  mado_put (figure, mado_tight (mado_line ("digits", digits), 0.85));
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  mado_put (figure, label);
  gtk_box_set_baseline_position (GTK_BOX (figure), GTK_BASELINE_POSITION_BOTTOM);
  mado_put (row, figure);
}

static GtkWidget *
today (JsonObject *status)
{
  GtkWidget  *panel = mado_column ("panel today", 4);
  GtkWidget  *head = mado_row (NULL, 8);
  GtkWidget  *figures = mado_row (NULL, 14);
  const char *title
      = status != NULL && mado_json_flag (status, "rehearsal") ? "練習の記録" : "きょうの窓口";

  mado_put (head, mado_line ("h3", title));
  mado_put_end (head, mado_line ("micro muted", "この端末"));
  mado_put (panel, head);
  put_figure (figures, status, "today/received", "受付");
  mado_put_air (figures);
  put_figure (figures, status, "today/completed", "登録完了");
  mado_put_air (figures);
  put_figure (figures, status, "today/attention", "確認が必要");
  mado_put (panel, figures);
  return panel;
}

static void
on_refresh (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_refresh (view->client);
}

static GtkWidget *
key_line (const char *words, const char *first, const char *second)
{
  GtkWidget *row = mado_row ("key-line", 8);

  mado_put (row, mado_line ("small muted", words));
  if (second != NULL)
    mado_put_end (row, mado_key_hint_new (second));
  mado_put_end (row, mado_key_hint_new (first));
  return row;
}

/* Keys without a button of their own must be printed somewhere. */
static GtkWidget *
ease_of_reading (void)
{
  GtkWidget *column = mado_column (NULL, 8);

  mado_put (column, key_line ("文字の大きさ", "Ctrl ＋", "Ctrl −"));
  mado_put (column, key_line ("くっきり表示", "Ctrl+Alt+H", NULL));
  return mado_margins (column, 0, 18, 4, 18);
}

static GtkWidget *
left_side (MadoView *view, const MadoMoment *moment)
{
  GtkWidget *side = mado_column ("home-side", 14);

  gtk_widget_set_size_request (side, 388, -1);
  mado_put (side, welcome (moment->now));
  view->main = begin_button (view);
  mado_put (side, view->main);
  mado_put_air (side);
  mado_put (side, ease_of_reading ());
  mado_put (side, today (moment->status));
  return side;
}

/* "10:38" today, "11/19" before. */
static char *
time_words (JsonObject *application, gint64 now)
{
  gint64 seconds;

  if (!mado_clock_parse (mado_said (application, "time"), &seconds))
    return g_strdup ("");
  g_autofree char *day = mado_clock_day (seconds);
  g_autofree char *now_day = mado_clock_day (now);
  if (g_str_equal (day, now_day))
    return mado_clock_words (seconds);
  return g_strdup_printf ("%d/%d", atoi (day + 5), atoi (day + 8));
}

static char *
context_words (JsonObject *application)
{
  const char *municipality = mado_said (application, "municipality");
  const char *receipt = mado_said (application, "receipt");
  GString    *words = g_string_new ("窓口");

  if (*municipality != '\0')
    g_string_append_printf (words, " ・ %s", municipality);
  if (*receipt != '\0')
    g_string_append_printf (words, " ・ 受付番号 %s", receipt);
  if (!mado_json_flag (application, "synced"))
    g_string_append (words, " ・ 送信待ち");
  return g_string_free (words, FALSE);
}

static GtkWidget *
application_row (JsonObject *application, gint64 now)
{
  GtkWidget       *row = mado_row ("queue-row", 14);
  GtkWidget       *texts = mado_column (NULL, 0);
  g_autofree char *time = time_words (application, now);
  g_autofree char *context = context_words (application);
  g_autofree char *name = mado_said_name (application, "name");
  g_autofree char *polite
      = *name != '\0' ? g_strdup_printf ("%s 様", name) : g_strdup ("なまえは ここでは見えません");
  GtkWidget *clock = mado_line ("queue-time", time);

  gtk_label_set_width_chars (GTK_LABEL (clock), 5);
  mado_put (row, clock);
  mado_put (row, mado_icon_new ("desk", 24));
  mado_put (texts,
            mado_tight (mado_text (*name != '\0' ? "queue-name" : "queue-noname", polite), 0.9));
  mado_put (texts, mado_tight (mado_text ("micro muted", context), 0.95));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  mado_put_wide (row, texts);
  mado_put_end (row, mado_chip_new (mado_said (application, "state")));
  return row;
}

static GtkWidget *
empty_list (void)
{
  GtkWidget *column = mado_column (NULL, 12);
  GtkWidget *first = mado_text ("h2", "申請は まだありません");
  GtkWidget *second = mado_text ("muted", "受け付けると、ここに出ます。");

  mado_put (column, mado_bookshelf_new (TRUE));
  mado_put (column, mado_align (first, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  mado_put (column, mado_align (second, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  return mado_align (column, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
}

static GtkWidget *
full_list (JsonArray *applications, gint64 now)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *rows = mado_column ("queue", 0);

  for (guint i = 0; i < json_array_get_length (applications); i++)
    mado_put (rows, application_row (json_array_get_object_element (applications, i), now));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_container_add (GTK_CONTAINER (scrolled), rows);
  mado_set_name (scrolled, "申請の一覧");
  return scrolled;
}

static GtkWidget *
list_head (MadoView *view, guint length)
{
  GtkWidget *head = mado_row ("list-head", 12);
  GtkWidget *refresh = mado_button_new ("quiet compact", "refresh", "新しくする", NULL, "F5");
  g_autofree char *count = g_strdup_printf ("%u件", length);

  mado_put (head, mado_line ("list-title", "申請の一覧"));
  if (length > 0)
    mado_put (head, mado_align (mado_line ("count", count), GTK_ALIGN_START, GTK_ALIGN_CENTER));
  mado_put_end (head, refresh);
  g_signal_connect (refresh, "clicked", G_CALLBACK (on_refresh), view);
  return head;
}

static GtkWidget *
right_side (MadoView *view, const MadoMoment *moment)
{
  GtkWidget *panel = mado_column ("panel list-panel", 0);
  JsonArray *applications = moment->applications != NULL
                                ? mado_json_array (moment->applications, "applications")
                                : NULL;
  guint      length = applications != NULL ? json_array_get_length (applications) : 0;

  mado_put (panel, list_head (view, length));
  mado_put_wide (panel, length > 0 ? full_list (applications, moment->now) : empty_list ());
  return panel;
}

static gboolean
on_key (MadoView *view, const GdkEventKey *event)
{
  if (event->keyval != GDK_KEY_F5)
    return FALSE;
  mado_client_refresh (view->client);
  return TRUE;
}

MadoView *
mado_view_home_new (const MadoMoment *moment)
{
  MadoView *view = mado_view_new ("home", moment);

  view->body = mado_row ("home", 24);
  mado_put (view->body, left_side (view, moment));
  mado_put_wide (view->body, right_side (view, moment));
  view->first = view->main;
  view->is_begin = TRUE;
  view->key = on_key;
  view->is_live = TRUE;
  return view;
}
