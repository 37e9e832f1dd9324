/* ui/build.h - the few words views are written in: text, rows, columns, air, names. */
#pragma once
#include <gtk/gtk.h>

/** Left-aligned text that wraps rather than being cut; @classes are parted by blanks. */
GtkWidget *mado_text (const char *classes, const char *text);
GtkWidget *mado_textf (const char *classes, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** The same on one line, never wrapped: key caps, chips, times. */
GtkWidget *mado_line (const char *classes, const char *text);

/** Large text set close: @factor of the font's own line height. */
GtkWidget *mado_tight (GtkWidget *label, double factor);

GtkWidget *mado_row (const char *classes, int gap);
GtkWidget *mado_column (const char *classes, int gap);

/** Puts @child last into @box at its own size; _wide gives it the room left, _end the far end. */
void mado_put (GtkWidget *box, GtkWidget *child);
void mado_put_wide (GtkWidget *box, GtkWidget *child);
void mado_put_end (GtkWidget *box, GtkWidget *child);

/** Room that grows: pushes what follows to the far end. */
void mado_put_air (GtkWidget *box);

void mado_add_classes (GtkWidget *widget, const char *classes);

/** Destroys all that is in @box. */
void mado_empty (GtkWidget *box);

/** What a screen reader says instead of the widget's own text. */
void mado_set_name (GtkWidget *widget, const char *name);

/** Takes an ornament away from screen readers. */
GtkWidget *mado_ornament (GtkWidget *widget);

/** @child in a scrolled window that takes no focus; it scrolls only where @child is too high. */
GtkWidget *mado_scrolled (GtkWidget *child, GtkPolicyType across);

GtkWidget *mado_margins (GtkWidget *widget, int top, int end, int bottom, int start);
GtkWidget *mado_align (GtkWidget *widget, GtkAlign horizontal, GtkAlign vertical);

/** Pairs of grey term and text in two columns; end with %NULL. */
GtkWidget *mado_terms (const char *term, const char *text, ...) G_GNUC_NULL_TERMINATED;
