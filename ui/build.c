#include "ui/build.h"

#include "ui/style.h"

void
mado_add_classes (GtkWidget *widget, const char *classes)
{
  g_auto (GStrv) names = g_strsplit (classes != NULL ? classes : "", " ", -1);

  for (char **name = names; *name != NULL; name++)
    if (**name != '\0')
      gtk_style_context_add_class (gtk_widget_get_style_context (widget), *name);
}

GtkWidget *
mado_line (const char *classes, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  mado_add_classes (label, classes);
  return label;
}

GtkWidget *
mado_text (const char *classes, const char *text)
{
  GtkWidget *label = mado_line (classes, text);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

GtkWidget *
mado_textf (const char *classes, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return mado_text (classes, text);
}

GtkWidget *
mado_tight (GtkWidget *label, double factor)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_line_height_new (factor));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
  return label;
}

GtkWidget *
mado_row (const char *classes, int gap)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, gap);

  mado_add_classes (box, classes);
  return box;
}

GtkWidget *
mado_column (const char *classes, int gap)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, gap);

  mado_add_classes (box, classes);
  return box;
}

void
mado_put (GtkWidget *box, GtkWidget *child)
{
  gtk_box_pack_start (GTK_BOX (box), child, FALSE, FALSE, 0);
}

void
mado_put_wide (GtkWidget *box, GtkWidget *child)
{
  gtk_box_pack_start (GTK_BOX (box), child, TRUE, TRUE, 0);
}

void
mado_put_end (GtkWidget *box, GtkWidget *child)
{
  gtk_box_pack_end (GTK_BOX (box), child, FALSE, FALSE, 0);
}

void
mado_put_air (GtkWidget *box)
{
  mado_put_wide (box, mado_ornament (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0)));
}

void
mado_empty (GtkWidget *box)
{
  gtk_container_foreach (GTK_CONTAINER (box), (GtkCallback)(void (*) (void))gtk_widget_destroy,
                         NULL);
}

void
mado_set_name (GtkWidget *widget, const char *name)
{
  atk_object_set_name (gtk_widget_get_accessible (widget), name);
}

GtkWidget *
mado_ornament (GtkWidget *widget)
{
  atk_object_set_role (gtk_widget_get_accessible (widget), ATK_ROLE_REDUNDANT_OBJECT);
  return widget;
}

GtkWidget *
mado_margins (GtkWidget *widget, int top, int end, int bottom, int start)
{
  gtk_widget_set_margin_top (widget, top);
  gtk_widget_set_margin_end (widget, end);
  gtk_widget_set_margin_bottom (widget, bottom);
  gtk_widget_set_margin_start (widget, start);
  return widget;
}

GtkWidget *
mado_scrolled (GtkWidget *child, GtkPolicyType across)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (NULL, NULL);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), across, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  gtk_widget_set_can_focus (scrolled,
                            FALSE); /* what is in it takes the focus and comes into view */
  gtk_container_add (GTK_CONTAINER (scrolled), child);
  return scrolled;
}

GtkWidget *
mado_align (GtkWidget *widget, GtkAlign horizontal, GtkAlign vertical)
{
  gtk_widget_set_halign (widget, horizontal);
  gtk_widget_set_valign (widget, vertical);
  return widget;
}

static void
attach_term (GtkGrid *grid, int row, const char *term, const char *text)
{
  GtkWidget *name = mado_line ("term", term);
  GtkWidget *value = mado_text ("value", text);

  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, value, 1, row, 1, 1);
}

GtkWidget *
mado_terms (const char *term, const char *text, ...)
{
  GtkWidget *grid = gtk_grid_new ();
  va_list    rest;
  int        row = 0;

  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  va_start (rest, text);
  while (term != NULL) {
    attach_term (GTK_GRID (grid), row++, term, text);
    term = va_arg (rest, const char *);
    text = term != NULL ? va_arg (rest, const char *) : NULL;
  }
  va_end (rest);
  return grid;
}
