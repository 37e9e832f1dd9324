#include "app/print/error.h"
#include "app/print/qr.h"

#include <glib/gstdio.h>

static void
has_three_finder_patterns (void)
{
  g_autoptr (MadoQr) qr = mado_qr_new ("A7K3Q2", NULL);
  int last = mado_qr_size (qr) - 1;

  g_assert_cmpint (mado_qr_size (qr), ==, 21);
  for (int i = 0; i < 7; i++) {
    g_assert_true (mado_qr_is_dark (qr, i, 0));
    g_assert_true (mado_qr_is_dark (qr, last - i, 0));
    g_assert_true (mado_qr_is_dark (qr, 0, last - i));
  }
  g_assert_false (mado_qr_is_dark (qr, 7, 0));
  g_assert_false (mado_qr_is_dark (qr, -1, 0));
  g_assert_false (mado_qr_is_dark (qr, 0, last + 1));
}

static guint32
pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *line
      = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *)(gconstpointer)line)[x] & 0xFFFFFF;
}

static void
keeps_its_quiet_zone_white (void)
{
  g_autoptr (MadoQr) qr = mado_qr_new ("A7K3Q2", NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 180, 180);
  cairo_t         *cr = cairo_create (surface);

  mado_qr_draw (qr, cr, 180);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (int i = 0; i < 180; i++)
    for (int depth = 0; depth < 4 * 6; depth++)
      g_assert_cmphex (pixel (surface, i, depth), ==, 0xFFFFFF);
  /* six pixels a module, 126 in the middle of 180 */
  g_assert_cmphex (pixel (surface, 27, 27), ==, 0);
  for (int y = 0; y < 180; y++)
    for (int x = 0; x < 180; x++)
      g_assert_true (pixel (surface, x, y) == 0 || pixel (surface, x, y) == 0xFFFFFF);
  cairo_surface_destroy (surface);
}

static void
refuses_what_it_cannot_hold (void)
{
  g_autofree char *long_text = g_strnfill (3000, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_qr_new ("", &error));
  g_assert_error (error, MADO_PRINT_ERROR, MADO_PRINT_ERROR_TEXT);
  g_clear_error (&error);
  g_assert_null (mado_qr_new ("\xff", &error));
  g_assert_error (error, MADO_PRINT_ERROR, MADO_PRINT_ERROR_TEXT);
  g_clear_error (&error);
  g_assert_null (mado_qr_new (long_text, &error));
  g_assert_error (error, MADO_PRINT_ERROR, MADO_PRINT_ERROR_TEXT);
}

static void
writes_a_png (void)
{
  g_autoptr (MadoQr) qr = mado_qr_new ("A7K3Q2", NULL);
  g_autofree char *dir = g_dir_make_tmp ("mado-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "receipt.png", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (mado_qr_write_png (qr, 4, path, &error));
  g_assert_no_error (error);
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 4 * (21 + 8));
  cairo_surface_destroy (surface);
  g_unlink (path);
  g_rmdir (dir);
  g_assert_false (mado_qr_write_png (qr, 4, path, &error));
  g_assert_error (error, MADO_PRINT_ERROR, MADO_PRINT_ERROR_FILE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/qr/has-three-finder-patterns", has_three_finder_patterns);
  g_test_add_func ("/print/qr/keeps-its-quiet-zone-white", keeps_its_quiet_zone_white);
  g_test_add_func ("/print/qr/refuses-what-it-cannot-hold", refuses_what_it_cannot_hold);
  g_test_add_func ("/print/qr/writes-a-png", writes_a_png);
  return g_test_run ();
}
