#include "ui/question.h"

#include "ui/build.h"
#include "ui/button.h"

#define SAFE "mado-safe-answer"

static GtkWidget *
answers (GtkWidget          *ground,
         const MadoQuestion *question,
         GCallback           stayed,
         GCallback           left,
         gpointer            data)
{
  GtkWidget *row = mado_row (NULL, 12);
  GtkWidget *stay = mado_button_new ("neutral", NULL, question->stay, NULL, "Esc");
  GtkWidget *leave = mado_button_new ("danger", NULL, question->leave, NULL, NULL);

  mado_put_end (row, leave);
  mado_put_end (row, stay);
  g_signal_connect (stay, "clicked", stayed, data);
  g_signal_connect (leave, "clicked", left, data);
  g_object_set_data (G_OBJECT (ground), SAFE, stay);
  return mado_margins (row, 12, 0, 0, 0);
}

GtkWidget *
mado_question_new (const MadoQuestion *question, GCallback stayed, GCallback left, gpointer data)
{
  GtkWidget *ground = mado_column ("dimmed", 0);
  GtkWidget *sheet = mado_column ("dialog", 12);

  mado_put (sheet, mado_text ("h2", question->title));
  mado_put (sheet, mado_text (NULL, question->consequence));
  mado_put (sheet, answers (ground, question, stayed, left, data));
  atk_object_set_role (gtk_widget_get_accessible (sheet), ATK_ROLE_DIALOG);
  mado_set_name (sheet, question->title);
  gtk_box_set_center_widget (GTK_BOX (ground),
                             mado_align (sheet, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  return ground;
}

void
mado_question_focus (GtkWidget *ground)
{
  gtk_widget_grab_focus (g_object_get_data (G_OBJECT (ground), SAFE));
}
