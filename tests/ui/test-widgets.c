#include "ui/field.h"
#include "ui/keypad.h"
#include "ui/pin-dots.h"
#include "ui/segments.h"
#include "ui/style.h"
#include "ui/svgpath.h"

#include <string.h>
#include <unistd.h>

static const char *
name_of (GtkWidget *widget)
{
  return atk_object_get_name (gtk_widget_get_accessible (widget));
}

static void
dots_announce_only_the_count (void)
{
  GtkWidget *dots = g_object_ref_sink (mado_pin_dots_new (6, 16));

  g_assert_cmpstr (name_of (dots), ==, "まだ 入っていません");
  mado_pin_dots_set_count (dots, 7);
  g_assert_cmpstr (name_of (dots), ==, "7文字 入りました");
  g_assert_cmpint (mado_pin_dots_get_count (dots), ==, 7);
  g_assert_true (gtk_widget_get_can_focus (dots));
  g_assert_false (GTK_IS_EDITABLE (dots));
  g_object_unref (dots);
}

static void
on_pressed (guint8 octet, gpointer typed)
{
  g_byte_array_append (typed, &octet, 1);
}

static void
click (GtkWidget *button, gpointer data G_GNUC_UNUSED)
{
  gtk_button_clicked (GTK_BUTTON (button));
}

static int
by_value (gconstpointer a, gconstpointer b)
{
  return *(const guint8 *)a - *(const guint8 *)b;
}

/* Every key of both orders, and nothing twice. */
static void
keypad_gives_each_character_once (gconstpointer qwerty)
{
  static const char expected[] = "\x08"
                                 "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                 "\x7F";
  g_autoptr (GByteArray) typed = g_byte_array_new ();
  GtkWidget *keypad = g_object_ref_sink (mado_keypad_new (on_pressed, typed));

  mado_keypad_set_qwerty (keypad, qwerty != NULL);
  gtk_container_foreach (GTK_CONTAINER (keypad), click, NULL);
  qsort (typed->data, typed->len, 1, by_value);
  g_assert_cmpmem (typed->data, typed->len, expected, strlen (expected));
  g_object_unref (keypad);
}

static const char *
wants_abc (const char *text)
{
  return g_str_equal (text, "abc") ? NULL : "form";
}

static void
field_says_what_is_wrong_below (void)
{
  GtkWidget *field
      = g_object_ref_sink (mado_field_new ("email", "メールアドレス", TRUE, "hint", wants_abc));
  AtkObject *accessible = gtk_widget_get_accessible (mado_field_entry (field));

  g_assert_cmpstr (atk_object_get_name (accessible), ==, "メールアドレス");
  g_assert_false (mado_field_verify (field));
  g_assert_cmpstr (atk_object_get_description (accessible), ==,
                   "電話かメールの どちらかを 入れてください");
  mado_field_set_text (field, "x");
  g_assert_false (mado_field_verify (field));
  g_assert_cmpstr (atk_object_get_description (accessible), ==, "@ の前と後を たしかめてください");
  mado_field_set_text (field, "abc");
  g_assert_true (mado_field_verify (field));
  g_assert_cmpstr (atk_object_get_description (accessible), ==, "hint");
  g_object_unref (field);
}

static void
segments_hold_one_choice (void)
{
  static const char *const codes[] = { "a", "b", "c" }, *const labels[] = { "い", "ろ", "は" };
  GtkWidget *segments = g_object_ref_sink (mado_segments_new ("組", codes, labels, 3, "b"));
  g_autoptr (GList) buttons = gtk_container_get_children (GTK_CONTAINER (segments));

  g_assert_cmpstr (mado_segments_chosen (segments), ==, "b");
  gtk_toggle_button_set_active (g_list_nth_data (buttons, 2), TRUE);
  g_assert_cmpstr (mado_segments_chosen (segments), ==, "c");
  g_assert_cmpstr (name_of (g_list_nth_data (buttons, 2)), ==, "は");
  g_object_unref (segments);
}

static void
paths_are_read_as_svg_says (void)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_ALPHA, NULL);
  cairo_t         *cr = cairo_create (surface);
  double           x1, y1, x2, y2;

  mado_svg_path (cr, "M5 10h4v-2.5l-1-1.5.5.5z");
  cairo_path_extents (cr, &x1, &y1, &x2, &y2);
  g_assert_cmpfloat_with_epsilon (x1, 5, 0.01);
  g_assert_cmpfloat_with_epsilon (x2, 9, 0.01);
  g_assert_cmpfloat_with_epsilon (y1, 6, 0.01);
  g_assert_cmpfloat_with_epsilon (y2, 10, 0.01);
  cairo_new_path (cr);
  mado_svg_path (cr, "M0 0a5 5 0 0 1 10 0"); /* over the top: y runs down */
  cairo_path_extents (cr, &x1, &y1, &x2, &y2);
  g_assert_cmpfloat_with_epsilon (y1, -5, 0.05);
  g_assert_cmpfloat_with_epsilon (y2, 0, 0.05);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
text_steps_are_three (void)
{
  mado_style_set_text_step (117);
  g_assert_cmpint (mado_style_text_step (), ==, 115);
  mado_style_step_text (1);
  mado_style_step_text (1);
  g_assert_cmpint (mado_style_text_step (), ==, 130);
  g_assert_cmpint (mado_style_scaled (100), ==, 130);
  mado_style_step_text (-1);
  mado_style_step_text (-1);
  mado_style_step_text (-1);
  g_assert_cmpint (mado_style_text_step (), ==, 100);
}

int
main (int argc, char **argv)
{
  if (g_getenv ("MADO_WITH_DISPLAY") == NULL) {
    char *command[] = { (char *)"tests/ui/with-display", argv[0], NULL };
    g_setenv ("G_DEBUG", "fatal-warnings", TRUE);
    execv (command[0], command);
    return 99;
  }
  gtk_test_init (&argc, &argv, NULL);
  mado_style_init ();
  g_test_add_func ("/ui/widgets/dots-announce-only-the-count", dots_announce_only_the_count);
  g_test_add_data_func ("/ui/widgets/keypad-gives-each-character-once/alphabet", NULL,
                        keypad_gives_each_character_once);
  g_test_add_data_func ("/ui/widgets/keypad-gives-each-character-once/qwerty", "",
                        keypad_gives_each_character_once);
  g_test_add_func ("/ui/widgets/field-says-what-is-wrong-below", field_says_what_is_wrong_below);
  g_test_add_func ("/ui/widgets/segments-hold-one-choice", segments_hold_one_choice);
  g_test_add_func ("/ui/widgets/paths-are-read-as-svg-says", paths_are_read_as_svg_says);
  g_test_add_func ("/ui/widgets/text-steps-are-three", text_steps_are_three);
  return g_test_run ();
}
