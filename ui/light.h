/* ui/light.h - one light of the app bar: a sign and always words. */
#pragma once
#include <gtk/gtk.h>

/** Dark and wordless until it is set. */
GtkWidget *mado_light_new (void);

/**
 * mado_light_set:
 * @kind: "ok", "off" or "warn"
 *
 * The light stays the same accessible object: only what is new about it is announced, by its name.
 */
void mado_light_set (GtkWidget *light, const char *kind, const char *name, const char *words);
