/* ui/style.h - the style sheet, its text steps and high contrast. */
#pragma once
#include <gtk/gtk.h>

/** Registers the compiled-in resources and switches the stock theme's habits off; once. */
void mado_style_init (void);

/** Text size in percent: 100, 115 or 130. */
int mado_style_text_step (void);

/** @length of the design at 100 %, in the present text step. */
int mado_style_scaled (int length);

/** Sets the nearest of the three steps and loads the sheet again. */
void mado_style_set_text_step (int percent);

/** The next larger (@by 1) or smaller (-1) step. */
void mado_style_step_text (int by);
