#include "ui/parts.h"

#include "ui/build.h"
#include "ui/icon.h"

GtkWidget *
mado_say_new (const char *sentence)
{
  GtkWidget *say = mado_column ("say", 2);
  GtkWidget *head = mado_row ("say-head", 6);

  mado_put (head, mado_icon_new ("chat", 18));
  mado_put (head, mado_line (NULL, "声かけ"));
  mado_put (say, head);
  mado_put (say, mado_text (NULL, sentence));
  return say;
}

GtkWidget *
mado_panel_new (GtkWidget *child)
{
  GtkWidget *panel = mado_column ("panel", 8);

  mado_put_wide (panel, child);
  return panel;
}

GtkWidget *
mado_notice_new (const char *kind, const char *icon, const char *sentence)
{
  GtkWidget *notice = mado_row ("notice", 12);
  GtkWidget *text = mado_text (NULL, sentence);

  mado_add_classes (notice, kind);
  mado_put (notice, mado_icon_new (icon, 24));
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  mado_put_wide (notice, text);
  return notice;
}

GtkWidget *
mado_answer_new (MadoMark mark, const char *question, const char *answer, const char *meta)
{
  GtkWidget       *box = mado_row ("answer", 14);
  GtkWidget       *texts = mado_column (NULL, 0);
  g_autofree char *name
      = g_strjoin ("、", question, answer, meta != NULL && *meta != '\0' ? meta : NULL, NULL);

  mado_add_classes (box, mado_mark_class (mark));
  mado_add_classes (box, meta != NULL ? NULL : "short");
  mado_put (box, mado_mark_new (mark, meta != NULL ? 44 : 34));
  mado_put (texts, mado_ornament (mado_tight (mado_text ("q", question), 0.9)));
  mado_put (texts, mado_ornament (mado_tight (mado_text ("a", answer), 0.92)));
  if (meta != NULL)
    mado_put (texts, mado_ornament (mado_tight (mado_text ("m", meta), 0.92)));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  mado_put_wide (box, texts);
  atk_object_set_role (gtk_widget_get_accessible (box), ATK_ROLE_STATUSBAR);
  mado_set_name (box, name);
  return box;
}

GtkWidget *
mado_tag_new (const char *classes, const char *icon, const char *words)
{
  GtkWidget *tag = mado_row ("tag", 5);

  mado_add_classes (tag, classes);
  if (icon != NULL)
    mado_put (tag, mado_icon_new (icon, 16));
  mado_put (tag, mado_line (NULL, words));
  return mado_align (tag, GTK_ALIGN_START, GTK_ALIGN_CENTER);
}
