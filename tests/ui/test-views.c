/* Every screen from saved documents: drawn to a picture, measured, and asked for its names. */
#include "app/base/json.h"
#include "ui/shell.h"
#include "ui/style.h"

#include <gtk/gtk.h>
#include <string.h>
#include <unistd.h>

#define DATA MADO_TEST_DATA "/ui/data/"

static MadoClock *clock_fixed;

static JsonObject *
load (const char *name)
{
  g_autofree char *path = g_strdup_printf (DATA "%s.json", name);
  g_autofree char *text = NULL;
  gsize            len;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &text, &len, &error));
  JsonObject *document = mado_json_parse_object (text, len, &error);
  g_assert_no_error (error);
  return document;
}

static const struct {
  const char *picture, *state, *status, *applications, *view;
} screens[] = {
  { "home", "state-idle", "status", "applications", "home" },
  { "home-empty", "state-idle", "status", "applications-empty", "home" },
  { "home-rehearsal", "state-idle", "status-rehearsal", "applications", "home" },
  { "offline", NULL, NULL, NULL, "offline" },
  { "consent", "state-consent", "status", NULL, "consent" },
  { "card", "state-card", "status", NULL, "card" },
  { "card-wrong", "state-card-wrong", "status", NULL, "card" },
  { "card-removed", "state-card-removed", "status", NULL, "card" },
  { "reading", "state-reading", "status-rehearsal", NULL, "card" },
  { "pin", "state-pin", "status", NULL, "pin" },
  { "pin-wrong", "state-pin-wrong", "status", NULL, "pin" },
  { "last-try", "state-last-try", "status", NULL, "last-try" },
  { "checking", "state-checking", "status", NULL, "card" },
  { "person", "state-person", "status", NULL, "person" },
  { "person-asking", "state-person-asking", "status", NULL, "person" },
  { "person-offline", "state-person-offline", "status-offline", NULL, "person" },
  { "person-out", "state-person-out", "status", NULL, "person" },
  { "person-long", "state-person-long", "status", NULL, "person" },
  { "contact", "state-contact", "status", NULL, "contact" },
  { "contact-wrong", "state-contact-wrong", "status", NULL, "contact" },
  { "confirm", "state-confirm", "status", NULL, "confirm" },
  { "contact-rehearsal", "state-contact-wrong", "status-rehearsal", NULL, "contact" },
  { "confirm-rehearsal", "state-confirm", "status-rehearsal", NULL, "confirm" },
  { "pin-rehearsal", "state-pin-wrong", "status-rehearsal", NULL, "pin" },
  { "consent-rehearsal", "state-consent", "status-rehearsal", NULL, "consent" },
  { "person-rehearsal", "state-person", "status-rehearsal", NULL, "person" },
  { "signing", "state-signing", "status", NULL, "card" },
  { "done", "state-done", "status-rehearsal", NULL, "done" },
  { "done-provisional", "state-done-provisional", "status-offline", NULL, "done" },
  { "stopped-revoked", "state-stopped-revoked", "status", NULL, "stopped" },
  { "stopped-expired", "state-stopped-expired", "status", NULL, "stopped" },
  { "stopped-blocked", "state-stopped-blocked", "status", NULL, "stopped" },
  { "stopped-reader", "state-stopped-reader", "status", NULL, "stopped" },
  { "stopped-memory", "state-stopped-memory", "status", NULL, "stopped" },
  { "stopped-store", "state-stopped-store", "status", NULL, "stopped" },
};

static gboolean
on_quiet (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* Until everything that is pending has been laid out and drawn. */
static void
settle (GtkWidget *window)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  gtk_test_widget_wait_for_draw (window);
  g_idle_add_full (G_PRIORITY_LOW, on_quiet, loop, NULL);
  g_main_loop_run (loop);
}

