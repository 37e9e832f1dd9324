#include "ui/view-person.h"

#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/domain/era.h"
#include "ui/answers.h"
#include "ui/build.h"
#include "ui/button.h"
#include "ui/failure-notice.h"
#include "ui/fixed-width.h"
#include "ui/icon.h"
#include "ui/parts.h"
#include "ui/said.h"

#define PERSON_WIDTH 620

typedef struct {
  GtkWidget *answers, *below; /* below: sentence and notice */
  char      *frame;           /* digest of what stays as it is */
} Page;

static gboolean
is_substituted (JsonArray *positions, gint64 position)
{
  for (guint i = 0; positions != NULL && i < json_array_get_length (positions); i++)
    if (json_array_get_int_element (positions, i) == position)
      return TRUE;
  return FALSE;
}

static GtkWidget *
run_label (const char *start, const char *end, gboolean substituted)
{
  g_autofree char *text = g_strndup (start, (gsize)(end - start));
  GtkWidget       *label
      = substituted ? mado_line ("person-name substituted", text) : mado_text ("person-name", text);

  if (substituted) {
    g_autofree char *name = g_strdup_printf ("%s、置きかえた字", text);
    mado_set_name (label, name);
  }
  return mado_tight (label, 0.9);
}

/* One label a run, so that a replaced character has a look and a name of its own. */
static GtkWidget *
name_row (JsonObject *person)
{
  GtkWidget       *row = mado_row (NULL, 0);
  JsonObject      *substituted = mado_json_object (person, "substituted");
  JsonArray       *positions = substituted != NULL ? mado_json_array (substituted, "name") : NULL;
  g_autofree char *name = mado_said_name (person, "name");
  const char      *start = name;
  gint64           position = 0;

  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at), position++)
    if (is_substituted (positions, position)) {
      if (at > start)
        mado_put (row, run_label (start, at, FALSE));
      start = g_utf8_next_char (at);
      mado_put (row, run_label (at, start, TRUE));
    }
  if (*start != '\0')
    mado_put (row, run_label (start, start + strlen (start), FALSE));
  return row;
}

static guint
substitutions (JsonObject *person, const char *item)
{
  JsonObject *substituted = mado_json_object (person, "substituted");
  JsonArray  *positions = substituted != NULL ? mado_json_array (substituted, item) : NULL;

  return positions != NULL ? json_array_get_length (positions) : 0;
}

static GtkWidget *
substitution_notice (guint n)
{
  g_autofree char *sentence = g_strdup_printf (
      "しるしの字（%u字）は、カードの中で置きかえた字です。\nご本人の字とちがうことがあります。",
      n);

  return mado_notice_new ("warn", "pen", sentence);
}

static int
age_at (const char *birth_date, gint64 now)
{
  g_autofree char *today = mado_clock_day (now);
  int              years = atoi (today) - atoi (birth_date);

  return strcmp (today + 4, birth_date + 4) < 0 ? years - 1 : years;
}

static char *
birth_words (JsonObject *person, gint64 now)
{
  const char      *date = mado_said (person, "birth_date");
  g_autofree char *both = mado_era_birth_text (date);

  if (both == NULL)
    return g_strdup (date);
  if (strstr (date, "-00") != NULL || g_str_has_prefix (date, "0000"))
    return g_strdup (both);
  return g_strdup_printf ("%s　%d歳", both, age_at (date, now));
}

static void
put_fact (GtkWidget *grid, int row, const char *term, const char *fact, const char *classes)
{
  GtkWidget *name = mado_line ("term", term);
  GtkWidget *text = mado_text (classes, fact);

  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_margin_top (name, 4);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (GTK_GRID (grid), name, 0, row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), text, 1, row, 1, 1);
}

static GtkWidget *
facts (JsonObject *person, gint64 now)
{
  GtkWidget       *grid = gtk_grid_new ();
  g_autofree char *birth = birth_words (person, now);

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  put_fact (grid, 0, "生年月日", birth, "fact");
  put_fact (grid, 1, "住所", mado_said (person, "address"), "fact");
  put_fact (grid, 2, "性別", "読みましたが、のこしません", "muted fact-quiet");
  return grid;
}

/* "なまえと生年月日・電話番号が同じです" */
static char *
sameness (JsonObject *hint)
{
  static const struct {
    const char *same, *words;
  } kinds[] = { { "person", "なまえと生年月日" }, { "phone", "電話番号" }, { "email", "メール" } };
  g_autoptr (GString) words = g_string_new (NULL);
  JsonArray *same = mado_json_array (hint, "same");

  for (guint i = 0; same != NULL && i < json_array_get_length (same); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
      if (g_strcmp0 (json_array_get_string_element (same, i), kinds[k].same) == 0)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "・" : "", kinds[k].words);
  return words->len > 0 ? g_strdup_printf ("%sが同じです", words->str) : g_strdup ("");
}

static GtkWidget *
similar (JsonObject *state)
{
  GtkWidget *column = mado_column ("rule-top", 2);
  JsonArray *hints = mado_json_array (state, "duplicate_hints");
  guint      n = hints != NULL ? json_array_get_length (hints) : 0;

  if (n == 0) {
    mado_put (column, mado_text ("h3", "似た登録　この端末の中には ありません"));
    mado_put (column, mado_text ("small muted", "なまえと生年月日で さがしました。"));
    return column;
  }
  mado_put (column, mado_textf ("h3", "似た登録　%u件", n));
  for (guint i = 0; i < MIN (n, 3); i++) {
    JsonObject      *hint = json_array_get_object_element (hints, i);
    g_autofree char *same = sameness (hint);
    mado_put (column, mado_textf ("small", "受付番号 %s　%s", mado_said (hint, "receipt"), same));
  }
  return column;
}

