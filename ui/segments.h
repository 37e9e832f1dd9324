/* ui/segments.h - one of two to five: linked buttons, the chosen one filled and ticked. */
#pragma once
#include <gtk/gtk.h>

/**
 * mado_segments_new:
 * @name: accessible name of the whole
 * @codes, @labels: @n of each; static
 * @chosen: code chosen at first
 */
GtkWidget *mado_segments_new (const char        *name,
                              const char *const *codes,
                              const char *const *labels,
                              guint              n,
                              const char        *chosen);

/** The code of the chosen one. */
const char *mado_segments_chosen (GtkWidget *segments);

/** Chooses @code; one that is not there leaves the choice as it is. */
void mado_segments_choose (GtkWidget *segments, const char *code);
