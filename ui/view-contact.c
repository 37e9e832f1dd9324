#include "ui/view-contact.h"

#include "app/base/json.h"
#include "app/domain/applicant.h"
#include "app/domain/era.h"
#include "ui/build.h"
#include "ui/button.h"
#include "ui/failure-notice.h"
#include "ui/field.h"
#include "ui/fixed-width.h"
#include "ui/icon.h"
#include "ui/parts.h"
#include "ui/said.h"
#include "ui/segments.h"
#include "ui/style.h"

#include <string.h>

#define CARD_SIDE_WIDTH 382

enum { SEI, MEI, POSTCODE, PHONE, EMAIL, N_FIELDS };

typedef struct {
  GtkWidget *fields[N_FIELDS];
  GtkWidget *category, *branch, *remark, *remark_words;
} Page;

static const char *
check_kana (const char *text)
{
  const char      *word = NULL;
  g_autofree char *kana = mado_applicant_kana (text, &word);

  return kana != NULL ? NULL : word;
}

static const char *
check_phone (const char *text)
{
  const char      *word = NULL;
  g_autofree char *phone = mado_applicant_phone (text, &word);

  return phone != NULL ? NULL : word;
}

static const char *
check_postcode (const char *text)
{
  const char      *word = NULL;
  g_autofree char *postcode = mado_applicant_postcode (text, &word);

  return postcode != NULL ? NULL : word;
}

static gboolean
means_none (const char *text)
{
  return g_str_equal (text, "なし") || g_str_equal (text, "ナシ") || g_str_equal (text, "無し");
}

static const char *
check_email (const char *text)
{
  const char      *word = NULL;
  g_autofree char *email = means_none (text) ? NULL : mado_applicant_email (text, &word);

  return email != NULL || means_none (text) ? NULL : word;
}

/* Leaving a kana field brings it to the one form at once, so that people see what is stored. */
static gboolean
on_kana_left (GtkWidget *entry, GdkEvent *event G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  const char      *word = NULL;
  g_autofree char *kana = mado_applicant_kana (gtk_entry_get_text (GTK_ENTRY (entry)), &word);

  if (kana != NULL && !g_str_equal (kana, gtk_entry_get_text (GTK_ENTRY (entry))))
    gtk_entry_set_text (GTK_ENTRY (entry), kana);
  return FALSE;
}

static GtkWidget *
kana_field (const char *label, const char *hint)
{
  GtkWidget *field = mado_field_new ("kana", label, TRUE, hint, check_kana);

  g_signal_connect (mado_field_entry (field), "focus-out-event", G_CALLBACK (on_kana_left), NULL);
  return field;
}

static GtkWidget *
pair (GtkWidget *left, GtkWidget *right)
{
  /* large text: one below the other, and the page scrolls */
  GtkWidget *row = mado_style_text_step () > 100 ? mado_column (NULL, 8) : mado_row (NULL, 24);

  gtk_box_set_homogeneous (GTK_BOX (row), mado_style_text_step () == 100);
  mado_put_wide (row, left);
  mado_put_wide (row, right);
  return row;
}

static GtkWidget *
titled (const char *title, GtkWidget *segments)
{
  GtkWidget *column = mado_column (NULL, 5);
  GtkWidget *row = mado_row (NULL, 8);

  mado_put (row, mado_line ("field-label", title));
  mado_put (row, mado_tag_new ("required", NULL, "必須"));
  mado_put (column, row);
  mado_put (column, segments);
  return column;
}

static GtkWidget *
choice (const char *name, const MadoChoice *choices, const char *chosen)
{
  const char *codes[8], *labels[8];
  guint       n = 0;

  for (; choices[n].code != NULL && n < G_N_ELEMENTS (codes); n++) {
    codes[n] = choices[n].code;
    labels[n] = choices[n].label;
  }
  return mado_segments_new (name, codes, labels, n, *chosen != '\0' ? chosen : codes[0]);
}

static void
make_fields (Page *page)
{
  page->fields[SEI] = kana_field ("フリガナ（セイ）", "ひらがなで打っても カタカナに直します");
  page->fields[MEI] = kana_field ("フリガナ（メイ）", "なまえの読みかたを、カタカナで");
  page->fields[POSTCODE]
      = mado_field_new ("postcode", "郵便番号", FALSE, "数字 7けた", check_postcode);
  page->fields[PHONE] = mado_field_new ("phone", "電話番号", TRUE, "日中つながる番号", check_phone);
  page->fields[EMAIL] = mado_field_new ("email", "メールアドレス", FALSE,
                                        "ないときは「なし」でも だいじょうぶです", check_email);
}

