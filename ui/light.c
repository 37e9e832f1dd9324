#include "ui/light.h"

#include "ui/build.h"
#include "ui/drawing.h"
#include "ui/icon.h"

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

static gboolean
is_lit_so (GtkWidget *light, const char *kind, const char *says)
{
  return gtk_style_context_has_class (gtk_widget_get_style_context (light), kind)
         && g_strcmp0 (atk_object_get_name (gtk_widget_get_accessible (light)), says) == 0;
}

static void
set_kind (GtkWidget *light, const char *kind)
{
  static const char *const kinds[] = { "ok", "off", "warn" };
  GtkStyleContext         *style = gtk_widget_get_style_context (light);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_style_context_remove_class (style, kinds[i]);
  gtk_style_context_add_class (style, kind);
}

void
mado_light_set (GtkWidget *light, const char *kind, const char *name, const char *words)
{
  g_autofree char *says = g_strdup_printf ("%s、%s", name, words);

  if (is_lit_so (light, kind, says))
    return;
  GtkWidget *texts = mado_column (NULL, 0);
  mado_empty (light);
  set_kind (light, kind);
  mado_put (light, light_glyph (kind));
  mado_put (texts, mado_ornament (mado_tight (mado_line ("strong", name), 0.8)));
  mado_put (texts, mado_ornament (mado_tight (mado_line ("light-words", words), 0.8)));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  mado_put (light, texts);
  gtk_widget_show_all (light);
  mado_set_name (light, says);
}

GtkWidget *
mado_light_new (void)
{
  GtkWidget *light = mado_row ("light", 8);

  gtk_widget_set_valign (light, GTK_ALIGN_CENTER);
  atk_object_set_role (gtk_widget_get_accessible (light), ATK_ROLE_STATUSBAR);
  return light;
}
