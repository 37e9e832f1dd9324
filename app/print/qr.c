#include "app/print/qr.h"

#include "app/print/error.h"
#include "app/print/picture.h"

#include <errno.h>
#include <qrencode.h>

struct _MadoQr {
  QRcode *code;
};

MadoQr *
mado_qr_new (const char *text, GError **error)
{
  if (text == NULL || *text == '\0' || !g_utf8_validate (text, -1, NULL)) {
    mado_print_raise (error, MADO_PRINT_ERROR_TEXT, "a QR code needs UTF-8 text, not empty");
    return NULL;
  }
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (code == NULL) {
    mado_print_raise (error, MADO_PRINT_ERROR_TEXT, "no QR code for this text: %s",
                      g_strerror (errno));
    return NULL;
  }
  MadoQr *qr = g_new0 (MadoQr, 1);
  qr->code = code;
  return qr;
}

void
mado_qr_free (MadoQr *qr)
{
  QRcode_free (qr->code);
  g_free (qr);
}

int
mado_qr_size (const MadoQr *qr)
{
  return qr->code->width;
}

gboolean
mado_qr_is_dark (const MadoQr *qr, int column, int row)
{
  int size = mado_qr_size (qr);

  if (column < 0 || row < 0 || column >= size || row >= size)
    return FALSE;
  return qr->code->data[row * size + column] & 1;
}

static void
add_modules (const MadoQr *qr, cairo_t *cr, int module)
{
  for (int row = 0; row < mado_qr_size (qr); row++)
    for (int column = 0; column < mado_qr_size (qr); column++)
      if (mado_qr_is_dark (qr, column, row))
        cairo_rectangle (cr, column * module, row * module, module, module);
}

void
mado_qr_draw (const MadoQr *qr, cairo_t *cr, int side)
{
  int module = MAX (1, side / (mado_qr_size (qr) + 2 * MADO_QR_QUIET));
  int offset = (side - module * mado_qr_size (qr)) / 2;

  cairo_save (cr);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, 0, 0, side, side);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_translate (cr, offset, offset);
  add_modules (qr, cr, module);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_picture (cairo_t *cr, int width, G_GNUC_UNUSED int height, gconstpointer data)
{
  mado_qr_draw (data, cr, width);
}

gboolean
mado_qr_write_png (const MadoQr *qr, int module, const char *path, GError **error)
{
  int side = module * (mado_qr_size (qr) + 2 * MADO_QR_QUIET);

  return mado_picture_write_png (path, side, side, draw_picture, qr, error);
}
