#include "ui/svgpath.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char *at;
  double      control_x, control_y; /* last second control point, for S */
} Reader;

static double
number (Reader *reader)
{
  char *end;

  while (*reader->at == ' ' || *reader->at == ',')
    reader->at++;
  double value = g_ascii_strtod (reader->at, &end);
  reader->at = end;
  return value;
}

static gboolean
has_number (Reader *reader)
{
  while (*reader->at == ' ' || *reader->at == ',')
    reader->at++;
  return *reader->at != '\0' && strchr ("+-.0123456789", *reader->at) != NULL;
}

/* SVG 2 §B.2.4: from two ends and a radius to a centre and two angles; circles only. */
static void
add_arc (cairo_t *cr, double radius, gboolean large, gboolean sweep, double x, double y)
{
  double from_x, from_y;

  cairo_get_current_point (cr, &from_x, &from_y);
  double half_x = (from_x - x) / 2, half_y = (from_y - y) / 2;
  double half_squared = half_x * half_x + half_y * half_y;
  radius = MAX (radius, sqrt (half_squared));
  double away = sqrt (MAX (0, radius * radius / half_squared - 1));
  double side = large == sweep ? -away : away;
  double centre_x = (from_x + x) / 2 + side * half_y;
  double centre_y = (from_y + y) / 2 - side * half_x;
  double start = atan2 (from_y - centre_y, from_x - centre_x);
  double stop = atan2 (y - centre_y, x - centre_x);
  (sweep ? cairo_arc : cairo_arc_negative) (cr, centre_x, centre_y, radius, start, stop);
}

static void
read_arc (Reader *reader, cairo_t *cr, double x, double y)
{
  double radius = number (reader);

  number (reader); /* the second radius equals the first in every icon of ours */
  number (reader);
  gboolean large = number (reader) != 0;
  gboolean sweep = number (reader) != 0;
  double   to_x = x + number (reader), to_y = y + number (reader);
  add_arc (cr, radius, large, sweep, to_x, to_y);
}

static void
read_curve (Reader *reader, cairo_t *cr, double x, double y, gboolean smooth)
{
  double now_x, now_y, first_x, first_y;

  cairo_get_current_point (cr, &now_x, &now_y);
  first_x = 2 * now_x - reader->control_x, first_y = 2 * now_y - reader->control_y;
  if (!smooth)
    first_x = x + number (reader), first_y = y + number (reader);
  reader->control_x = x + number (reader), reader->control_y = y + number (reader);
  double to_x = x + number (reader), to_y = y + number (reader);
  cairo_curve_to (cr, first_x, first_y, reader->control_x, reader->control_y, to_x, to_y);
}

static void
read_line (Reader *reader, cairo_t *cr, char letter, double x, double y)
{
  double now_x, now_y;

  cairo_get_current_point (cr, &now_x, &now_y);
  double to_x = letter == 'V' ? now_x : x + number (reader);
  double to_y = letter == 'H' ? now_y : y + number (reader);
  (letter == 'M' ? cairo_move_to : cairo_line_to) (cr, to_x, to_y);
}

static void
read_segment (Reader *reader, cairo_t *cr, char letter)
{
  double x = 0, y = 0;

  if (g_ascii_islower (letter) && cairo_has_current_point (cr))
    cairo_get_current_point (cr, &x, &y);
  switch (g_ascii_toupper (letter)) {
  case 'C':
  case 'S':
    read_curve (reader, cr, x, y, g_ascii_toupper (letter) == 'S');
    break;
  case 'A':
    read_arc (reader, cr, x, y);
    break;
  case 'M':
  case 'L':
  case 'H':
  case 'V':
    read_line (reader, cr, g_ascii_toupper (letter), x, y);
    break;
  default:
    g_error ("no such path letter: %c", letter);
  }
}

void
mado_svg_path (cairo_t *cr, const char *data)
{
  Reader reader = { data, 0, 0 };
  char   letter = 'M';

  while (*reader.at != '\0') {
    if (!has_number (&reader))
      letter = *reader.at++;
    if (g_ascii_toupper (letter) == 'Z')
      cairo_close_path (cr);
    else
      read_segment (&reader, cr, letter);
    if (g_ascii_toupper (letter) == 'M') /* SVG: further pairs after a move are lines */
      letter = letter == 'm' ? 'l' : 'L';
    while (*reader.at == ' ')
      reader.at++;
  }
}
