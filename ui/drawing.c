#include "ui/drawing.h"

#include "ui/build.h"
#include "ui/style.h"

typedef struct {
  int           width, height;
  MadoDraw      draw;
  gconstpointer data;
} Picture;

void
mado_ink (cairo_t *cr, const char *colour, double alpha)
{
  GdkRGBA rgba;

  g_assert (gdk_rgba_parse (&rgba, colour));
  cairo_set_source_rgba (cr, rgba.red, rgba.green, rgba.blue, alpha);
}

void
mado_ink_of (cairo_t *cr, GtkWidget *area)
{
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (area),
                               gtk_widget_get_state_flags (area), &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
}

void
mado_round_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static gboolean
on_draw (GtkWidget *area, cairo_t *cr, gpointer data)
{
  const Picture *picture = data;
  double         width = gtk_widget_get_allocated_width (area);
  double         height = gtk_widget_get_allocated_height (area);
  double         scale = MIN (width / picture->width, height / picture->height);

  cairo_translate (cr, (width - scale * picture->width) / 2,
                   (height - scale * picture->height) / 2);
  cairo_scale (cr, scale, scale);
  picture->draw (cr, area, picture->data);
  return TRUE;
}

GtkWidget *
mado_drawing_new (int width, int height, MadoDraw draw, gconstpointer data)
{
  GtkWidget *area = mado_ornament (gtk_drawing_area_new ());
  Picture   *picture = g_new (Picture, 1);

  *picture = (Picture){ width, height, draw, data };
  gtk_widget_set_size_request (area, mado_style_scaled (width), mado_style_scaled (height));
  mado_align (area, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER);
  g_signal_connect_data (area, "draw", G_CALLBACK (on_draw), picture,
                         (GClosureNotify)(void (*) (void))g_free, 0);
  return area;
}
