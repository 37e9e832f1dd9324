#include "ui/view-confirm.h"

#include "app/base/json.h"
#include "app/domain/applicant.h"
#include "app/domain/era.h"
#include "ui/answers.h"
#include "ui/build.h"
#include "ui/button.h"
#include "ui/failure-notice.h"
#include "ui/parts.h"
#include "ui/said.h"
#include "ui/style.h"

typedef struct {
  GtkWidget *apply, *remark;
} Page;

static void
on_apply (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_confirm (view->client);
}

static void
on_correct (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_back (view->client);
}

static void
on_tick (GtkToggleButton *tick, MadoView *view)
{
  Page    *page = view->own;
  gboolean spoken = gtk_toggle_button_get_active (tick);

  mado_view_hand_over (spoken ? view->main : page->apply, spoken ? page->apply : view->main);
  gtk_widget_set_visible (page->remark, !spoken);
}

static void
put_line (GtkWidget *lines, const char *term, const char *fact, const char *beside)
{
  GtkWidget *row = mado_row ("row-line", 16);
  GtkWidget *name = mado_line ("term", term);
  GtkWidget *text = mado_tight (mado_text ("fact", fact), 0.92);

  gtk_widget_set_size_request (name, mado_style_scaled (134), -1);
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_margin_top (name, 3);
  mado_put (row, name);
  if (beside == NULL)
    mado_put_wide (row, text);
  else {
    mado_put (row, text);
    mado_put (row, mado_align (mado_text ("term", beside), GTK_ALIGN_START, GTK_ALIGN_CENTER));
  }
  mado_put (lines, row);
}

static const char *
or_none (const char *text)
{
  return *text != '\0' ? text : "なし";
}

static void
put_lines (GtkWidget *patron, JsonObject *state)
{
  GtkWidget       *lines = mado_column (NULL, 0);
  JsonObject      *person = mado_json_object (state, "person");
  JsonObject      *contact = mado_json_object (state, "contact");
  g_autofree char *name = mado_said_name (person, "name");
  g_autofree char *kana = mado_said_name (contact, "kana");
  g_autofree char *birth = mado_era_birth_text (mado_said (person, "birth_date"));
  g_autofree char *phone = mado_applicant_phone_text (mado_said (contact, "phone"));
  g_autofree char *postcode = mado_applicant_postcode_text (mado_said (contact, "postcode"));
  g_autofree char *branch = mado_branch_words (mado_said (contact, "branch"));

  put_line (lines, "なまえ", name, kana);
  put_line (lines, "生年月日", birth != NULL ? birth : mado_said (person, "birth_date"), NULL);
  put_line (lines, "住所", mado_said (person, "address"), *postcode != '\0' ? postcode : NULL);
  put_line (lines, "電話", or_none (phone), NULL);
  put_line (lines, "メール", or_none (mado_said (contact, "email")), NULL);
  put_line (lines, "よく使う館", branch, NULL);
  mado_put (patron, lines);
}

static void
fill_patron (MadoView *view, GtkWidget *patron, JsonObject *state)
{
  Page      *page = view->own;
  GtkWidget *buttons = mado_row (NULL, 16);
  GtkWidget *correct = mado_button_new (NULL, "pen", "なおす", NULL, NULL);
  GtkWidget *failure = mado_failure_notice_new (state);

  mado_put (patron, mado_tight (mado_text ("h1", "この内容で よろしいですか"), 0.95));
  put_lines (patron, state);
  mado_put_air (patron);
  mado_put (patron, failure != NULL ? failure
                                    : mado_notice_new ("large", "card",
                                                       "カードは 置いたままにしてください。"
                                                       "「申請する」で電子署名をします。"));
  page->apply = mado_button_new ("primary", NULL, "この内容で 申請する", "right", NULL);
  gtk_widget_set_can_focus (page->apply, FALSE); /* the patron's, outside the staff's Tab ring */
  gtk_widget_set_can_focus (correct, FALSE);
  g_signal_connect (page->apply, "clicked", G_CALLBACK (on_apply), view);
  g_signal_connect (correct, "clicked", G_CALLBACK (on_correct), view);
  mado_put (buttons, correct);
  mado_put_end (buttons, page->apply);
  mado_view_add_foot (view, buttons);
}

static void
fill_staff (MadoView *view, GtkWidget *staff, JsonObject *state)
{
  GtkWidget *tick
      = mado_tick_new ("口頭で確かめてもらった", "お客さまが画面を押せないときに", "F7");

  mado_put (staff, mado_tight (mado_text ("h2", "お客さまが確かめています"), 0.95));
  mado_put (staff, mado_answers_new (state, FALSE));
  mado_put (staff, mado_say_new ("「まちがいがなければ『申請する』を押してください。"
                                 "カードはそのままで。」"));
  mado_put_air (staff);
  g_signal_connect (tick, "toggled", G_CALLBACK (on_tick), view);
  mado_put (staff, tick);
  view->second = tick;
}

MadoView *
mado_view_confirm_new (const MadoMoment *moment)
{
  MadoView   *view = mado_view_new ("confirm", moment);
  Page       *page = g_new0 (Page, 1);
  GtkWidget  *staff, *patron;
  const char *words
      = mado_json_flag (moment->state, "provisional") ? "仮登録で受付する" : "受付する";

  view->own = page;
  view->own_free = g_free;
  mado_view_add_panes (view, &staff, &patron);
  fill_staff (view, staff, moment->state);
  fill_patron (view, patron, moment->state);
  mado_view_add_bar (view);
  mado_view_add_back (view);
  mado_view_add_main (view, mado_button_new (NULL, NULL, words, NULL, "F9"));
  gtk_widget_set_sensitive (view->main, FALSE);
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_apply), view);
  page->remark = mado_view_add_remark (view, NULL, "お客さまの「申請する」を待っています");
  view->first = view->second;
  return view;
}
