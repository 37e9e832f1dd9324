/* ui/svgpath.h - the path language of SVG (SVG 2 §9.3), so that our icons are short strings. */
#pragma once
#include <cairo.h>
#include <glib.h>

/**
 * mado_svg_path:
 * @data: M L H V C S Q A Z in both cases; numbers as SVG writes them
 *
 * Adds the path to @cr. The strings are ours and compiled in: a letter we do not know is a
 * programmer's error.
 */
void mado_svg_path (cairo_t *cr, const char *data);
