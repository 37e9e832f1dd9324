/* ui/drawing.h - pictures drawn with Cairo in the units of their design. */
#pragma once
#include <gtk/gtk.h>

typedef void (*MadoDraw) (cairo_t *cr, GtkWidget *area, gconstpointer data);

/**
 * mado_drawing_new:
 * @width, @height: of the design; the widget asks for as much in the present text step
 * @draw: paints within @width × @height; scaled to the room given, never stretched
 * @data: static; passed to @draw
 *
 * Returns: (transfer floating): an ornament without a name of its own
 */
GtkWidget *mado_drawing_new (int width, int height, MadoDraw draw, gconstpointer data);

/** Sets the source to "#RRGGBB" with @alpha. */
void mado_ink (cairo_t *cr, const char *colour, double alpha);

/** Sets the source to the CSS colour of @area. */
void mado_ink_of (cairo_t *cr, GtkWidget *area);

/** A rectangle with round corners as a new sub-path. */
void
mado_round_rectangle (cairo_t *cr, double x, double y, double width, double height, double radius);
