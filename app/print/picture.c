#include "app/print/picture.h"

#include "app/print/error.h"

gboolean
mado_picture_write_png (const char     *path,
                        int             width,
                        int             height,
                        MadoPictureDraw draw,
                        gconstpointer   data,
                        GError        **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t         *cr = cairo_create (surface);

  draw (cr, width, height, data);
  cairo_destroy (cr);
  cairo_status_t status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    return mado_print_raise (error, MADO_PRINT_ERROR_FILE, "%s: %s", path,
                             cairo_status_to_string (status));
  return TRUE;
}
