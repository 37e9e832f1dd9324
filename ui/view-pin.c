#include "ui/view-pin.h"

#include "ui/build.h"
#include "ui/button.h"
#include "ui/failure-notice.h"
#include "ui/icon.h"
#include "ui/keypad.h"
#include "ui/parts.h"
#include "ui/pin-dots.h"
#include "ui/said.h"

#define LEAST 6
#define MOST 16

typedef struct {
  MadoSecret *secret;
  GtkWidget  *dots, *staff_dots, *ground, *keypad;
  gboolean    spend_last_try;
} Page;

static void
show_count (MadoView *view)
{
  Page *page = view->own;
  int   count = (int)mado_secret_len (page->secret);

  mado_pin_dots_set_count (page->dots, count);
  mado_pin_dots_set_count (page->staff_dots, count);
  gtk_widget_set_sensitive (view->main, count >= LEAST);
}

static void
on_octet (guint8 octet, gpointer data)
{
  MadoView *view = data;
  Page     *page = view->own;

  if (octet == MADO_KEYPAD_ERASE)
    mado_secret_pop (page->secret);
  else if (octet == MADO_KEYPAD_CLEAR)
    mado_secret_wipe (page->secret);
  else if (mado_secret_len (page->secret) < MOST)
    mado_secret_push (page->secret, octet);
  show_count (view);
}

/* The secret leaves the page for good: a new try types into a new one. */
static void
on_main (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  Page       *page = view->own;
  MadoSecret *fresh = mado_secret_new (NULL);

  if (fresh == NULL)
    return;
  MadoSecret *typed = page->secret;
  page->secret = fresh;
  show_count (view);
  mado_client_pin (view->client, typed, page->spend_last_try);
}

static guint8
octet_of (const GdkEventKey *event)
{
  guint32 character = gdk_keyval_to_unicode (event->keyval);

  if (event->keyval == GDK_KEY_BackSpace)
    return MADO_KEYPAD_ERASE;
  if (event->keyval == GDK_KEY_Delete)
    return MADO_KEYPAD_CLEAR;
  if (character < 128 && g_ascii_isalnum ((char)character))
    return (guint8)g_ascii_toupper ((char)character); /* the card knows capitals only */
  return 0;
}

/* Keys come here before GTK or an input method sees them; what is typed goes nowhere else. */
static gboolean
on_key (MadoView *view, const GdkEventKey *event)
{
  Page  *page = view->own;
  guint8 octet = octet_of (event);

  if (event->state & (GDK_CONTROL_MASK | GDK_MOD1_MASK))
    return FALSE;
  if (octet != 0) {
    on_octet (octet, view);
    return TRUE;
  }
  gboolean enter = event->keyval == GDK_KEY_Return || event->keyval == GDK_KEY_KP_Enter;
  if (enter && gtk_widget_has_focus (page->dots) && gtk_widget_is_sensitive (view->main)) {
    gtk_button_clicked (GTK_BUTTON (view->main));
    return TRUE;
  }
  return FALSE;
}

static gboolean
is_typed (MadoView *view)
{
  return mado_secret_len (((Page *)view->own)->secret) > 0;
}

static void
on_order (GtkButton *button G_GNUC_UNUSED, MadoView *view)
{
  Page *page = view->own;

  mado_keypad_set_qwerty (page->keypad, !mado_keypad_is_qwerty (page->keypad));
}

static gboolean
on_focus (GtkWidget *dots G_GNUC_UNUSED, const GdkEventFocus *event, GtkWidget *ground)
{
  GtkStyleContext *style = gtk_widget_get_style_context (ground);

  if (event->in)
    gtk_style_context_add_class (style, "focused");
  else
    gtk_style_context_remove_class (style, "focused");
  return FALSE;
}

static void
fill_staff (MadoView *view, GtkWidget *staff, JsonObject *state)
{
  Page            *page = view->own;
  MadoFailure      failure = mado_failure_in (state);
  GtkWidget       *typed = mado_column ("panel facts", 4);
  g_autofree char *tries
      = g_strdup_printf ("%d回（%d回中）", mado_said_number (state, "tries/left", 0),
                         mado_said_number (state, "tries/max", 5));
  GtkWidget *facts = mado_panel_new (mado_terms ("カード", "マイナンバーカード", "のこり回数",
                                                 tries, "この画面", "文字は見えません", NULL));

  mado_put (staff, mado_tight (mado_text ("h2", "お客さまが入力しています"), 0.95));
  mado_put (typed, mado_text ("term", "署名用パスワード"));
  mado_put (typed, page->staff_dots);
  mado_put (typed, mado_text ("small", "英大文字と数字 6〜16文字"));
  mado_put (staff, typed);
  mado_add_classes (facts, "facts");
  mado_put (staff, facts);
  mado_put (staff, mado_say_new (failure != MADO_FAILURE_NONE
                                     ? mado_wording (failure)->aloud
                                     : "「4けたの番号ではなく、英字と数字のパスワードです。"
                                       "手元はのぞきません。」"));
  mado_put_air (staff);
  if (failure != MADO_FAILURE_NONE)
    mado_put (staff,
              mado_textf ("micro muted", "案内の番号　MADO-%s", mado_failure_slip (failure)));
}

