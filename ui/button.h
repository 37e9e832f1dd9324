/* ui/button.h - buttons that print their key. */
#pragma once
#include <gtk/gtk.h>

/**
 * mado_button_new:
 * @classes: "primary", "neutral", "danger", "quiet", "compact" or none
 * @icon: (nullable): before the words
 * @words: also the accessible name
 * @after: (nullable): icon behind the words
 * @key: (nullable): what is printed as the key that presses it
 */
GtkWidget *mado_button_new (
    const char *classes, const char *icon, const char *words, const char *after, const char *key);

/** A square to tick with a sentence, a second line and a key; the whole is one toggle button. */
GtkWidget *mado_tick_new (const char *words, const char *below, const char *key);

/** The little sign of a key. */
GtkWidget *mado_key_hint_new (const char *key);
