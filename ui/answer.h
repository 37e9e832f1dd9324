/* ui/answer.h - one of the three answers: mark, question, answer, time and source. */
#pragma once
#include "ui/mark.h"
#include <gtk/gtk.h>

typedef struct {
  MadoMark    mark;
  const char *question, *answer;
  const char *meta; /* time and source; NULL draws the small form */
} MadoAnswerWords;

/** Empty until it is set. */
GtkWidget *mado_answer_new (void);

/** One accessible object that says question, answer and meta; it is told only what is new. */
void mado_answer_set (GtkWidget *box, const MadoAnswerWords *words);
