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
mado_tag_new (const char *classes, const char *icon, const char *words)
{
  GtkWidget *tag = mado_row ("tag", 5);

  mado_add_classes (tag, classes);
  if (icon != NULL)
    mado_put (tag, mado_icon_new (icon, 16));
  mado_put (tag, mado_line (NULL, words));
  return mado_align (tag, GTK_ALIGN_START, GTK_ALIGN_CENTER);
}
