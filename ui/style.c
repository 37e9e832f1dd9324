#include "ui/style.h"

#include <string.h>

#define SHEET "/jp/madoguchi/ui/madoguchi.css"

/* Made by glib-compile-resources; named here so that the linker takes it from the archive. */
GResource *mado_ui_get_resource (void);

static const int       steps[] = { 100, 115, 130 };
static int             percent_now = 100;
static GtkCssProvider *provider;

int
mado_style_text_step (void)
{
  return percent_now;
}

int
mado_style_scaled (int length)
{
  return (length * percent_now + 50) / 100;
}

static gboolean
multiply (const GMatchInfo *match, GString *result, gpointer percent)
{
  g_autofree char *property = g_match_info_fetch (match, 1);
  g_autofree char *pixels = g_match_info_fetch (match, 2);
  double           length = g_ascii_strtod (pixels, NULL) * GPOINTER_TO_INT (percent) / 100;

  g_string_append_printf (result, "%s: %dpx", property, (int)(length + 0.5));
  return FALSE;
}

/* Lengths in px do not follow any text setting of GTK 3, so the sheet itself is multiplied. A line
 * marked "fixed" keeps its size: the keys of the keypad are large enough at every step. */
static char *
enlarge (const char *css, int percent)
{
  static const char pattern[]
      = "(font-size|min-height|min-width): ([0-9]+)px(?![^\\n]*/\\* fixed \\*/)";
  g_autoptr (GRegex) lengths = g_regex_new (pattern, G_REGEX_OPTIMIZE, 0, NULL);

  return g_regex_replace_eval (lengths, css, -1, 0, 0, multiply, GINT_TO_POINTER (percent), NULL);
}

static void
load (void)
{
  g_autoptr (GBytes) sheet
      = g_resource_lookup_data (mado_ui_get_resource (), SHEET, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *css = g_strndup (g_bytes_get_data (sheet, NULL), g_bytes_get_size (sheet));
  g_autofree char *enlarged = enlarge (css, percent_now);
  g_autoptr (GError) error = NULL;

  if (!gtk_css_provider_load_from_data (provider, enlarged, -1, &error))
    g_error ("style sheet: %s", error->message);
}

void
mado_style_init (void)
{
  if (provider != NULL)
    return;
  provider = gtk_css_provider_new ();
  load ();
  gtk_style_context_add_provider_for_screen (gdk_screen_get_default (),
                                             GTK_STYLE_PROVIDER (provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  /* F10 is a key of ours; a menu bar there is none. */
  g_object_set (gtk_settings_get_default (), "gtk-menu-bar-accel", "", NULL);
}

void
mado_style_set_text_step (int percent)
{
  percent_now = percent < 108 ? 100 : percent < 123 ? 115 : 130;
  load ();
}

void
mado_style_step_text (int by)
{
  for (int i = 0; i < (int)G_N_ELEMENTS (steps); i++)
    if (steps[i] == percent_now) {
      mado_style_set_text_step (steps[CLAMP (i + by, 0, (int)G_N_ELEMENTS (steps) - 1)]);
      return;
    }
}
