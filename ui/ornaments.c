#include "ui/ornaments.h"

#include "ui/build.h"
#include "ui/drawing.h"
#include "ui/style.h"
#include "ui/svgpath.h"

#include <math.h>

#define NOREN_PANELS 9

static void
draw_logo (cairo_t *cr, GtkWidget *area G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  mado_ink (cr, "#FFFDF8", 1);
  mado_round_rectangle (cr, 2, 2, 36, 36, 9);
  cairo_fill (cr);
  mado_ink (cr, "#17456B", 1);
  mado_svg_path (cr, "M8 9h24v10.5c-1.3 1-2.6 1-4 0-1.3 1-2.7 1-4 0-1.3 1-2.7 1-4 0-1.3 1-2.7 1-4 "
                     "0-1.3 1-2.7 1-4 0-1.4 1-2.7 1-4 0z");
  cairo_fill (cr);
  mado_ink (cr, "#FFFDF8", 1);
  cairo_set_line_width (cr, 1.6);
  mado_svg_path (cr, "M16 10v9M24 10v9");
  cairo_stroke (cr);
  mado_ink (cr, "#F0B431", 1);
  mado_round_rectangle (cr, 7, 27, 26, 4.5, 2.2);
  cairo_fill (cr);
}

GtkWidget *
mado_logo_new (int size)
{
  GtkWidget *area = mado_drawing_new (40, 40, draw_logo, NULL);

  gtk_widget_set_size_request (area, size, size);
  return area;
}

static void
add_panel (cairo_t *cr, double from, double to, double height, gboolean odd)
{
  double hem = height * 0.86, dip = height * (odd ? 0.96 : 1.02);

  cairo_move_to (cr, from, 0);
  cairo_line_to (cr, to, 0);
  cairo_line_to (cr, to, hem);
  cairo_curve_to (cr, to - (to - from) / 3, dip, from + (to - from) / 3, dip, from, hem);
  cairo_close_path (cr);
}

static void
clip_to_sheet (cairo_t *cr, double width, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, radius, radius, radius, G_PI, 3 * G_PI_2);
  cairo_arc (cr, width - radius, radius, radius, -G_PI_2, 0);
  cairo_line_to (cr, width, 200);
  cairo_line_to (cr, 0, 200);
  cairo_close_path (cr);
  cairo_clip (cr);
}

static gboolean
on_draw_noren (GtkWidget *area, cairo_t *cr, gpointer radius)
{
  double           width = gtk_widget_get_allocated_width (area);
  double           height = gtk_widget_get_allocated_height (area);
  double           panel = width / NOREN_PANELS;
  cairo_pattern_t *indigo = cairo_pattern_create_linear (0, 0, 0, height);

  clip_to_sheet (cr, width, GPOINTER_TO_INT (radius));
  cairo_pattern_add_color_stop_rgb (indigo, 0, 0.075, 0.231, 0.361);
  cairo_pattern_add_color_stop_rgb (indigo, 1, 0.118, 0.353, 0.541);
  cairo_set_source (cr, indigo);
  for (int i = 0; i < NOREN_PANELS; i++)
    add_panel (cr, i * panel + (i > 0 ? 1.5 : 0),
               (i + 1) * panel - (i < NOREN_PANELS - 1 ? 1.5 : 0), height, i % 2);
  cairo_rectangle (cr, 0, 0, width, height * 0.2);
  cairo_fill (cr);
  cairo_pattern_destroy (indigo);
  mado_ink (cr, "#8A6A3B", 1);
  cairo_rectangle (cr, 0, 0, width, 4);
  cairo_fill (cr);
  return TRUE;
}

GtkWidget *
mado_noren_new (int height, int radius)
{
  GtkWidget *area = mado_ornament (gtk_drawing_area_new ());

  gtk_widget_set_size_request (area, -1, height);
  g_signal_connect (area, "draw", G_CALLBACK (on_draw_noren), GINT_TO_POINTER (radius));
  return area;
}

typedef struct {
  int         width, height;
  const char *colour;
  gboolean    leaning, label_up;
} Book;

static const Book books[] = {
  { 22, 68, "#6FA380", FALSE, TRUE },  { 14, 58, "#9C5B3C", FALSE, FALSE },
  { 26, 80, "#C9BFDA", FALSE, TRUE },  { 30, 80, "#5B4A7A", FALSE, TRUE },
  { 14, 52, "#9C5B3C", FALSE, FALSE }, { 15, 74, "#F0B431", FALSE, FALSE },
  { 19, 56, "#1E5A36", FALSE, TRUE },  { 14, 74, "#6FA380", FALSE, TRUE },
  { 14, 54, "#17456B", FALSE, FALSE }, { 22, 74, "#1E5A36", TRUE, TRUE },
  { 14, 82, "#17456B", FALSE, FALSE }, { 17, 60, "#8FB2CC", FALSE, FALSE },
};

static void
draw_book (cairo_t *cr, const Book *book)
{
  mado_ink (cr, book->colour, 1);
  mado_round_rectangle (cr, 0, -book->height, book->width, book->height, 1.8);
  cairo_fill (cr);
  mado_ink (cr, "#FFFDF8", 0.32);
  if (book->label_up)
    mado_round_rectangle (cr, book->width * 0.3, -book->height * 0.85, book->width * 0.38,
                          book->height * 0.38, 2);
  else
    cairo_rectangle (cr, 0, -book->height * 0.82, book->width, 2.5);
  cairo_fill (cr);
  mado_ink (cr, "#FFFDF8", 0.9);
  mado_round_rectangle (cr, book->width * 0.24, -14, book->width * 0.52, 9, 1.5);
  cairo_fill (cr);
}

static double
step_after (const Book *book)
{
  return book->width + (book->leaning ? 9 : 1.5);
}

static int
width_of_books (void)
{
  double width = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (books); i++)
    width += step_after (&books[i]);
  return (int)ceil (width);
}

static void
draw_bookshelf (cairo_t *cr, GtkWidget *area G_GNUC_UNUSED, gconstpointer with_shelf)
{
  double x = with_shelf != NULL ? 12 : 0;

  for (gsize i = 0; i < G_N_ELEMENTS (books); i++) {
    cairo_save (cr);
    cairo_translate (cr, x + (books[i].leaning ? 2 : 0), 86);
    if (books[i].leaning)
      cairo_rotate (cr, 0.1);
    draw_book (cr, &books[i]);
    cairo_restore (cr);
    x += step_after (&books[i]);
  }
  if (with_shelf == NULL)
    return;
  mado_ink (cr, "#B98F57", 1);
  mado_round_rectangle (cr, 0, 86, 264, 9, 2.5);
  cairo_fill (cr);
  mado_ink (cr, "#CFA76E", 1);
  mado_round_rectangle (cr, 0, 86, 264, 3.5, 1.7);
  cairo_fill (cr);
}

GtkWidget *
mado_bookshelf_new (gboolean with_shelf)
{
  static const gboolean shelf = TRUE;

  return mado_drawing_new (with_shelf ? 264 : width_of_books (), with_shelf ? 95 : 86,
                           draw_bookshelf, with_shelf ? &shelf : NULL);
}
