/* ui/pin-dots.h - how many characters of a secret were typed; never which. */
#pragma once
#include <gtk/gtk.h>

/**
 * mado_pin_dots_new:
 * @least, @most: lengths the secret may have; @most 0: only what is typed is drawn
 *
 * Filled = typed, ring = must, dashed ring = may. Takes the focus and keys where @most is set.
 * Announces nothing but the count.
 */
GtkWidget *mado_pin_dots_new (int least, int most);

void mado_pin_dots_set_count (GtkWidget *dots, int count);
int  mado_pin_dots_get_count (GtkWidget *dots);

/** The same dots for tries: @left of @max filled, from the right; nothing to type. */
GtkWidget *mado_pin_dots_new_tries (int left, int max);
