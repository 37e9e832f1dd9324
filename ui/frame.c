#include "ui/frame.h"

#include "app/base/json.h"
#include "ui/appbar.h"
#include "ui/build.h"
#include "ui/rail.h"
#include "ui/views.h"

#define AROUND 32 /* of what a focused field says below itself */

static void
replace (GtkWidget **place, GtkWidget *widget)
{
  if (*place != NULL)
    gtk_widget_destroy (*place);
  *place = widget;
}

static void
draw_strip (MadoFrame *frame, const MadoMoment *moment)
{
  gboolean rehearsal = moment->status != NULL && mado_json_flag (moment->status, "rehearsal");
  GtkStyleContext *style = gtk_widget_get_style_context (frame->column);

  gtk_widget_set_visible (frame->strip, rehearsal);
  if (rehearsal)
    gtk_style_context_add_class (style, "rehearsal");
  else
    gtk_style_context_remove_class (style, "rehearsal");
}

/* Its lights stay the same objects, so that only what changes is announced. */
static void
draw_appbar (MadoFrame *frame, const MadoMoment *moment)
{
  if (frame->appbar == NULL) {
    frame->appbar = mado_appbar_new ();
    mado_put (frame->column, frame->appbar);
    gtk_box_reorder_child (GTK_BOX (frame->column), frame->appbar, 1);
  }
  mado_appbar_draw (frame->appbar, moment);
}

static void
draw_rail (MadoFrame *frame, int step)
{
  if (step == frame->step)
    return;
  frame->step = step;
  replace (&frame->rail, step > 0 ? mado_rail_new (step) : NULL);
  if (frame->rail == NULL)
    return;
  mado_put (frame->column, frame->rail);
  gtk_box_reorder_child (GTK_BOX (frame->column), frame->rail, 2);
  gtk_widget_show_all (frame->rail);
}

void
mado_frame_draw_bars (MadoFrame *frame, const MadoMoment *moment)
{
  draw_strip (frame, moment);
  draw_appbar (frame, moment);
  draw_rail (frame, mado_views_step (moment));
}

void
mado_frame_init (MadoFrame *frame, GtkWindow *window)
{
  GtkWidget *words = mado_text (NULL, "予行演習　本番のデータには つながりません");

  frame->overlay = gtk_overlay_new ();
  frame->column = mado_column ("counter", 0);
  frame->strip = mado_row ("rehearsal-strip", 0);
  gtk_box_set_center_widget (GTK_BOX (frame->strip), words);
  gtk_widget_show (words);
  gtk_widget_set_no_show_all (frame->strip, TRUE);
  mado_put (frame->column, frame->strip);
  gtk_container_add (GTK_CONTAINER (frame->overlay), frame->column);
  gtk_container_add (GTK_CONTAINER (window), frame->overlay);
  gtk_widget_show_all (frame->overlay);
}

/* The focus is given before anything has a place; with a large text its widget may lie below. */
static void
on_placed (GtkWidget *first, GtkAllocation *room, gpointer data G_GNUC_UNUSED)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (first, GTK_TYPE_SCROLLED_WINDOW);

  if (scrolled == NULL || !gtk_widget_is_focus (first))
    return;
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                             room->y - AROUND, room->y + room->height + AROUND);
}

void
mado_frame_put (MadoFrame *frame, MadoView *view)
{
  /* a large text step may need more height than the screen has: then the body scrolls, whole */
  frame->body = mado_scrolled (view->body, GTK_POLICY_AUTOMATIC);
  mado_put_wide (frame->column, frame->body);
  gtk_widget_show_all (frame->body);
  if (view->first != NULL)
    g_signal_connect (view->first, "size-allocate", G_CALLBACK (on_placed), NULL);
  if (view->bar == NULL)
    return;
  mado_put (frame->column, view->bar);
  gtk_widget_show_all (view->bar);
}

void
mado_frame_drop (MadoFrame *frame, MadoView *view)
{
  replace (&frame->body, NULL);
  replace (&view->bar, NULL);
}

void
mado_frame_forget_sizes (MadoFrame *frame)
{
  replace (&frame->appbar, NULL);
  frame->step = -1;
}