static GtkWidget *
tries_left (JsonObject *state)
{
  GtkWidget       *row = mado_row ("tries", 6);
  g_autofree char *digits = g_strdup_printf ("%d回", mado_said_number (state, "tries/left", 0));

  mado_put (row, mado_icon_new ("info", 22));
  mado_put (row, mado_line (NULL, "あと"));
  mado_put (row, mado_line ("strong", digits));
  mado_put (row, mado_line (NULL, "ためせます"));
  return mado_align (row, GTK_ALIGN_END, GTK_ALIGN_CENTER);
}

static void
put_heading (GtkWidget *patron, JsonObject *state)
{
  GtkWidget *head = mado_row (NULL, 12);

  mado_put (head, mado_tight (mado_text ("h1", "署名用パスワード"), 0.9));
  mado_put_end (head, tries_left (state));
  mado_put (patron, head);
  if (mado_failure_in (state) != MADO_FAILURE_NONE)
    mado_put (patron, mado_failure_line_new (state));
  else
    mado_put (patron, mado_text ("lead", "市役所で決めた、英大文字と数字の 6〜16文字です。"));
}

static void
fill_patron (MadoView *view, GtkWidget *patron, JsonObject *state)
{
  Page      *page = view->own;
  GtkWidget *buttons = mado_row (NULL, 16);
  GtkWidget *order = mado_button_new ("quiet", "kbd", "キーボードの ならび", NULL, NULL);

  put_heading (patron, state);
  page->ground = mado_row ("pin-ground", 0);
  mado_put_wide (page->ground, page->dots);
  g_signal_connect (page->dots, "focus-in-event", G_CALLBACK (on_focus), page->ground);
  g_signal_connect (page->dots, "focus-out-event", G_CALLBACK (on_focus), page->ground);
  mado_put (patron, page->ground);
  page->keypad = mado_keypad_new (on_octet, view);
  mado_put (patron, page->keypad);
  view->main = mado_button_new ("primary", NULL, "これで すすむ", "right", "F9");
  g_signal_connect (view->main, "clicked", G_CALLBACK (on_main), view);
  g_signal_connect (order, "clicked", G_CALLBACK (on_order), view);
  mado_put (buttons, order);
  mado_put_end (buttons, view->main);
  mado_view_add_foot (view, buttons);
}

static void
page_free (gpointer data)
{
  Page *page = data;

  mado_secret_free (page->secret);
  g_free (page);
}

void
mado_view_pin_allow_last_try (MadoView *view)
{
  ((Page *)view->own)->spend_last_try = TRUE;
  view->allowed = TRUE;
}

/* The secret itself moves; it is never written anywhere else. */
static void
inherit (MadoView *view, MadoView *before)
{
  Page       *page = view->own, *old = before->own;
  MadoSecret *empty = page->secret;

  page->secret = old->secret;
  old->secret = empty;
  if (before->allowed)
    mado_view_pin_allow_last_try (view);
  show_count (view);
}

MadoView *
mado_view_pin_new (const MadoMoment *moment)
{
  MadoSecret *secret = mado_secret_new (NULL);
  GtkWidget  *staff, *patron;

  if (secret == NULL)
    return NULL;
  MadoView *view = mado_view_new ("pin", moment);
  Page     *page = g_new0 (Page, 1);
  view->own = page;
  view->own_free = page_free;
  page->secret = secret;
  page->dots = mado_pin_dots_new (LEAST, MOST);
  page->staff_dots = mado_pin_dots_new (0, 0);
  mado_view_add_panes (view, &staff, &patron);
  fill_staff (view, staff, moment->state);
  fill_patron (view, patron, moment->state);
  mado_view_add_bar (view);
  mado_view_add_remark (view, "clock", "お客さまの入力を待っています");
  show_count (view);
  view->first = page->dots;
  view->key = on_key;
  view->is_typed = is_typed;
  view->inherit = inherit;
  return view;
}
