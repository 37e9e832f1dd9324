/* ui/frame.h - what stands in the window from top to bottom: strip, app bar, rail, body, actions.
 */
#pragma once
#include "ui/view.h"

typedef struct {
  GtkWidget *overlay, *column; /* the column lies in the overlay */
  GtkWidget *strip, *appbar, *rail;
  GtkWidget *body; /* scrolls when the text is large */
  int        step; /* on the rail */
} MadoFrame;

/** Fills @window; everything belongs to it from here on. */
void mado_frame_init (MadoFrame *frame, GtkWindow *window);

/** Strip, lights, clock and step as of @moment. */
void mado_frame_draw_bars (MadoFrame *frame, const MadoMoment *moment);

/** The text step changed: lights and rail are made anew the next time. */
void mado_frame_forget_sizes (MadoFrame *frame);

/** Body and actions of @view come into the window, and go again. */
void mado_frame_put (MadoFrame *frame, MadoView *view);
void mado_frame_drop (MadoFrame *frame, MadoView *view);
