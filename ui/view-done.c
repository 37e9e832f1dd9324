#include "ui/view-done.h"

#include "app/base/json.h"
#include "ui/build.h"
#include "ui/button.h"
#include "ui/chip.h"
#include "ui/fixed-width.h"
#include "ui/icon.h"
#include "ui/ornaments.h"
#include "ui/parts.h"
#include "ui/qr-picture.h"
#include "ui/said.h"

#define QR_SIDE 145 /* five pixels a module for the 29 of a receipt code with its quiet zone */
#define SLIP_QR_SIDE 87
#define SLIP_WIDTH 300
#define SLIP_PANEL_WIDTH 382

typedef struct {
  GtkWidget *sending; /* holds the one line that may change while the page shows */
  gboolean   sent;
} Page;

static void
on_next (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  mado_client_cancel (view->client);
}

/* "A7K 3Q2": read aloud and typed in two groups. */
static char *
grouped (const char *receipt)
{
  return strlen (receipt) == 6 ? g_strdup_printf ("%.3s %s", receipt, receipt + 3)
                               : g_strdup (receipt);
}

/* The same with a little air between the characters; a screen reader hears it without. */
static GtkWidget *
large_number (const char *receipt)
{
  g_autofree char *groups = grouped (receipt);
  g_autoptr (GString) airy = g_string_new (NULL);

  for (const char *at = groups; *at != '\0'; at = g_utf8_next_char (at)) {
    g_string_append_unichar (airy, g_utf8_get_char (at));
    g_string_append (airy, "\u200A");
  }
  GtkWidget *label = mado_tight (mado_line ("receipt-number", airy->str), 0.85);
  mado_set_name (label, groups);
  return label;
}

static GtkWidget *
headline (JsonObject *state)
{
  GtkWidget       *row = mado_row (NULL, 12);
  GtkWidget       *texts = mado_column (NULL, 0);
  gboolean         provisional = mado_json_flag (state, "provisional");
  const char      *branch = mado_said (state, "contact/branch");
  g_autofree char *name = mado_said_name (state, "person/name");
  g_autofree char *branch_words = mado_branch_words (branch);
  GtkWidget       *chip = mado_chip_new (provisional ? "provisional" : "received");

  mado_put (texts, mado_tight (mado_text ("h1", provisional ? "仮登録の受付を しました"
                                                            : "登録を 受け付けました"),
                               0.95));
  mado_put (texts, mado_textf ("lead", "%s 様　%s", name, branch_words));
  mado_put_wide (row, texts);
  gtk_widget_set_valign (chip, GTK_ALIGN_START);
  gtk_widget_set_margin_top (chip, 8);
  mado_put_end (row, chip);
  return row;
}

