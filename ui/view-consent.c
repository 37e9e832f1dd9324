#include "ui/view-consent.h"

#include "app/domain/consent.h"
#include "ui/build.h"
#include "ui/button.h"
#include "ui/icon.h"
#include "ui/parts.h"

typedef struct {
  GtkWidget *agree; /* the patron's own button */
  GtkWidget *spoken, *remark, *stack, *full_words;
} Page;

static GtkWidget *
point (const char *icon, const char *heading, const char *text)
{
  GtkWidget *row = mado_row (NULL, 20);
  GtkWidget *ground = mado_row ("fact-icon", 0);
  GtkWidget *texts = mado_column (NULL, 0);

  gtk_box_set_center_widget (GTK_BOX (ground), mado_icon_new (icon, 42));
  mado_put (row, mado_ornament (mado_align (ground, GTK_ALIGN_START, GTK_ALIGN_CENTER)));
  mado_put (texts, mado_tight (mado_text ("h2", heading), 0.95));
  mado_put (texts, mado_text ("lead", text));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  mado_put_wide (row, texts);
  return row;
}

static GtkWidget *
points (void)
{
  GtkWidget *column = mado_column (NULL, 12);

  mado_put (column,
            point ("card", "使うのは 3つだけ", "なまえ・住所・生年月日を、カードから読みます。"));
  mado_put (column, point ("eyeoff", "マイナンバー（12けた）は読みません",
                           "性別と顔写真も、のこしません。"));
  mado_put (column,
            point ("bin", "手続きが終わったら消します", "消してほしいときは、いつでも窓口へ。"));
  return mado_align (column, GTK_ALIGN_FILL, GTK_ALIGN_CENTER);
}

static GtkWidget *
full_text (void)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);
  GtkWidget *text = mado_text ("full-text", mado_consent_current ()->text);

  mado_add_classes (scrolled, "full-text-frame");
  gtk_label_set_yalign (GTK_LABEL (text), 0);
  gtk_container_add (GTK_CONTAINER (scrolled), text);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  mado_set_name (scrolled, "利用登録の説明　全文");
  return scrolled;
}

static void
on_full (GtkToggleButton *button, Page *page)
{
  gboolean    full = gtk_toggle_button_get_active (button);
  const char *words = full ? "3つの要点に もどる" : "全文を読む";

  gtk_stack_set_visible_child_name (GTK_STACK (page->stack), full ? "full" : "points");
  gtk_label_set_text (GTK_LABEL (page->full_words), words);
  mado_set_name (GTK_WIDGET (button), words);
}

static void
on_agree (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_consent (view->client, mado_consent_current ()->version, FALSE);
}

static void
on_spoken (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_consent (view->client, mado_consent_current ()->version, TRUE);
}

/* One side is live at a time: ticking hands the page to the staff. */
static void
on_tick (GtkToggleButton *tick, MadoView *view)
{
  Page    *page = view->own;
  gboolean spoken = gtk_toggle_button_get_active (tick);

  mado_view_hand_over (spoken ? view->main : page->agree, spoken ? page->agree : view->main);
  gtk_widget_set_visible (page->remark, !spoken);
}

static GtkWidget *
full_toggle (Page *page)
{
  GtkWidget *toggle = gtk_toggle_button_new ();
  GtkWidget *row = mado_row (NULL, 10);

  mado_put (row, mado_icon_new ("book", 24));
  page->full_words = mado_line (NULL, "全文を読む");
  mado_put (row, page->full_words);
  gtk_container_add (GTK_CONTAINER (toggle), row);
  mado_add_classes (toggle, "quiet compact");
  mado_set_name (toggle, "全文を読む");
  gtk_widget_set_focus_on_click (toggle, FALSE);
  g_signal_connect (toggle, "toggled", G_CALLBACK (on_full), page);
  return toggle;
}

static void
fill_patron (MadoView *view, GtkWidget *patron)
{
  Page      *page = view->own;
  GtkWidget *about = mado_row (NULL, 8);
  GtkWidget *buttons = mado_row (NULL, 16);

  page->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (page->stack), FALSE);
  mado_put (patron, mado_tight (mado_text ("h1", "図書館カードを つくります"), 0.95));
  gtk_stack_add_named (GTK_STACK (page->stack), points (), "points");
  gtk_stack_add_named (GTK_STACK (page->stack), full_text (), "full");
  mado_put_wide (patron, page->stack);
  mado_put (about, full_toggle (page));
  mado_put (about,
            mado_textf ("small muted", "利用登録の説明　%s 版", mado_consent_current ()->version));
  mado_put (patron, about);
  page->agree = mado_button_new ("primary", NULL, "同意して すすむ", "right", NULL);
  gtk_widget_set_can_focus (page->agree, FALSE); /* the patron's, outside the staff's Tab ring */
  g_signal_connect (page->agree, "clicked", G_CALLBACK (on_agree), view);
  mado_put_end (buttons, page->agree);
  mado_view_add_foot (view, buttons);
}

static void
fill_staff (MadoView *view, GtkWidget *staff)
{
  Page      *page = view->own;
  GtkWidget *facts = mado_panel_new (mado_terms (
      "文書", "利用登録の説明", "版", mado_consent_current ()->version, "同意", "まだです", NULL));

  mado_add_classes (facts, "facts");
  mado_put (staff, mado_tight (mado_text ("h2", "お客さまが説明を読んでいます"), 0.95));
  mado_put (staff, mado_say_new ("「カードから使うのは 3つだけです。12けたの番号は読みません。」"));
  mado_put (staff, facts);
  mado_put_air (staff);
  page->spoken = mado_tick_new ("口頭で同意をもらった", "読み上げて説明したときに使います", "F7");
  g_signal_connect (page->spoken, "toggled", G_CALLBACK (on_tick), view);
  view->second = page->spoken;
  mado_put (staff, page->spoken);
}

MadoView *
mado_view_consent_new (const MadoMoment *moment)
{
  MadoView  *view = mado_view_new ("consent", moment);
  Page      *page = g_new0 (Page, 1);
  GtkWidget *staff, *patron;

  view->own = page;
  view->own_free = g_free;
  mado_view_add_panes (view, &staff, &patron);
  fill_staff (view, staff);
  fill_patron (view, patron);
  mado_view_add_bar (view);
  mado_view_add_main (view, mado_button_new (NULL, NULL, "口頭の同意ですすむ", NULL, "F9"));
  gtk_widget_set_sensitive (view->main, FALSE);
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_spoken), view);
  page->remark = mado_view_add_remark (view, NULL, "お客さまの「同意して すすむ」を待っています");
  view->first = page->spoken;
  return view;
}
