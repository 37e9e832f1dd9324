#include "ui/pin-dots.h"

#include "ui/build.h"
#include "ui/drawing.h"

#define DOT 18.0
#define PITCH 28.0

typedef struct {
  int least, most, count;
} Dots;

static Dots *
dots_of (GtkWidget *area)
{
  return g_object_get_data (G_OBJECT (area), "dots");
}

static void
draw_ring (cairo_t *cr, gboolean dashed)
{
  static const double dashes[] = { 4, 3.2 };

  cairo_set_line_width (cr, 2);
  cairo_set_dash (cr, dashes, dashed ? 2 : 0, 0);
  cairo_arc (cr, 0, 0, DOT / 2 - 1, 0, 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_dot (cairo_t *cr, const Dots *dots, int i)
{
  if (i < dots->count) {
    cairo_arc (cr, 0, 0, DOT / 2, 0, 2 * G_PI);
    cairo_fill (cr);
  } else
    draw_ring (cr, i >= dots->least);
}

static gboolean
on_draw (GtkWidget *area, cairo_t *cr, gpointer data G_GNUC_UNUSED)
{
  const Dots *dots = dots_of (area);
  int         shown = MAX (dots->most, dots->count);
  double      width = gtk_widget_get_allocated_width (area);
  double      pitch = MIN (PITCH, width / MAX (shown, 1)); /* all of sixteen are seen anywhere */
  double      start = dots->most > 0 ? (width - pitch * shown) / 2 + pitch / 2 : DOT / 2;

  for (int i = 0; i < shown; i++) {
    cairo_save (cr);
    cairo_translate (cr, start + pitch * i, gtk_widget_get_allocated_height (area) / 2.0);
    if (i < dots->count)
      mado_ink_of (cr, area);
    else
      cairo_set_source_rgba (cr, 0.5, 0.475, 0.404, 1);
    draw_dot (cr, dots, i);
    cairo_restore (cr);
  }
  return TRUE;
}

void
mado_pin_dots_set_count (GtkWidget *area, int count)
{
  g_autofree char *name = count == 0 ? g_strdup ("まだ 入っていません")
                                     : g_strdup_printf ("%d文字 入りました", count);

  dots_of (area)->count = count;
  mado_set_name (area, name);
  gtk_widget_queue_draw (area);
}

int
mado_pin_dots_get_count (GtkWidget *area)
{
  return dots_of (area)->count;
}

GtkWidget *
mado_pin_dots_new (int least, int most)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Dots      *dots = g_new0 (Dots, 1);

  dots->least = least;
  dots->most = most;
  g_object_set_data_full (G_OBJECT (area), "dots", dots, g_free);
  gtk_widget_set_size_request (area, (int)(PITCH * MAX (most, 11)), 30);
  gtk_widget_set_can_focus (area, most > 0);
  mado_add_classes (area, "pin-dots");
  g_signal_connect (area, "draw", G_CALLBACK (on_draw), NULL);
  mado_pin_dots_set_count (area, 0);
  return area;
}

static gboolean
on_draw_tries (GtkWidget *area, cairo_t *cr, gpointer data G_GNUC_UNUSED)
{
  const Dots *dots = dots_of (area);

  mado_ink_of (cr, area);
  for (int i = 0; i < dots->most; i++) {
    cairo_save (cr);
    cairo_translate (cr, DOT / 2 + 26 * i, gtk_widget_get_allocated_height (area) / 2.0);
    if (i >= dots->most - dots->count) {
      cairo_arc (cr, 0, 0, DOT / 2, 0, 2 * G_PI);
      cairo_fill (cr);
    } else
      draw_ring (cr, TRUE);
    cairo_restore (cr);
  }
  return TRUE;
}

GtkWidget *
mado_pin_dots_new_tries (int left, int max)
{
  GtkWidget *area = mado_ornament (gtk_drawing_area_new ());
  Dots      *dots = g_new0 (Dots, 1);

  dots->most = max;
  dots->count = left;
  g_object_set_data_full (G_OBJECT (area), "dots", dots, g_free);
  gtk_widget_set_size_request (area, 26 * max, 24);
  mado_add_classes (area, "pin-dots");
  g_signal_connect (area, "draw", G_CALLBACK (on_draw_tries), NULL);
  return area;
}
