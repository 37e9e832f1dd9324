/* ui/fixed-width.h - a container that is exactly as wide as the design says; text inside wraps. */
#pragma once
#include <gtk/gtk.h>

#define MADO_TYPE_FIXED_WIDTH (mado_fixed_width_get_type ())
G_DECLARE_FINAL_TYPE (MadoFixedWidth, mado_fixed_width, MADO, FIXED_WIDTH, GtkBin)

/** @child in @width pixels; wider only when @child cannot be narrower. */
GtkWidget *mado_fixed_width_new (GtkWidget *child, int width);
