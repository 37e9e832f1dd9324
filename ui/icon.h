/* ui/icon.h - line icons on a 24-unit square, drawn in the CSS colour of where they stand. */
#pragma once
#include <gtk/gtk.h>

/**
 * mado_icon_new:
 * @name: "check", "user", "lock" … as in the table of icon.c
 * @size: pixels a side at 100 %; follows the text step
 *
 * Returns: (transfer floating): an ornament without a name of its own
 */
GtkWidget *mado_icon_new (const char *name, int size);

/** Line width in units of the 24-unit square; 2 unless said. */
GtkWidget *mado_icon_new_with_stroke (const char *name, int size, double stroke);
