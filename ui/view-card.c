#include "ui/view-card.h"

#include "ui/build.h"
#include "ui/button.h"
#include "ui/card-scene.h"
#include "ui/failure-notice.h"
#include "ui/parts.h"
#include "ui/said.h"
#include "ui/style.h"

typedef struct {
  const char   *state;
  MadoCardScene scene;
  const char   *staff_heading, *aloud;
  const char   *heading, *lead, *note;
} Phase;

static const Phase phases[] = {
  { "card", MADO_CARD_SCENE_PLACE, "カードを待っています",
    "「カードを読取機の上に置いて、終わるまで そのままにしてください。」",
    "カードを\n置いてください",
    "マイナンバーカードを、\n光っている台の上に。\n表でも裏でも読めます。",
    "終わるまで そのままで。\n5秒くらいで読めます。" },
  { "reading", MADO_CARD_SCENE_REST, "カードを見ています", "「そのまま お待ちください。」",
    "カードを\n見ています", "すぐに 終わります。", "カードは 置いたままで\nお願いします。" },
  { "checking", MADO_CARD_SCENE_REST, "カードを確かめています",
    "「確かめています。10秒くらい お待ちください。」", "カードを\n確かめています",
    "なまえと住所を読んで、\nカードがいまも使えるか\n問い合わせています。",
    "外への問い合わせは 1回です。\nカードは 置いたままで。" },
  { "signing", MADO_CARD_SCENE_REST, "電子署名をつけています",
    "「カードは そのままで お願いします。」", "電子署名を\nしています",
    "申請の内容に、カードで\n署名をつけています。", "終わるまで カードを\n取らないでください。" },
};

static const Phase *
phase_of (JsonObject *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (phases); i++)
    if (g_str_equal (phases[i].state, mado_said (state, "state")))
      return &phases[i];
  return &phases[0];
}

static const char *
reader_words (JsonObject *status)
{
  const char *state = mado_said (status, "reader/state");

  if (g_str_equal (state, "absent"))
    return "見つかりません";
  if (g_str_equal (state, "service-down"))
    return "準備できていません";
  return "使えます";
}

static const char *
card_words (const MadoMoment *moment)
{
  static const struct {
    const char *kind, *words;
  } kinds[] = {
    { "my-number-card", "マイナンバーカード" },
    { "juki-card", "住基カード（使えません）" },
    { "android-phone", "スマートフォン" },
    { "iphone", "スマートフォン" },
    { "unknown", "べつのカード" },
  };
  const char *kind = mado_said (moment->state, "kind");

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, kind))
      return kinds[i].words;
  return "置かれていません";
}

static void
fill_staff (GtkWidget *staff, const MadoMoment *moment, const Phase *phase)
{
  MadoFailure failure = mado_failure_in (moment->state);
  GtkWidget  *facts = mado_panel_new (
       mado_terms ("読取機", reader_words (moment->status), "カード", card_words (moment), NULL));

  mado_add_classes (facts, "facts");
  mado_put (staff, mado_tight (mado_text ("h2", phase->staff_heading), 0.95));
  mado_put (staff, facts);
  mado_put (staff, mado_say_new (failure != MADO_FAILURE_NONE ? mado_wording (failure)->aloud
                                                              : phase->aloud));
  mado_put_air (staff);
  if (failure != MADO_FAILURE_NONE)
    mado_put (staff, mado_failure_facts_new (moment->state));
}

static GtkWidget *
words (JsonObject *state, const Phase *phase)
{
  GtkWidget *column = mado_column (NULL, 18);
  GtkWidget *failure = mado_failure_notice_new (state);

  mado_put (column, mado_tight (mado_text ("display", phase->heading), 0.9));
  mado_put (column, mado_text ("lead-large", phase->lead));
  mado_put (column, failure != NULL ? failure : mado_notice_new ("large", "info", phase->note));
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  return column;
}

static void
fill_patron (GtkWidget *patron, JsonObject *state, const Phase *phase)
{
  GtkWidget *row = mado_row (NULL, 8);
  /* at larger text steps the picture makes room for the words */
  GtkWidget *scene = mado_card_scene_new (phase->scene, 424 * 100 / mado_style_text_step ());

  mado_put_wide (row, words (state, phase));
  mado_put (row, mado_align (scene, GTK_ALIGN_END, GTK_ALIGN_CENTER));
  mado_put_wide (patron, row);
}

static void
on_retry (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_retry (view->client);
}

MadoView *
mado_view_card_new (const MadoMoment *moment)
{
  MadoView    *view = mado_view_new ("card", moment);
  const Phase *phase = phase_of (moment->state);
  GtkWidget   *staff, *patron;

  mado_view_add_panes (view, &staff, &patron);
  fill_staff (staff, moment, phase);
  fill_patron (patron, moment->state, phase);
  mado_view_add_bar (view);
  if (mado_failure_allows (moment->state, "retry")) {
    mado_view_add_main (view, mado_button_new ("primary", "refresh", "もう一度 読む", NULL, "F9"));
    g_signal_connect (view->main, "clicked", G_CALLBACK (on_retry), view);
  } else
    mado_view_add_remark (view, "clock",
                          g_str_equal (phase->state, "card") ? "お客さまのカードを待っています"
                                                             : "終わるまで お待ちください");
  view->is_live = g_str_equal (phase->state, "card");
  view->first = view->main != NULL ? view->main : view->stop;
  return view;
}
