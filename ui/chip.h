/* ui/chip.h - the state of an application as a small label. */
#pragma once
#include <gtk/gtk.h>

/** @state: "received" … as in the Applications document; an unknown one reads as it is. */
GtkWidget *mado_chip_new (const char *state);

/** The Japanese word for @state. */
const char *mado_chip_word (const char *state);
