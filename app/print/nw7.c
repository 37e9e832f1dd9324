#include "app/print/nw7.h"

#include "app/print/error.h"
#include "app/print/picture.h"

#include <string.h>

#define ELEMENTS 7
#define HEIGHT 60

/* Bar, space, bar, space, bar, space, bar: 1 is wide. */
static const struct {
  char        character;
  const char *elements;
} code[] = {
  { '0', "0000011" }, { '1', "0000110" }, { '2', "0001001" }, { '3', "1100000" },
  { '4', "0010010" }, { '5', "1000010" }, { '6', "0100001" }, { '7', "0100100" },
  { '8', "0110000" }, { '9', "1001000" }, { '-', "0001100" }, { '$', "0011000" },
  { ':', "1000101" }, { '/', "1010001" }, { '.', "1010100" }, { '+', "0010101" },
  { 'A', "0011010" }, { 'B', "0101001" }, { 'C', "0001011" }, { 'D', "0001110" },
};

static gboolean
is_letter (char character)
{
  return character >= 'A' && character <= 'D';
}

static const char *
elements_of (char character)
{
  for (gsize i = 0; i < G_N_ELEMENTS (code); i++)
    if (code[i].character == character)
      return code[i].elements;
  return NULL;
}

/* Letters stand at both ends and nowhere else. */
static gboolean
is_text (const char *text, gsize len)
{
  for (gsize at = 0; at < len; at++)
    if (elements_of (text[at]) == NULL || is_letter (text[at]) != (at == 0 || at == len - 1))
      return FALSE;
  return len >= 3;
}

guint8 *
mado_nw7_bars (const char *text, GError **error)
{
  gsize              len = strlen (text);
  g_autofree guint8 *bars = g_new0 (guint8, len * (ELEMENTS + 1) + 1);
  gsize              n = 0;

  if (!is_text (text, len)) {
    mado_print_raise (error, MADO_PRINT_ERROR_TEXT,
                      "NW-7: a letter A to D, digits or -$:/.+, a letter A to D");
    return NULL;
  }
  for (gsize at = 0; at < len; at++) {
    const char *elements = elements_of (text[at]);
    for (gsize i = 0; i < ELEMENTS; i++)
      bars[n++] = elements[i] == '1' ? MADO_NW7_WIDE : MADO_NW7_NARROW;
    bars[n++] = at + 1 < len ? MADO_NW7_NARROW : 0; /* the gap behind a character */
  }
  return g_steal_pointer (&bars);
}

static int
length_of (const guint8 *bars)
{
  int length = 0;

  for (gsize i = 0; bars[i] != 0; i++)
    length += bars[i];
  return length;
}

static void
draw (cairo_t *cr, int width, int height, gconstpointer data)
{
  const guint8 *bars = data;
  int           unit = width / (length_of (bars) + 2 * MADO_NW7_QUIET);
  int           quiet = MADO_NW7_QUIET * unit;
  int           x = quiet;

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (gsize i = 0; bars[i] != 0; x += bars[i++] * unit)
    if (i % 2 == 0)
      cairo_rectangle (cr, x, quiet, bars[i] * unit, height - 2 * quiet);
  cairo_fill (cr);
}

gboolean
mado_nw7_write_png (const char *text, int unit, const char *path, GError **error)
{
  g_autofree guint8 *bars = mado_nw7_bars (text, error);

  return bars != NULL
         && mado_picture_write_png (path, (length_of (bars) + 2 * MADO_NW7_QUIET) * unit,
                                    (HEIGHT + 2 * MADO_NW7_QUIET) * unit, draw, bars, error);
}