static void
split_kana (Page *page, const char *kana)
{
  g_auto (GStrv) names = g_strsplit (kana, "　", 2);

  mado_field_set_text (page->fields[SEI], names[0] != NULL ? names[0] : "");
  mado_field_set_text (page->fields[MEI], names[0] != NULL && names[1] != NULL ? names[1] : "");
}

static void
fill_from (Page *page, JsonObject *state)
{
  g_autofree char *phone = mado_applicant_phone_text (mado_said (state, "contact/phone"));
  g_autofree char *postcode = mado_applicant_postcode_text (mado_said (state, "contact/postcode"));

  split_kana (page, mado_said (state, "contact/kana"));
  mado_field_set_text (page->fields[PHONE], phone);
  mado_field_set_text (page->fields[POSTCODE], postcode);
  mado_field_set_text (page->fields[EMAIL], mado_said (state, "contact/email"));
}

static GtkWidget *
form (Page *page, const MadoMoment *moment)
{
  GtkWidget  *panel = mado_column ("panel form", 8);
  const char *branch = mado_said (moment->state, "contact/branch");

  make_fields (page);
  page->category
      = choice ("申請の種類", mado_categories (), mado_said (moment->state, "contact/category"));
  page->branch = choice ("よく使う館", mado_branches (),
                         *branch != '\0' ? branch : mado_said (moment->status, "branch"));
  mado_put (panel, mado_tight (mado_text ("form-title", "のこりの項目"), 0.9));
  mado_put (panel, pair (page->fields[SEI], page->fields[MEI]));
  mado_put (panel, pair (page->fields[POSTCODE], page->fields[PHONE]));
  mado_put (panel, pair (page->fields[EMAIL], titled ("申請の種類", page->category)));
  mado_put (panel, titled ("よく使う館", page->branch));
  return panel;
}

static GtkWidget *
card_side (JsonObject *state)
{
  GtkWidget       *side = mado_column (NULL, 14);
  GtkWidget       *panel = mado_column ("panel tinted", 6);
  GtkWidget       *head = mado_row (NULL, 8);
  JsonObject      *person = mado_json_object (state, "person");
  g_autofree char *name = mado_said_name (person, "name");
  g_autofree char *birth = mado_era_birth_text (mado_said (person, "birth_date"));

  mado_put (head, mado_icon_new ("lock", 20));
  mado_put (head, mado_line ("h3", "カードの記載"));
  mado_put (panel, head);
  mado_put (panel, mado_tight (mado_text ("contact-name", name), 0.95));
  mado_put (panel, mado_column ("rule-top", 0));
  mado_put (panel, mado_text (NULL, birth != NULL ? birth : mado_said (person, "birth_date")));
  mado_put (panel, mado_text (NULL, mado_said (person, "address")));
  mado_put (side, panel);
  mado_put (side, mado_say_new ("「なまえの読みかたと、電話番号を 教えてください。」"));
  mado_put_air (side);
  mado_put (side, mado_notice_new ("info", "card", "カードは 置いたままにします。"));
  return side;
}

static void
set_member (JsonObject *fields, const char *member, const char *text)
{
  if (*text != '\0')
    json_object_set_string_member (fields, member, text);
}

static JsonObject *
typed_fields (Page *page)
{
  JsonObject      *fields = json_object_new ();
  const char      *email = mado_field_text (page->fields[EMAIL]);
  g_autofree char *kana = g_strdup_printf ("%s　%s", mado_field_text (page->fields[SEI]),
                                           mado_field_text (page->fields[MEI]));

  set_member (fields, "kana", kana);
  set_member (fields, "postcode", mado_field_text (page->fields[POSTCODE]));
  set_member (fields, "phone", mado_field_text (page->fields[PHONE]));
  set_member (fields, "email", means_none (email) ? "" : email);
  json_object_set_string_member (fields, "category", mado_segments_chosen (page->category));
  json_object_set_string_member (fields, "branch", mado_segments_chosen (page->branch));
  return fields;
}

static void
show_remark (Page *page, GtkWidget *wrong)
{
  static const char *const sentences[N_FIELDS] = {
    "フリガナを直すと、すすめます",       "フリガナを直すと、すすめます",
    "郵便番号を直すと、すすめます",       "電話番号を直すと、すすめます",
    "メールアドレスを直すと、すすめます",
  };

  gtk_widget_set_visible (page->remark, wrong != NULL);
  for (int i = 0; i < N_FIELDS; i++)
    if (page->fields[i] == wrong)
      gtk_label_set_text (GTK_LABEL (page->remark_words), sentences[i]);
}

