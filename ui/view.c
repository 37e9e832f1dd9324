#include "ui/view.h"

#include "ui/build.h"
#include "ui/button.h"
#include "ui/fixed-width.h"
#include "ui/icon.h"
#include "ui/ornaments.h"
#include "ui/style.h"

#define STAFF_WIDTH 420
#define SHEET_RADIUS 27

MadoView *
mado_view_new (const char *name, const MadoMoment *moment)
{
  MadoView *view = g_new0 (MadoView, 1);

  view->name = name;
  view->client = g_object_ref (moment->client);
  return view;
}

void
mado_view_free (MadoView *view)
{
  if (view->own_free != NULL)
    view->own_free (view->own);
  g_object_unref (view->client);
  g_free (view);
}

void
mado_view_add_bar (MadoView *view)
{
  view->bar = mado_row ("actions", 12);
  view->stop = mado_button_new ("neutral", "x", "中止", NULL, "Esc");
  mado_put (view->bar, view->stop);
}

void
mado_view_add_back (MadoView *view)
{
  view->back = mado_button_new ("quiet", "left", "もどる", NULL, "Alt+←");
  mado_put (view->bar, view->back);
}

void
mado_view_add_main (MadoView *view, GtkWidget *button)
{
  view->main = button;
  mado_put_end (view->bar, button);
}

void
mado_view_hand_over (GtkWidget *live, GtkWidget *other)
{
  gtk_style_context_add_class (gtk_widget_get_style_context (live), "primary");
  gtk_style_context_remove_class (gtk_widget_get_style_context (other), "primary");
  gtk_widget_set_sensitive (live, TRUE);
  gtk_widget_set_sensitive (other, FALSE);
}

GtkWidget *
mado_view_add_remark (MadoView *view, const char *icon, const char *sentence)
{
  GtkWidget *remark = mado_row ("remark small", 8);

  if (icon != NULL)
    mado_put (remark, mado_icon_new (icon, 20));
  mado_put (remark, mado_text (NULL, sentence));
  gtk_widget_set_margin_end (remark, 8);
  mado_put_end (view->bar, remark);
  return remark;
}

static GtkWidget *
pane_tag (const char *icon, const char *words)
{
  GtkWidget *tag = mado_row ("pane-tag", 8);

  mado_put (tag, mado_icon_new (icon, 20));
  mado_put (tag, mado_line (NULL, words));
  return tag;
}

static GtkWidget *
staff_pane (void)
{
  GtkWidget *staff = mado_column ("staff", 14);

  mado_put (staff, pane_tag ("desk", "職員の画面"));
  return staff;
}

static GtkWidget *
patron_pane (GtkWidget **ret_inside)
{
  GtkWidget *sheet = mado_column ("patron", 0);
  GtkWidget *inside = mado_column ("patron-inside", 8);

  mado_put (sheet, mado_noren_new (30, SHEET_RADIUS));
  if (mado_style_text_step () == 100) /* large text: what must be pressed goes first */
    mado_put (inside, pane_tag ("user", "お客さまの画面"));
  mado_put_wide (sheet, mado_scrolled (inside, GTK_POLICY_NEVER));
  *ret_inside = inside;
  return sheet;
}

/* Each pane scrolls by itself when the text is large. */
void
mado_view_add_panes (MadoView *view, GtkWidget **ret_staff, GtkWidget **ret_patron)
{
  view->body = mado_row (mado_style_text_step () > 100 ? "panes large" : "panes", 0);
  *ret_staff = staff_pane ();
  mado_put (view->body,
            mado_fixed_width_new (mado_scrolled (*ret_staff, GTK_POLICY_NEVER), STAFF_WIDTH));
  view->sheet = patron_pane (ret_patron);
  mado_put_wide (view->body, view->sheet);
}

void
mado_view_add_foot (MadoView *view, GtkWidget *buttons)
{
  mado_add_classes (buttons, "patron-foot");
  mado_put (view->sheet, buttons);
}
