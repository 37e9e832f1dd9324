#include "ui/icon.h"

#include "ui/build.h"
#include "ui/drawing.h"
#include "ui/style.h"
#include "ui/svgpath.h"

#define CIRCLE(x, y, r)                                                                            \
  "M" #x " " #y "m-" #r " 0a" #r " " #r " 0 0 0 " #r " " #r "a" #r " " #r " 0 0 0 " #r " -" #r     \
  "a" #r " " #r " 0 0 0 -" #r " -" #r "a" #r " " #r " 0 0 0 -" #r " " #r

static const struct {
  const char *name, *path;
} icons[] = {
  { "user", CIRCLE (12, 8, 4) "M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6" },
  { "lock", "M7.2 11h9.6a2.2 2.2 0 0 1 2.2 2.2v5.1a2.2 2.2 0 0 1-2.2 2.2H7.2A2.2 2.2 0 0 1 5 "
            "18.3v-5.1A2.2 2.2 0 0 1 7.2 11zM8 11V8a4 4 0 0 1 8 0v3" },
  { "check", "M5 12.5l4.6 4.6L19.5 7" },
  { "minus", "M6 12h12" },
  { "x", "M6.5 6.5l11 11M17.5 6.5l-11 11" },
  { "clock", CIRCLE (12, 12, 8.5) "M12 7v5.3l3.5 2" },
  { "card", "M5 5h14a2.5 2.5 0 0 1 2.5 2.5v9a2.5 2.5 0 0 1-2.5 2.5H5a2.5 2.5 0 0 1-2.5-2.5v-9A2.5 "
            "2.5 0 0 1 5 5z" CIRCLE (8, 11, 2) "M5 16c.4-1.6 1.5-2.3 3-2.3s2.6.7 3 2.3M14 "
                                               "10h4.5M14 13.5h4.5" },
  { "right", "M5 12h13.5M13 6l6 6-6 6" },
  { "left", "M19 12H5.5M11 6l-6 6 6 6" },
  { "down", "M6 9.5l6 6 6-6" },
  { "pen", "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5" },
  { "bin", "M4 6.5h16M9 6.5V4h6v2.5M6 6.5l1 14h10l1-14M10 10.5v6M14 10.5v6" },
  { "find", CIRCLE (10.5, 10.5, 6.5) "M15.5 15.5L21 21" },
  { "book", "M12 6.5C10 4.8 7.2 4.2 3.5 4.5v14c3.7-.3 6.5.3 8.5 2 2-1.7 4.8-2.3 8.5-2v-14c-3.7-.3-"
            "6.5.3-8.5 2zM12 6.5v14" },
  { "alert", "M12 3.5L22 20.5H2zM12 10v5M12 17.6v.4" },
  { "info", CIRCLE (12, 12, 8.8) "M12 11v5.5M12 7.6v.4" },
  { "eyeoff", "M3 12c2.2-4 5.3-6 9-6s6.8 2 9 6c-2.2 4-5.3 6-9 6s-6.8-2-9-6zM4.5 4.5l15 15" },
  { "desk", "M3 10h18M5 10v10M19 10v10M9 10V6h6v4M5 15h14" },
  { "chat", "M4 5h16v11h-9l-4.5 4v-4H4z" },
  { "mail", "M5 5.5h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM3.5 7l8.5 "
            "6 8.5-6" },
  { "back", "M9 6L4 11l5 5M4 11h10a6 6 0 0 1 6 6v1.5" },
  { "seal", "M8 4h8a4 4 0 0 1 4 4v8a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4zM8.5 9h7M12 "
            "9v7M8.5 16h7" },
  { "kbd", "M4.5 6h15a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-15a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM6 10h.1M10 "
           "10h.1M14 10h.1M18 10h.1M7 14h10" },
  { "bksp", "M8.5 5.5H21v13H8.5L3 12zM12 9.5l5 5M17 9.5l-5 5" },
  { "cloudoff", "M7 18h10.5a4 4 0 0 0 .6-7.95A6 6 0 0 0 7 9.5 4.3 4.3 0 0 0 7 18zM4 4l16 16" },
  { "home", "M3.5 11.5L12 4l8.5 7.5M6 10v10h12V10" },
  { "refresh",
    "M20 11a8 8 0 0 0-14.3-4.2L4 9M4 4v5h5M4 13a8 8 0 0 0 14.3 4.200L20 15M20 20v-5h-5" },
  { "shield", "M12 3l7.5 2.8v5.4c0 4.6-3.1 8-7.5 9.8-4.4-1.8-7.5-5.2-7.5-9.8V5.8z" },
  { "plug", "M9 3v5M15 3v5M6.5 8h11v4a5.5 5.5 0 0 1-11 0zM12 17.5V21" },
};

typedef struct {
  const char *path;
  double      stroke;
} Drawing;

static const char *
path_of (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_str_equal (icons[i].name, name))
      return icons[i].path;
  g_error ("no icon named %s", name);
}

static gboolean
on_draw (GtkWidget *area, cairo_t *cr, gpointer data)
{
  const Drawing *drawing = data;
  int            width = gtk_widget_get_allocated_width (area);
  int            height = gtk_widget_get_allocated_height (area);
  double         scale = MIN (width, height) / 24.0;

  mado_ink_of (cr, area);
  cairo_translate (cr, (width - 24 * scale) / 2, (height - 24 * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_line_width (cr, drawing->stroke);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  mado_svg_path (cr, drawing->path);
  cairo_stroke (cr);
  return TRUE;
}

GtkWidget *
mado_icon_new_with_stroke (const char *name, int size, double stroke)
{
  GtkWidget *area = mado_ornament (gtk_drawing_area_new ());
  Drawing   *drawing = g_new (Drawing, 1);

  *drawing = (Drawing){ path_of (name), stroke };
  gtk_widget_set_size_request (area, mado_style_scaled (size), mado_style_scaled (size));
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  g_signal_connect_data (area, "draw", G_CALLBACK (on_draw), drawing,
                         (GClosureNotify)(void (*) (void))g_free, 0);
  return area;
}

GtkWidget *
mado_icon_new (const char *name, int size)
{
  return mado_icon_new_with_stroke (name, size, 2);
}