static void
save_picture (GtkWidget *window, const char *name)
{
  const char *dir = g_getenv ("MADO_PICTURES");

  if (dir == NULL)
    return;
  g_mkdir_with_parents (dir, 0755);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", dir, name);
  int              width = gtk_widget_get_allocated_width (window);
  int              height = gtk_widget_get_allocated_height (window);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (surface);

  gtk_widget_draw (window, cr);
  cairo_destroy (cr);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

static void
no_text_is_cut (GtkWidget *label)
{
  PangoLayout *layout = gtk_label_get_layout (GTK_LABEL (label));
  int          width, height, least, natural;

  g_assert_false (pango_layout_is_ellipsized (layout));
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_widget_get_preferred_width (label, &least, &natural);
  if (width > gtk_widget_get_allocated_width (label)
      || height > gtk_widget_get_allocated_height (label) + 2)
    g_error ("cut: \"%s\" is %dx%d in %dx%d", gtk_label_get_text (GTK_LABEL (label)), width, height,
             gtk_widget_get_allocated_width (label), gtk_widget_get_allocated_height (label));
}

static void
control_is_named_and_large (GtkWidget *widget)
{
  AtkObject  *accessible = gtk_widget_get_accessible (widget);
  const char *name = atk_object_get_name (accessible);

  if (name == NULL || *name == '\0')
    g_error ("%s has no accessible name", G_OBJECT_TYPE_NAME (widget));
  if (gtk_widget_get_allocated_height (widget) < 48 || gtk_widget_get_allocated_width (widget) < 48)
    g_error ("\"%s\" is only %dx%d", name, gtk_widget_get_allocated_width (widget),
             gtk_widget_get_allocated_height (widget));
}

/* A page may scroll when its text is enlarged, never sideways, and never at 100 %. */
static void
fits (GtkWidget *scrolled)
{
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled));
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  double         over = gtk_adjustment_get_upper (down) - gtk_adjustment_get_page_size (down);

  g_assert_cmpfloat (gtk_adjustment_get_upper (across), <=, gtk_adjustment_get_page_size (across));
  if (mado_style_text_step () == 100 && over > 0) {
    g_test_message ("%g pixels too high", over);
    g_test_fail ();
  }
}

/* Whatever scrolls: the main button stays in sight. */
static void
main_button_shows (GtkWidget *button, GtkWidget *window)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (button, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *frame = scrolled != NULL ? scrolled : window;
  int        y = 0;

  if (!gtk_style_context_has_class (gtk_widget_get_style_context (button), "primary"))
    return;
  gtk_widget_translate_coordinates (button, frame, 0, 0, NULL, &y);
  if (y + gtk_widget_get_allocated_height (button) > gtk_widget_get_allocated_height (frame))
    g_error ("\"%s\" is below the edge", atk_object_get_name (gtk_widget_get_accessible (button)));
}

static void
inspect (GtkWidget *widget, gpointer window)
{
  if (!gtk_widget_get_mapped (widget))
    return;
  if (GTK_IS_SCROLLED_WINDOW (widget))
    fits (widget);
  if (GTK_IS_LABEL (widget))
    no_text_is_cut (widget);
  if (GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget))
    control_is_named_and_large (widget);
  if (GTK_IS_BUTTON (widget))
    main_button_shows (widget, window);
  if (!GTK_IS_BUTTON (widget) && !GTK_IS_ENTRY (widget) && !GTK_IS_WINDOW (widget)
      && gtk_widget_get_can_focus (widget)) {
    const char *name = atk_object_get_name (gtk_widget_get_accessible (widget));
    if (!GTK_IS_SCROLLED_WINDOW (widget) && (name == NULL || *name == '\0'))
      g_error ("%s takes the focus without a name", G_OBJECT_TYPE_NAME (widget));
  }
  if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), inspect, window);
}

