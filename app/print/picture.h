/* app/print/picture.h - a drawing as a file. */
#pragma once
#include <cairo.h>
#include <glib.h>

/* Draws at the origin; @data is the caller's. */
typedef void (*MadoPictureDraw) (cairo_t *cr, int width, int height, gconstpointer data);

/**
 * mado_picture_write_png:
 *
 * Blocks (disk). Returns: %FALSE with %MADO_PRINT_ERROR_FILE
 */
gboolean mado_picture_write_png (const char     *path,
                                 int             width,
                                 int             height,
                                 MadoPictureDraw draw,
                                 gconstpointer   data,
                                 GError        **error) G_GNUC_WARN_UNUSED_RESULT;
