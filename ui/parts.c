#include "ui/parts.h"

#include "ui/build.h"
#include "ui/drawing.h"
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

static void
draw_lit (cairo_t *cr, GtkWidget *area G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  mado_ink (cr, "#9BE0B0", 1);
  cairo_arc (cr, 20, 20, 18, 0, 2 * G_PI);
  cairo_fill (cr);
  mado_ink (cr, "#0E2F4B", 1);
  cairo_set_line_width (cr, 4.5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, 11.5, 20.8);
  cairo_line_to (cr, 17.5, 26.8);
  cairo_line_to (cr, 29, 14.5);
  cairo_stroke (cr);
}

static void
draw_unlit (cairo_t *cr, GtkWidget *area G_GNUC_UNUSED, gconstpointer data G_GNUC_UNUSED)
{
  static const double dashes[] = { 6, 4 };

  mado_ink (cr, "#FFFFFF", 1);
  cairo_set_line_width (cr, 3.5);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_arc (cr, 20, 20, 16, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (cr, 13, 20);
  cairo_line_to (cr, 27, 20);
  cairo_stroke (cr);
}

static GtkWidget *
light_glyph (const char *kind)
{
  if (g_str_equal (kind, "warn"))
    return mado_icon_new ("alert", 26);
  GtkWidget *glyph
      = mado_drawing_new (40, 40, g_str_equal (kind, "ok") ? draw_lit : draw_unlit, NULL);
  gtk_widget_set_size_request (glyph, 26, 26);
  return glyph;
}

GtkWidget *
mado_light_new (const char *kind, const char *name, const char *words)
{
  GtkWidget       *light = mado_row ("light", 8);
  GtkWidget       *texts = mado_column (NULL, 0);
  g_autofree char *says = g_strdup_printf ("%s、%s", name, words);

  mado_add_classes (light, kind);
  mado_put (light, light_glyph (kind));
  mado_put (texts, mado_ornament (mado_tight (mado_line ("strong", name), 0.8)));
  mado_put (texts, mado_ornament (mado_tight (mado_line ("light-words", words), 0.8)));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  mado_put (light, texts);
  gtk_widget_set_valign (light, GTK_ALIGN_CENTER);
  atk_object_set_role (gtk_widget_get_accessible (light), ATK_ROLE_STATUSBAR);
  mado_set_name (light, says);
  return light;
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