static void
draw_screen (gsize i, const char *suffix, gboolean high_contrast)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  g_autoptr (MadoClient) client = mado_client_new ("/nonexistent");
  g_autofree char *picture = g_strconcat (screens[i].picture, suffix, NULL);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  MadoShell  *shell = mado_shell_new (GTK_WINDOW (window), client, clock_fixed);
  JsonObject *state = screens[i].state != NULL ? load (screens[i].state) : NULL;
  JsonObject *status = screens[i].status != NULL ? load (screens[i].status) : NULL;
  JsonObject *list = screens[i].applications != NULL ? load (screens[i].applications) : NULL;
  mado_shell_set_high_contrast (shell, high_contrast);
  mado_shell_draw (shell, state, status, list);
  gtk_widget_show (window);
  settle (window);
  g_test_message ("%s", picture);
  save_picture (window, picture);
  g_assert_cmpstr (mado_shell_view_name (shell), ==, screens[i].view);
  g_assert_cmpint (gtk_widget_get_allocated_width (window), ==, 1280);
  g_assert_cmpint (gtk_widget_get_allocated_height (window), ==, 800);
  inspect (window, window);
  gtk_widget_destroy (window);
  g_clear_pointer (&state, json_object_unref);
  g_clear_pointer (&status, json_object_unref);
  g_clear_pointer (&list, json_object_unref);
}

static void
every_screen_at (gconstpointer percent)
{
  g_autofree char *suffix = g_strdup_printf ("-%d", GPOINTER_TO_INT (percent));

  mado_style_set_text_step (GPOINTER_TO_INT (percent));
  for (gsize i = 0; i < G_N_ELEMENTS (screens); i++)
    draw_screen (i, GPOINTER_TO_INT (percent) == 100 ? "" : suffix, FALSE);
  mado_style_set_text_step (100);
}

static void
every_screen_in_high_contrast (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (screens); i++)
    draw_screen (i, "-hc", TRUE);
}

static void
press_named (GtkWidget *widget, gpointer name)
{
  const char *own = atk_object_get_name (gtk_widget_get_accessible (widget));

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (own, name) == 0)
    gtk_button_clicked (GTK_BUTTON (widget));
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), press_named, name);
}

/* What comes up on a page when a button is pressed: the whole text, the question before stopping.
 */
static void
draw_after_press (const char *document, const char *pressed, const char *then, const char *picture)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  g_autoptr (MadoClient) client = mado_client_new ("/nonexistent");
  g_autoptr (JsonObject) state = load (document);
  g_autoptr (JsonObject) status = load ("status");

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  MadoShell *shell = mado_shell_new (GTK_WINDOW (window), client, clock_fixed);
  mado_shell_draw (shell, state, status, NULL);
  gtk_widget_show (window);
  press_named (window, (gpointer)pressed);
  press_named (window, (gpointer)then);
  settle (window);
  save_picture (window, picture);
  inspect (window, window);
  gtk_widget_destroy (window);
}

static void
what_comes_up_fits_too (void)
{
  draw_after_press ("state-consent", "全文を読む", "", "consent-full");
  draw_after_press ("state-consent", "口頭で同意をもらった", "", "consent-spoken");
  draw_after_press ("state-pin", "A", "中止", "pin-question");
  draw_after_press ("state-pin", "キーボードの ならび", "Q", "pin-qwerty");
  draw_after_press ("state-idle", "新規登録", "", "home-toast");
}

int
main (int argc, char **argv)
{
  if (g_getenv ("MADO_WITH_DISPLAY") == NULL) {
    g_setenv ("G_DEBUG", "fatal-warnings", TRUE); /* read when the program starts */
    char *command[] = { (char *)"tests/ui/with-display", argv[0], NULL };
    execv (command[0], command);
    return 99;
  }
  gtk_test_init (&argc, &argv, NULL);
  mado_style_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  /* 2026-11-20 10:42 in Japan */
  clock_fixed = mado_clock_new_fixed (G_GINT64_CONSTANT (1795138920000));
  g_test_add_data_func ("/ui/views/every-screen-at-100", GINT_TO_POINTER (100), every_screen_at);
  g_test_add_data_func ("/ui/views/every-screen-at-115", GINT_TO_POINTER (115), every_screen_at);
  g_test_add_data_func ("/ui/views/every-screen-at-130", GINT_TO_POINTER (130), every_screen_at);
  g_test_add_func ("/ui/views/every-screen-in-high-contrast", every_screen_in_high_contrast);
  g_test_add_func ("/ui/views/what-comes-up-fits-too", what_comes_up_fits_too);
  int status = g_test_run ();
  mado_clock_free (clock_fixed);
  return status;
}
