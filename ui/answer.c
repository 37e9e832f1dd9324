#include "ui/answer.h"

#include "ui/build.h"

static void
set_mark (GtkWidget *box, MadoMark mark)
{
  GtkStyleContext *style = gtk_widget_get_style_context (box);

  gtk_style_context_remove_class (style, mado_mark_class (MADO_MARK_YES));
  gtk_style_context_remove_class (style, mado_mark_class (MADO_MARK_NO));
  gtk_style_context_remove_class (style, mado_mark_class (MADO_MARK_UNCHECKED));
  gtk_style_context_add_class (style, mado_mark_class (mark));
}

static GtkWidget *
texts_of (const MadoAnswerWords *words)
{
  GtkWidget *texts = mado_column (NULL, 0);

  mado_put (texts, mado_ornament (mado_tight (mado_text ("q", words->question), 0.9)));
  mado_put (texts, mado_ornament (mado_tight (mado_text ("a", words->answer), 0.92)));
  if (words->meta != NULL)
    mado_put (texts, mado_ornament (mado_tight (mado_text ("m", words->meta), 0.92)));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  return texts;
}

void
mado_answer_set (GtkWidget *box, const MadoAnswerWords *words)
{
  const char      *meta = words->meta != NULL && *words->meta != '\0' ? words->meta : NULL;
  g_autofree char *name = g_strjoin ("、", words->question, words->answer, meta, NULL);

  if (g_strcmp0 (atk_object_get_name (gtk_widget_get_accessible (box)), name) == 0)
    return;
  mado_empty (box);
  set_mark (box, words->mark);
  mado_add_classes (box, words->meta != NULL ? NULL : "short");
  mado_put (box, mado_mark_new (words->mark, words->meta != NULL ? 44 : 34));
  mado_put_wide (box, texts_of (words));
  gtk_widget_show_all (box);
  mado_set_name (box, name);
}

GtkWidget *
mado_answer_new (void)
{
  GtkWidget *box = mado_row ("answer", 14);

  atk_object_set_role (gtk_widget_get_accessible (box), ATK_ROLE_STATUSBAR);
  return box;
}