static GtkWidget *
number_and_code (const char *receipt)
{
  GtkWidget *row = mado_row (NULL, 24);
  GtkWidget *texts = mado_column (NULL, 0);
  GtkWidget *code = mado_column (NULL, 6);
  GtkWidget *frame = mado_row ("qr-frame", 0);
  GtkWidget *qr = mado_qr_picture_new (receipt, QR_SIDE, "受付番号のQRコード");
  GtkWidget *caption = mado_line ("micro muted", "受付番号のQRコード");

  mado_put (texts, mado_text ("muted", "受付番号"));
  mado_put (texts, large_number (receipt));
  mado_put (texts,
            mado_text ("muted small", "お問い合わせのときは、この番号を お知らせください。"));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  mado_put_wide (row, texts);
  if (qr != NULL)
    mado_put (frame, qr);
  mado_put (code, frame);
  mado_put (code, mado_align (caption, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  mado_put_end (row, mado_align (code, GTK_ALIGN_END, GTK_ALIGN_CENTER));
  return row;
}

static GtkWidget *
done_line (gboolean done, const char *words)
{
  GtkWidget *row = mado_row (done ? "done-line" : "done-line later", 8);

  mado_put (row, mado_icon_new_with_stroke (done ? "check" : "clock", 22, done ? 3 : 2));
  mado_put (row, mado_text (NULL, words));
  return row;
}

/* The list says of each application whether the centre has it. */
static gboolean
is_sent (const MadoMoment *moment)
{
  JsonObject *result = mado_json_object (moment->state, "result");
  const char *ours = mado_said (moment->state, "application");
  JsonArray  *list = moment->applications != NULL
                         ? mado_json_array (moment->applications, "applications")
                         : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++) {
    JsonObject *application = json_array_get_object_element (list, i);
    if (g_str_equal (mado_said (application, "application"), ours))
      return mado_json_flag (application, "synced");
  }
  return result != NULL && mado_json_flag (result, "synced");
}

static GtkWidget *
sending_line (gboolean sent)
{
  return sent ? done_line (TRUE, "中央に 送りました")
              : done_line (FALSE, "中央には、つながりしだい 自動で送ります");
}

static GtkWidget *
what_happens (Page *page, const MadoMoment *moment)
{
  GtkWidget *column = mado_column ("after-all", 2);

  page->sent = is_sent (moment);
  page->sending = mado_column (NULL, 0);
  mado_put (page->sending, sending_line (page->sent));
  atk_object_set_role (gtk_widget_get_accessible (page->sending), ATK_ROLE_STATUSBAR);
  mado_put (column, mado_text ("h3", "このあと"));
  mado_put (column, done_line (TRUE, "この端末に 保存しました"));
  mado_put (column, page->sending);
  if (mado_json_flag (moment->state, "provisional"))
    mado_put (column, done_line (FALSE, "失効の確認を、つながってから 行います"));
  mado_put (column, done_line (FALSE, "図書館が内容を確かめて、利用者番号をお知らせします"));
  return mado_align (column, GTK_ALIGN_FILL, GTK_ALIGN_END);
}

/* What the centre has now it keeps: the line never turns back. */
static gboolean
update (MadoView *view, const MadoMoment *moment)
{
  Page *page = view->own;

  if (page->sent || !is_sent (moment))
    return TRUE;
  page->sent = TRUE;
  mado_empty (page->sending);
  mado_put (page->sending, sending_line (TRUE));
  gtk_widget_show_all (page->sending);
  mado_set_name (page->sending, "中央に 送りました");
  return TRUE;
}

static GtkWidget *
main_panel (Page *page, const MadoMoment *moment)
{
  JsonObject *state = moment->state;
  GtkWidget  *panel = mado_column ("panel done", 6);
  GtkWidget  *foot = mado_row (NULL, 12);
  GtkWidget  *books = mado_bookshelf_new (FALSE);

  mado_put (panel, headline (state));
  mado_put_air (panel);
  mado_put (panel, number_and_code (mado_said (state, "receipt")));
  mado_put_air (panel);
  mado_put_wide (foot, what_happens (page, moment));
  mado_put_end (foot, mado_align (books, GTK_ALIGN_END, GTK_ALIGN_END));
  mado_put (panel, foot);
  return panel;
}

static GtkWidget *
take_card (void)
{
  GtkWidget *notice = mado_row ("notice warn take-card", 14);
  GtkWidget *texts = mado_row (NULL, 14);

  mado_put (notice, mado_icon_new ("card", 30));
  mado_put (texts, mado_line ("strong", "カードをお取りください。"));
  mado_put_wide (texts, mado_text (NULL, "取ると、この画面の内容は消えます。"));
  mado_put_wide (notice, texts);
  atk_object_set_role (gtk_widget_get_accessible (notice), ATK_ROLE_NOTIFICATION);
  mado_set_name (notice, "カードをお取りください。取ると、この画面の内容は消えます。");
  return notice;
}

static GtkWidget *
centred (GtkWidget *widget)
{
  return mado_align (widget, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
}

/* No birth date, no address: a slip is left lying about. */
static GtkWidget *
slip (const MadoMoment *moment)
{
  GtkWidget       *slip = mado_column ("slip", 9);
  JsonObject      *state = moment->state;
  g_autofree char *name = mado_said_name (state, "person/name");
  g_autofree char *branch = mado_branch_words (mado_said (state, "contact/branch"));
  g_autofree char *date = mado_date_words (moment->now);
  g_autofree char *time = mado_clock_words (moment->now);
  g_autofree char *groups = grouped (mado_said (state, "receipt"));
  g_autofree char *when = g_strdup_printf ("%s　%s", date, time);
  const char      *title
      = mado_json_flag (state, "provisional") ? "仮登録 受付のひかえ" : "利用登録 受付のひかえ";
  GtkWidget *code = mado_qr_picture_new (mado_said (state, "receipt"), SLIP_QR_SIDE, "QRコード");
  GtkWidget *foot = mado_row (NULL, 12);

  mado_put (slip, centred (mado_line ("slip-head", branch)));
  mado_put (slip, centred (mado_line ("slip-head", title)));
  mado_put (slip, centred (mado_line ("micro", when)));
  mado_put (slip, mado_column ("slip-rule", 0));
  mado_put (slip, mado_textf (NULL, "%s 様", name));
  mado_put (slip, mado_line ("slip-number", groups));
  mado_put (slip, mado_column ("slip-rule", 0));
  if (code != NULL)
    mado_put (foot, code);
  mado_put_wide (foot, mado_text ("micro", "手続きが終わると、申請の記録は消えます。"));
  mado_put (slip, foot);
  return mado_align (mado_fixed_width_new (slip, SLIP_WIDTH), GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
}

static GtkWidget *
slip_panel (const MadoMoment *moment)
{
  GtkWidget *panel = mado_column ("panel sand", 12);

  mado_put (panel, mado_line ("h3", "ひかえ"));
  mado_put_wide (panel, slip (moment));
  mado_put (panel, mado_text ("micro muted", "お客さまに 写してもらいます。"));
  return mado_fixed_width_new (panel, SLIP_PANEL_WIDTH);
}

MadoView *
mado_view_done_new (const MadoMoment *moment)
{
  MadoView  *view = mado_view_new ("done", moment);
  Page      *page = g_new0 (Page, 1);
  GtkWidget *left = mado_column (NULL, 14);

  view->own = page;
  view->own_free = g_free;
  view->update = update;
  view->is_live = TRUE;
  view->body = mado_row ("person-body", 20);
  mado_put_wide (left, main_panel (page, moment));
  mado_put (left, take_card ());
  mado_put_wide (view->body, left);
  mado_put (view->body, slip_panel (moment));
  view->bar = mado_row ("actions", 12);
  mado_view_add_main (view, mado_button_new ("primary", NULL, "次のお客さまへ", "right", "F9"));
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_next), view);
  view->first = view->main;
  return view;
}
