#include "ui/button.h"

#include "ui/build.h"
#include "ui/icon.h"

GtkWidget *
mado_key_hint_new (const char *key)
{
  GtkWidget *hint = mado_line ("key-hint", key);

  gtk_widget_set_valign (hint, GTK_ALIGN_CENTER);
  return hint;
}

GtkWidget *
mado_button_new (
    const char *classes, const char *icon, const char *words, const char *after, const char *key)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = mado_row (NULL, 12);

  if (icon != NULL)
    mado_put (row, mado_icon_new (icon, 24));
  mado_put (row, mado_line (NULL, words));
  if (after != NULL)
    mado_put (row, mado_icon_new (after, 24));
  if (key != NULL)
    mado_put (row, mado_key_hint_new (key));
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_container_add (GTK_CONTAINER (button), row);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  mado_add_classes (button, classes);
  mado_set_name (button, words);
  return button;
}

GtkWidget *
mado_tick_new (const char *words, const char *below, const char *key)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *row = mado_row (NULL, 12);
  GtkWidget *square = mado_row ("tick-square", 0);
  GtkWidget *texts = mado_column (NULL, 0);

  mado_put_wide (square, mado_icon_new_with_stroke ("check", 22, 3));
  mado_put (row, mado_align (square, GTK_ALIGN_START, GTK_ALIGN_CENTER));
  mado_put (texts, mado_tight (mado_text ("strong", words), 0.95));
  if (below != NULL)
    mado_put (texts, mado_text ("micro muted", below));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  mado_put_wide (row, texts);
  if (key != NULL)
    mado_put_end (row, mado_key_hint_new (key));
  gtk_container_add (GTK_CONTAINER (button), row);
  mado_add_classes (button, "tick");
  mado_set_name (button, words);
  atk_object_set_role (gtk_widget_get_accessible (button), ATK_ROLE_CHECK_BOX);
  return button;
}
