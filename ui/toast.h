/* ui/toast.h - a sentence at the bottom right that goes by itself. */
#pragma once
#include <gtk/gtk.h>

/**
 * mado_toast_show:
 * @overlay: where it stands for six seconds; a newer one takes its place
 *
 * Says what was done or could not be; never the only place where it is said.
 */
void mado_toast_show (GtkOverlay *overlay, const char *words);
