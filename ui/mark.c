#include "ui/mark.h"

#include "ui/build.h"
#include "ui/drawing.h"
#include "ui/style.h"

static const char *const classes[] = { "unchecked", "yes", "no" };
static const MadoMark    marks[] = { MADO_MARK_UNCHECKED, MADO_MARK_YES, MADO_MARK_NO };

const char *
mado_mark_class (MadoMark mark)
{
  return classes[mark];
}

static void
draw_yes (cairo_t *cr, gboolean dark)
{
  cairo_arc (cr, 20, 20, 18, 0, 2 * G_PI);
  cairo_fill (cr);
  mado_ink (cr, dark ? "#000000" : "#FFFFFF", 1);
  cairo_set_line_width (cr, 4);
  cairo_move_to (cr, 11.5, 20.8);
  cairo_line_to (cr, 17.5, 26.8);
  cairo_line_to (cr, 29, 14.5);
  cairo_stroke (cr);
}

static void
draw_no (cairo_t *cr, gboolean dark)
{
  mado_round_rectangle (cr, 3, 3, 34, 34, 8);
  cairo_fill (cr);
  mado_ink (cr, dark ? "#000000" : "#FFFFFF", 1);
  cairo_set_line_width (cr, 4.5);
  cairo_move_to (cr, 11, 20);
  cairo_line_to (cr, 29, 20);
  cairo_stroke (cr);
}

static void
draw_unchecked (cairo_t *cr)
{
  static const double dashes[] = { 5, 4.3 };

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_width (cr, 3);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_arc (cr, 20, 20, 17, 0, 2 * G_PI);
  cairo_stroke (cr);
  for (int i = -1; i <= 1; i++) {
    cairo_arc (cr, 20 + 6 * i, 20, 2.2, 0, 2 * G_PI);
    cairo_fill (cr);
  }
}

static void
draw_mark (cairo_t *cr, GtkWidget *area, gconstpointer mark)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (area),
                               gtk_widget_get_state_flags (area), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  gboolean dark = colour.red + colour.green + colour.blue > 1.8; /* high contrast: pale sign */
  if (*(const MadoMark *)mark == MADO_MARK_YES)
    draw_yes (cr, dark);
  else if (*(const MadoMark *)mark == MADO_MARK_NO)
    draw_no (cr, dark);
  else
    draw_unchecked (cr);
}

GtkWidget *
mado_mark_new (MadoMark mark, int size)
{
  GtkWidget *area = mado_drawing_new (40, 40, draw_mark, &marks[mark]);
  int        side = mado_style_scaled (size);

  gtk_widget_set_size_request (area, side, side);
  mado_add_classes (area, "mark");
  return area;
}