static GtkWidget *
person_head (void)
{
  GtkWidget *head = mado_row (NULL, 8);

  mado_put (head, mado_line ("h3", "カードから読んだ人"));
  mado_put_end (head, mado_tag_new (NULL, "lock", "カードの記載　変更できません"));
  return head;
}

static GtkWidget *
person_panel (const MadoMoment *moment)
{
  GtkWidget  *panel = mado_column ("panel", 12);
  JsonObject *person = mado_json_object (moment->state, "person");
  guint       n = substitutions (person, "name");
  GtkWidget  *name = mado_row (NULL, 16);

  mado_put (panel, person_head ());
  mado_put (name, name_row (person));
  if (n > 0) {
    g_autofree char *words = g_strdup_printf ("置きかえ文字 %u", n);
    mado_put (name, mado_tag_new ("sub", "pen", words));
  }
  mado_put (panel, name);
  if (n > 0)
    mado_put (panel, substitution_notice (n));
  mado_put (panel, facts (person, moment->now));
  if (substitutions (person, "address") > 0)
    mado_put (panel, mado_text ("small muted", "住所にも、カードの中で置きかえた字があります。"));
  mado_put_air (panel);
  mado_put (panel, similar (moment->state));
  return panel;
}

static gboolean
can_go_on (JsonObject *state)
{
  return mado_failure_in (state) != MADO_FAILURE_OUT_OF_AREA
         && !g_str_equal (mado_said (state, "checks/eligibility"), "out-of-area");
}

static GtkWidget *
eligibility (JsonObject *state)
{
  const char *result = mado_said (state, "checks/eligibility");
  GtkWidget  *label = mado_text ("eligibility", mado_said (state, "eligibility/reason"));

  if (g_str_equal (result, "out-of-area"))
    mado_add_classes (label, "no");
  else if (!g_str_equal (result, "in-area"))
    mado_add_classes (label, "open");
  return label;
}

static void
fill_below (GtkWidget *below, JsonObject *state)
{
  if (*mado_said (state, "eligibility/reason") != '\0')
    mado_put (below, eligibility (state));
  mado_put_air (below);
  if (!can_go_on (state))
    mado_put (below, mado_failure_lines_new (state));
  else if (mado_json_flag (state, "provisional"))
    mado_put (below, mado_notice_new ("info", "clock",
                                      "仮登録にします。失効の確認は、つながってから行います。"));
  else
    mado_put (below,
              mado_notice_new ("info", "user", "お客さまに、なまえと住所を たしかめてもらいます"));
}

static GtkWidget *
answer_side (Page *page, JsonObject *state)
{
  GtkWidget *side = mado_column (NULL, 13);
  GtkWidget *panel = mado_column ("panel answers", 8);
  GtkWidget *head = mado_row (NULL, 8);

  mado_put (head, mado_line ("h3", "3つの答え"));
  mado_put_end (head, mado_line ("micro muted", "それぞれ別に調べています"));
  mado_put (panel, head);
  page->answers = mado_answers_new (state, TRUE);
  mado_put (panel, page->answers);
  mado_put (side, panel);
  page->below = mado_column (NULL, 13);
  fill_below (page->below, state);
  mado_put_wide (side, page->below);
  return side;
}

/* Only answers come in while the page shows; with any other person or way on it is built anew. */
static char *
frame_of (JsonObject *state)
{
  g_autofree char *person = mado_json_canonical_object (mado_json_object (state, "person"));
  JsonArray       *hints = mado_json_array (state, "duplicate_hints");
  g_autofree char *text
      = g_strdup_printf ("%s %u %d %d", person, hints != NULL ? json_array_get_length (hints) : 0,
                         can_go_on (state), mado_json_flag (state, "provisional"));

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean
update (MadoView *view, const MadoMoment *moment)
{
  Page            *page = view->own;
  g_autofree char *frame = frame_of (moment->state);

  if (!g_str_equal (frame, page->frame))
    return FALSE;
  mado_answers_draw (page->answers, moment->state);
  mado_empty (page->below);
  fill_below (page->below, moment->state);
  gtk_widget_show_all (page->below);
  return TRUE;
}

static void
page_free (gpointer data)
{
  g_free (((Page *)data)->frame);
  g_free (data);
}

static void
on_seen (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_person_seen (view->client);
}

static void
on_end (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_cancel (view->client);
}

static void
add_main (MadoView *view, JsonObject *state)
{
  if (!can_go_on (state)) {
    mado_view_add_main (view, mado_button_new ("primary", NULL, "はじめに もどる", "right", "F9"));
    g_signal_connect (view->main, "clicked", G_CALLBACK (on_end), view);
    return;
  }
  const char *words = mado_json_flag (state, "provisional") ? "仮登録で すすむ" : "連絡先へ";
  mado_view_add_main (view, mado_button_new ("primary", NULL, words, "right", "F9"));
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_seen), view);
}

MadoView *
mado_view_person_new (const MadoMoment *moment)
{
  MadoView  *view = mado_view_new ("person", moment);
  GtkWidget *left = person_panel (moment);
  Page      *page = g_new0 (Page, 1);

  view->own = page;
  view->own_free = page_free;
  view->update = update;
  page->frame = frame_of (moment->state);
  view->body = mado_row ("person-body", 20);
  mado_put (view->body, mado_fixed_width_new (left, PERSON_WIDTH));
  mado_put_wide (view->body, answer_side (page, moment->state));
  mado_view_add_bar (view);
  add_main (view, moment->state);
  view->first = view->main;
  return view;
}
