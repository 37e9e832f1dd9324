#include "app/base/jsontext.h"

#include <string.h>

#define DEEPEST 32

typedef struct {
  const char *at;
  const char *end;
} Scan;

static gboolean scan_value (Scan *scan, guint depth);

static gboolean
is_at (const Scan *scan, char octet)
{
  return scan->at < scan->end && *scan->at == octet;
}

static gboolean
skip (Scan *scan, char octet)
{
  if (!is_at (scan, octet))
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
skip_one_of (Scan *scan, const char *choices)
{
  if (scan->at >= scan->end || strchr (choices, *scan->at) == NULL)
    return FALSE;
  scan->at++;
  return TRUE;
}

static void
skip_blanks (Scan *scan)
{
  while (skip_one_of (scan, " \t\r\n"))
    ;
}

/* --- strings (RFC 8259 §7) --- */

static gboolean
scan_unit (Scan *scan, guint16 *ret_unit)
{
  guint unit = 0;

  if (scan->end - scan->at < 4)
    return FALSE;
  for (guint i = 0; i < 4; i++) {
    int digit = g_ascii_xdigit_value (*scan->at++);
    if (digit < 0)
      return FALSE;
    unit = unit << 4 | (guint)digit;
  }
  *ret_unit = (guint16)unit;
  return TRUE;
}

/* Behind \u: a character other than NUL, or the two halves of a surrogate pair. */
static gboolean
scan_unicode (Scan *scan)
{
  guint16 unit;
  guint16 low;

  if (!scan_unit (scan, &unit) || unit == 0)
    return FALSE;
  if (unit < 0xD800 || unit > 0xDFFF)
    return TRUE;
  return unit < 0xDC00 && skip (scan, '\\') && skip (scan, 'u') && scan_unit (scan, &low)
         && low >= 0xDC00 && low <= 0xDFFF;
}

static gboolean
scan_character (Scan *scan)
{
  if ((guchar)*scan->at < 0x20)
    return FALSE;
  if (*scan->at++ != '\\')
    return TRUE;
  return skip (scan, 'u') ? scan_unicode (scan) : skip_one_of (scan, "\"\\/bfnrt");
}

static gboolean
scan_string (Scan *scan)
{
  if (!skip (scan, '"'))
    return FALSE;
  while (scan->at < scan->end && *scan->at != '"')
    if (!scan_character (scan))
      return FALSE;
  return skip (scan, '"');
}

/* --- objects and arrays --- */

/* A name with an escape in it could be another's second spelling. */
static gboolean
scan_name (Scan *scan, GHashTable *seen)
{
  const char      *start = scan->at;
  g_autofree char *name = NULL;

  if (!scan_string (scan))
    return FALSE;
  name = g_strndup (start, (gsize)(scan->at - start));
  return strchr (name, '\\') == NULL && g_hash_table_add (seen, g_steal_pointer (&name));
}

static gboolean
scan_member (Scan *scan, GHashTable *seen, guint depth)
{
  skip_blanks (scan);
  if (!scan_name (scan, seen))
    return FALSE;
  skip_blanks (scan);
  return skip (scan, ':') && scan_value (scan, depth);
}

static gboolean
scan_container (Scan *scan, char close, guint depth)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (depth > DEEPEST)
    return FALSE;
  skip_blanks (scan);
  if (skip (scan, close))
    return TRUE;
  do {
    if (!(close == '}' ? scan_member (scan, seen, depth) : scan_value (scan, depth)))
      return FALSE;
    skip_blanks (scan);
  } while (skip (scan, ','));
  return skip (scan, close);
}

/* --- numbers (RFC 8259 §6) and words --- */

static gboolean
skip_digits (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at > start;
}

/* json-glib would read 01 as octal and 0x1 as hexadecimal. */
static gboolean
scan_integer (Scan *scan)
{
  g_autofree char *digits = NULL;
  const char      *start;

  skip (scan, '-');
  start = scan->at;
  if (!skip (scan, '0') && !skip_digits (scan))
    return FALSE;
  if (is_at (scan, '.') || is_at (scan, 'e') || is_at (scan, 'E'))
    return TRUE;
  digits = g_strndup (start, (gsize)(scan->at - start));
  return g_ascii_string_to_unsigned (digits, 10, 0, G_MAXINT64, NULL, NULL);
}

static gboolean
scan_number (Scan *scan)
{
  if (!scan_integer (scan))
    return FALSE;
  if (skip (scan, '.') && !skip_digits (scan))
    return FALSE;
  if (!skip_one_of (scan, "eE"))
    return TRUE;
  skip_one_of (scan, "+-");
  return skip_digits (scan);
}

static gboolean
scan_word (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    gsize len = strlen (words[i]);
    if ((gsize)(scan->end - scan->at) >= len && strncmp (scan->at, words[i], len) == 0) {
      scan->at += len;
      return TRUE;
    }
  }
  return scan_number (scan);
}

static gboolean
scan_value (Scan *scan, guint depth)
{
  skip_blanks (scan);
  if (skip (scan, '{'))
    return scan_container (scan, '}', depth + 1);
  if (skip (scan, '['))
    return scan_container (scan, ']', depth + 1);
  return is_at (scan, '"') ? scan_string (scan) : scan_word (scan);
}

gboolean
mado_jsontext_is_strict (const char *text, gsize len)
{
  if (len == 0)
    return FALSE;
  Scan scan = { text, text + len };

  /* This also refuses a NUL, which strchr() above would take for one of its choices. */
  if (!g_utf8_validate_len (text, len, NULL) || !scan_value (&scan, 0))
    return FALSE;
  skip_blanks (&scan);
  return scan.at == scan.end;
}
