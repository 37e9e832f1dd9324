/* app/print/nw7.h - a library card number as NW-7 bars (JIS X 0506, Codabar). */
#pragma once
#include <cairo.h>
#include <glib.h>

/* Wide to narrow is 2.5; in these units a narrow bar is 2 and the quiet zone ten narrow bars. */
#define MADO_NW7_NARROW 2
#define MADO_NW7_WIDE 5
#define MADO_NW7_QUIET (10 * MADO_NW7_NARROW)

/**
 * mado_nw7_bars:
 * @text: start letter, characters, stop letter: "A00012348A"
 *
 * Returns: (transfer full): the width of each bar and space in turn, in the units above, ended by
 *   0; %NULL with %MADO_PRINT_ERROR_TEXT
 */
guint8 *mado_nw7_bars (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_nw7_write_png:
 * @unit: pixels a unit, at least 1
 *
 * Black on white, quiet zone around. Blocks (disk).
 *
 * Returns: %FALSE with %MADO_PRINT_ERROR_TEXT or _FILE
 */
gboolean mado_nw7_write_png (const char *text, int unit, const char *path, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