/* A mail address is as good as a telephone. */
static gboolean
is_right (Page *page, int i)
{
  const char *email = mado_field_text (page->fields[EMAIL]);

  if (i == PHONE && *mado_field_text (page->fields[PHONE]) == '\0' && *email != '\0'
      && !means_none (email)) {
    mado_field_set_fault (page->fields[PHONE], NULL);
    return TRUE;
  }
  return mado_field_verify (page->fields[i]);
}

/* Every fault is shown, the first one gets the focus. */
static gboolean
verify (Page *page)
{
  GtkWidget *wrong = NULL;

  for (int i = 0; i < N_FIELDS; i++)
    if (!is_right (page, i) && wrong == NULL)
      wrong = page->fields[i];
  show_remark (page, wrong);
  if (wrong != NULL)
    gtk_widget_grab_focus (mado_field_entry (wrong));
  return wrong == NULL;
}

static void
on_main (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  Page *page = view->own;

  if (!verify (page))
    return;
  JsonObject *fields = typed_fields (page);
  mado_client_contact (view->client, fields);
  json_object_unref (fields);
}

static gboolean
is_typed (MadoView *view)
{
  Page *page = view->own;

  for (int i = 0; i < N_FIELDS; i++)
    if (*mado_field_text (page->fields[i]) != '\0')
      return TRUE;
  return FALSE;
}

static const char *const members[N_FIELDS] = { "sei", "mei", "postcode", "phone", "email" };

/* As it stands on the page, not as it would be sent: half a number is kept too. */
static JsonObject *
typed (MadoView *view)
{
  Page       *page = view->own;
  JsonObject *kept = json_object_new ();

  for (int i = 0; i < N_FIELDS; i++)
    json_object_set_string_member (kept, members[i], mado_field_text (page->fields[i]));
  json_object_set_string_member (kept, "category", mado_segments_chosen (page->category));
  json_object_set_string_member (kept, "branch", mado_segments_chosen (page->branch));
  return kept;
}

static void
retype (MadoView *view, JsonObject *kept)
{
  Page *page = view->own;

  for (int i = 0; i < N_FIELDS; i++)
    mado_field_set_text (page->fields[i], mado_said (kept, members[i]));
  mado_segments_choose (page->category, mado_said (kept, "category"));
  mado_segments_choose (page->branch, mado_said (kept, "branch"));
}

/* The agent refused a field: its own check may know more than ours. The field, or %NULL. */
static GtkWidget *
show_refusal (Page *page, JsonObject *state)
{
  const char *reason = mado_said (state, "failure/reason");

  if (mado_failure_in (state) != MADO_FAILURE_FIELD)
    return NULL;
  for (int i = 0; i < N_FIELDS; i++)
    if (g_str_has_prefix (reason, mado_field_name (page->fields[i]))) {
      if (mado_field_verify (page->fields[i]))
        mado_field_set_fault (page->fields[i], "もう一度 たしかめてください");
      show_remark (page, page->fields[i]);
      return page->fields[i];
    }
  return NULL;
}

static gboolean
update (MadoView *view, const MadoMoment *moment)
{
  GtkWidget *wrong = show_refusal (view->own, moment->state);

  if (wrong != NULL)
    gtk_widget_grab_focus (mado_field_entry (wrong));
  return TRUE;
}

static void
add_remark (MadoView *view, Page *page)
{
  page->remark = mado_row ("remark small wrong", 8);
  page->remark_words = mado_text (NULL, "");
  mado_put (page->remark, mado_icon_new ("alert", 20));
  mado_put (page->remark, page->remark_words);
  gtk_widget_show_all (page->remark);
  gtk_widget_set_no_show_all (page->remark, TRUE);
  gtk_widget_hide (page->remark);
  mado_put_end (view->bar, page->remark);
}

MadoView *
mado_view_contact_new (const MadoMoment *moment)
{
  MadoView *view = mado_view_new ("contact", moment);
  Page     *page = g_new0 (Page, 1);

  view->own = page;
  view->own_free = g_free;
  view->body = mado_row ("person-body", 20);
  mado_put_wide (view->body, form (page, moment));
  mado_put (view->body, mado_fixed_width_new (card_side (moment->state), CARD_SIDE_WIDTH));
  mado_view_add_bar (view);
  mado_view_add_back (view);
  mado_view_add_main (view, mado_button_new ("primary", NULL, "内容の確認へ", "right", "F9"));
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_main), view);
  add_remark (view, page);
  fill_from (page, moment->state);
  GtkWidget *wrong = show_refusal (page, moment->state);
  view->first = mado_field_entry (wrong != NULL ? wrong : page->fields[SEI]);
  view->update = update;
  view->is_typed = is_typed;
  view->typed = typed;
  view->retype = retype;
  return view;
}
