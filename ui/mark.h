/* ui/mark.h - the sign of an answer: different in shape, not only in colour. */
#pragma once
#include <gtk/gtk.h>

typedef enum {
  MADO_MARK_UNCHECKED, /* dashed ring with three dots */
  MADO_MARK_YES,       /* disc with a tick */
  MADO_MARK_NO,        /* square with a bar */
} MadoMark;

/** In the CSS colour of class "mark"; @size in pixels at 100 %. */
GtkWidget *mado_mark_new (MadoMark mark, int size);

/** "yes", "no" or "unchecked": the style class that goes with it. */
const char *mado_mark_class (MadoMark mark);
