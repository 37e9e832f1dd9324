#include "ui/segments.h"

#include "ui/build.h"
#include "ui/icon.h"

static void
on_toggled (GtkToggleButton *button, GtkWidget *sign)
{
  gtk_widget_set_visible (sign, gtk_toggle_button_get_active (button));
}

static GtkWidget *
segment (const char *label, GtkWidget *first)
{
  GtkWidget *button = gtk_radio_button_new_from_widget (GTK_RADIO_BUTTON (first));
  GtkWidget *row = mado_row (NULL, 4);
  GtkWidget *sign = mado_icon_new_with_stroke ("check", 18, 3);

  gtk_widget_set_no_show_all (sign, TRUE);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), sign);
  mado_put (row, sign);
  mado_put (row, mado_line (NULL, label));
  gtk_container_add (GTK_CONTAINER (button), mado_align (row, GTK_ALIGN_CENTER, GTK_ALIGN_CENTER));
  gtk_toggle_button_set_mode (GTK_TOGGLE_BUTTON (button), FALSE);
  mado_set_name (button, label);
  on_toggled (GTK_TOGGLE_BUTTON (button), sign);
  return button;
}

GtkWidget *
mado_segments_new (const char        *name,
                   const char *const *codes,
                   const char *const *labels,
                   guint              n,
                   const char        *chosen)
{
  GtkWidget *row = mado_row ("segments", 0);
  GtkWidget *first = NULL;

  for (guint i = 0; i < n; i++) {
    GtkWidget *button = segment (labels[i], first);
    first = first != NULL ? first : button;
    g_object_set_data (G_OBJECT (button), "code", (gpointer)codes[i]);
    if (g_strcmp0 (codes[i], chosen) == 0)
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
    mado_put_wide (row, button);
  }
  mado_set_name (row, name);
  return row;
}

const char *
mado_segments_chosen (GtkWidget *segments)
{
  g_autoptr (GList) buttons = gtk_container_get_children (GTK_CONTAINER (segments));

  for (GList *at = buttons; at != NULL; at = at->next)
    if (gtk_toggle_button_get_active (at->data))
      return g_object_get_data (at->data, "code");
  return NULL;
}

void
mado_segments_choose (GtkWidget *segments, const char *code)
{
  g_autoptr (GList) buttons = gtk_container_get_children (GTK_CONTAINER (segments));

  for (GList *at = buttons; at != NULL; at = at->next)
    if (g_strcmp0 (g_object_get_data (at->data, "code"), code) == 0)
      gtk_toggle_button_set_active (at->data, TRUE);
}
