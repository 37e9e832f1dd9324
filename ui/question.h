/* ui/question.h - a question on a dimmed ground: the safe answer first and focused. */
#pragma once
#include <gtk/gtk.h>

typedef struct {
  const char *title, *consequence;
  const char *stay, *leave; /* the two answers; Esc is printed on @stay */
} MadoQuestion;

/**
 * mado_question_new:
 * @stayed: "clicked" of the safe answer
 * @left: "clicked" of the other one
 *
 * Returns: the ground with the question on it, to be laid over everything else
 */
GtkWidget *
mado_question_new (const MadoQuestion *question, GCallback stayed, GCallback left, gpointer data);

/** Gives the focus to the safe answer; @ground is shown already. */
void mado_question_focus (GtkWidget *ground);
