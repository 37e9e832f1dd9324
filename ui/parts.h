/* ui/parts.h - small blocks several views share. */
#pragma once
#include <gtk/gtk.h>

/** 声かけ: a line for the staff to say aloud. */
GtkWidget *mado_say_new (const char *sentence);

/** A white sheet with round corners around @child. */
GtkWidget *mado_panel_new (GtkWidget *child);

/** A coloured box with an icon; @kind "info" or "warn". */
GtkWidget *mado_notice_new (const char *kind, const char *icon, const char *sentence);

/** A small framed label; @icon nullable. */
GtkWidget *mado_tag_new (const char *classes, const char *icon, const char *words);
