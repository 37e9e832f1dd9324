/* app/print/qr.h - a QR code (ISO/IEC 18004) on screen, on paper and as a PNG file.
 *
 * Error correction level M; black on pure white with the quiet zone of four modules drawn along,
 * whatever the colours around it are.
 */
#pragma once
#include <cairo.h>
#include <glib.h>

/* Modules of white the standard asks for on each side. */
#define MADO_QR_QUIET 4

typedef struct _MadoQr MadoQr;

/**
 * mado_qr_new:
 * @text: UTF-8, not empty
 *
 * Returns: (transfer full): the code, or %NULL with %MADO_PRINT_ERROR_TEXT
 */
MadoQr *mado_qr_new (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void    mado_qr_free (MadoQr *qr);

/** Modules a side, without the quiet zone: 21 and more. */
int mado_qr_size (const MadoQr *qr);

/** Whether the module at @column, @row (from 0) is dark; what lies outside is light. */
gboolean mado_qr_is_dark (const MadoQr *qr, int column, int row);

/**
 * mado_qr_draw:
 * @side: room in pixels a side, quiet zone included
 *
 * Draws at the origin. Every module gets the same whole number of pixels, so that no scanner
 * meets a grey edge; what is left of @side stays white on all four sides.
 */
void mado_qr_draw (const MadoQr *qr, cairo_t *cr, int side);

/**
 * mado_qr_write_png:
 * @module: pixels a module, at least 1
 *
 * Blocks (disk).
 *
 * Returns: %FALSE with %MADO_PRINT_ERROR_FILE
 */
gboolean mado_qr_write_png (const MadoQr *qr, int module, const char *path, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoQr, mado_qr_free)
