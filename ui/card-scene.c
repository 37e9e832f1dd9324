#include "ui/card-scene.h"

#include "ui/build.h"
#include "ui/drawing.h"
#include "ui/style.h"

#include <math.h>

#define LIFT 78.0 /* how far the card floats above its place */
#define ROUND_US (G_USEC_PER_SEC * 12 / 10)
#define ROUNDS 3

typedef struct {
  MadoCardScene scene;
  double        lift;
  gint64        began;
} Motion;

/* The design is drawn flat and laid down by one matrix; x runs right and down, y left and down. */
static void
lay_down (cairo_t *cr, double x, double y)
{
  cairo_matrix_t isometric = { 0.866, 0.5, -0.866, 0.5, x, y };

  cairo_transform (cr, &isometric);
}

static void
slab (cairo_t *cr, double y, const char *colour)
{
  cairo_save (cr);
  lay_down (cr, 280, y);
  mado_ink (cr, colour, 1);
  mado_round_rectangle (cr, 0, 0, 286, 200, 26);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_waves (cairo_t *cr)
{
  mado_ink (cr, "#9FB6C6", 1);
  cairo_set_line_width (cr, 5);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int side = 0; side < 2; side++)
    for (int radius = 19; radius <= 39; radius += 20) {
      double middle = side == 0 ? G_PI : 0;
      cairo_new_sub_path (cr);
      cairo_arc (cr, 142, 99, radius, middle - 0.65, middle + 0.65);
      cairo_stroke (cr);
    }
  cairo_arc (cr, 142, 99, 7, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_place (cairo_t *cr)
{
  static const double dashes[] = { 12, 9 };

  mado_ink (cr, "#3A4A56", 1);
  mado_round_rectangle (cr, 12, 12, 262, 176, 18);
  cairo_fill (cr);
  mado_round_rectangle (cr, 23, 24, 240, 151, 13);
  mado_ink (cr, "#33434F", 1);
  cairo_fill_preserve (cr);
  mado_ink (cr, "#F0B431", 1);
  cairo_set_line_width (cr, 4);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  draw_waves (cr);
  mado_ink (cr, "#9BE0B0", 1);
  cairo_arc (cr, 272, 100, 5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_reader (cairo_t *cr)
{
  cairo_save (cr);
  mado_ink (cr, "#1B232E", 0.07);
  cairo_translate (cr, 318, 356);
  cairo_scale (cr, 238, 100);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
  for (int depth = 26; depth > 0; depth -= 2)
    slab (cr, 190 + depth, depth > 3 ? "#24313D" : "#33434F");
  slab (cr, 190, "#4A5C69");
  cairo_save (cr);
  lay_down (cr, 280, 190);
  draw_place (cr);
  cairo_restore (cr);
}

static void
bar (cairo_t *cr, double x, double y, double width, double height, double alpha)
{
  mado_ink (cr, "#5E7F86", alpha);
  mado_round_rectangle (cr, x, y, width, height, height / 2);
  cairo_fill (cr);
}

static void
draw_portrait (cairo_t *cr)
{
  mado_ink (cr, "#E8EFF4", 1);
  mado_round_rectangle (cr, 15, 38, 58, 74, 5);
  cairo_fill (cr);
  mado_ink (cr, "#7E97A8", 1);
  cairo_arc (cr, 44, 64, 14, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_move_to (cr, 20, 112);
  cairo_curve_to (cr, 22, 92, 32, 84, 44, 84);
  cairo_curve_to (cr, 56, 84, 66, 92, 68, 112);
  cairo_fill (cr);
}

static void
draw_seal (cairo_t *cr)
{
  mado_ink (cr, "#F6B9C4", 0.9);
  cairo_arc (cr, 207, 118, 19, 0, 2 * G_PI);
  cairo_fill (cr);
  mado_ink (cr, "#FFFDF8", 1);
  cairo_arc (cr, 207, 118, 10, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
draw_face (cairo_t *cr)
{
  cairo_pattern_t *sheen = cairo_pattern_create_linear (0, 0, 240, 151);

  cairo_pattern_add_color_stop_rgb (sheen, 0, 0.953, 0.980, 0.957);
  cairo_pattern_add_color_stop_rgb (sheen, 0.55, 0.867, 0.941, 0.902);
  cairo_pattern_add_color_stop_rgb (sheen, 1, 0.984, 0.902, 0.918);
  mado_round_rectangle (cr, 0, 0, 240, 151, 13);
  cairo_set_source (cr, sheen);
  cairo_fill_preserve (cr);
  cairo_pattern_destroy (sheen);
  mado_ink (cr, "#8DA9A0", 1);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  bar (cr, 14, 14, 120, 11, 0.75);
  draw_portrait (cr);
  bar (cr, 88, 42, 104, 10, 0.65);
  bar (cr, 88, 62, 134, 8, 0.65);
  bar (cr, 88, 78, 112, 8, 0.65);
  bar (cr, 88, 98, 76, 8, 0.65);
  draw_seal (cr);
  bar (cr, 15, 126, 110, 8, 0.4);
}

static void
draw_shadow (cairo_t *cr)
{
  cairo_save (cr);
  lay_down (cr, 279, 203);
  mado_ink (cr, "#0B141B", 0.34);
  mado_round_rectangle (cr, 23, 24, 240, 151, 13);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_card (cairo_t *cr, double lift)
{
  for (int depth = 4; depth >= 0; depth -= 2) {
    cairo_save (cr);
    lay_down (cr, 280, 190 - lift + depth);
    cairo_translate (cr, 23, 24);
    if (depth == 0)
      draw_face (cr);
    else {
      mado_ink (cr, "#7D958D", 1);
      mado_round_rectangle (cr, 0, 0, 240, 151, 13);
      cairo_fill (cr);
    }
    cairo_restore (cr);
  }
}

static void
draw_guides (cairo_t *cr, double lift)
{
  static const double dashes[] = { 3, 10 };

  cairo_set_line_width (cr, 4);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_dash (cr, dashes, 2, 0);
  cairo_move_to (cr, 152, 300 - lift);
  cairo_rel_line_to (cr, 0, lift - 6);
  cairo_move_to (cr, 484, 344 - lift);
  cairo_rel_line_to (cr, 0, lift - 6);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_arrow (cairo_t *cr, gboolean up)
{
  cairo_set_line_width (cr, 15);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_move_to (cr, 352, up ? 120 : 30);
  cairo_line_to (cr, 352, up ? 42 : 108);
  cairo_stroke (cr);
  cairo_move_to (cr, 324, up ? 66 : 86);
  cairo_line_to (cr, 352, up ? 34 : 118);
  cairo_line_to (cr, 380, up ? 66 : 86);
  cairo_stroke (cr);
}

static gboolean
on_draw (GtkWidget *area, cairo_t *cr, gpointer data)
{
  const Motion *motion = data;
  double        width = gtk_widget_get_allocated_width (area);
  double        height = gtk_widget_get_allocated_height (area);
  double        scale = MIN (width / 480, height / 452);

  cairo_translate (cr, (width - 480 * scale) / 2, (height - 452 * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, -77, -16);
  draw_reader (cr);
  if (motion->lift > 8) {
    draw_shadow (cr);
    mado_ink_of (cr, area);
    draw_guides (cr, motion->lift);
  }
  draw_card (cr, motion->lift);
  mado_ink_of (cr, area);
  if (motion->scene != MADO_CARD_SCENE_REST)
    draw_arrow (cr, motion->scene == MADO_CARD_SCENE_TAKE);
  return TRUE;
}

static gboolean
on_tick (GtkWidget *area, GdkFrameClock *frames, gpointer data)
{
  Motion *motion = data;
  gint64  now = gdk_frame_clock_get_frame_time (frames);

  if (motion->began == 0)
    motion->began = now;
  gint64 spent = now - motion->began;
  if (spent >= ROUNDS * ROUND_US) {
    motion->lift = LIFT;
    gtk_widget_queue_draw (area);
    return G_SOURCE_REMOVE;
  }
  double part = (double)(spent % ROUND_US) / ROUND_US;
  motion->lift = LIFT * (0.5 + 0.5 * cos (2 * G_PI * part));
  gtk_widget_queue_draw (area);
  return G_SOURCE_CONTINUE;
}

static gboolean
wants_motion (void)
{
  gboolean wanted = FALSE;

  g_object_get (gtk_settings_get_default (), "gtk-enable-animations", &wanted, NULL);
  return wanted;
}

GtkWidget *
mado_card_scene_new (MadoCardScene scene, int width)
{
  GtkWidget *area = mado_ornament (gtk_drawing_area_new ());
  Motion    *motion = g_new0 (Motion, 1);

  mado_add_classes (area, "scene");
  motion->scene = scene;
  motion->lift = scene == MADO_CARD_SCENE_REST ? 3 : LIFT;
  gtk_widget_set_size_request (area, width, width * 452 / 480);
  g_signal_connect_data (area, "draw", G_CALLBACK (on_draw), motion,
                         (GClosureNotify)(void (*) (void))g_free, 0);
  if (scene == MADO_CARD_SCENE_PLACE && wants_motion ())
    gtk_widget_add_tick_callback (area, on_tick, motion, NULL);
  return area;
}
