#include "app/base/octets.h"

#include "app/base/error.h"

#include <string.h>

MadoOctets
mado_octets_of (GBytes *bytes)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  return MADO_OCTETS (data, len);
}

gboolean
mado_octets_take (MadoOctets *octets, gsize len, MadoOctets *ret_part, GError **error)
{
  if (len > octets->len)
    return mado_base_raise (error, MADO_BASE_ERROR_TRUNCATED,
                            "%" G_GSIZE_FORMAT " octets expected, %" G_GSIZE_FORMAT " are there",
                            len, octets->len);
  *ret_part = MADO_OCTETS (octets->data, len);
  octets->data += len;
  octets->len -= len;
  return TRUE;
}

gboolean
mado_octets_take_u8 (MadoOctets *octets, guint8 *ret_value, GError **error)
{
  MadoOctets part;

  if (!mado_octets_take (octets, 1, &part, error))
    return FALSE;
  *ret_value = part.data[0];
  return TRUE;
}

gboolean
mado_octets_take_u16 (MadoOctets *octets, guint16 *ret_value, GError **error)
{
  MadoOctets part;

  if (!mado_octets_take (octets, 2, &part, error))
    return FALSE;
  *ret_value = (guint16)(part.data[0] << 8 | part.data[1]);
  return TRUE;
}

static gboolean
take_tag (MadoOctets *octets, guint16 *ret_tag, GError **error)
{
  guint8 first;
  guint8 second;

  if (!mado_octets_take_u8 (octets, &first, error))
    return FALSE;
  *ret_tag = first;
  if ((first & 0x1F) != 0x1F)
    return TRUE;
  if (!mado_octets_take_u8 (octets, &second, error))
    return FALSE;
  if (second & 0x80)
    return mado_base_raise (error, MADO_BASE_ERROR_MALFORMED, "a tag of more than two octets");
  *ret_tag = (guint16)(first << 8 | second);
  return TRUE;
}

static gboolean
take_length (MadoOctets *octets, gsize *ret_len, GError **error)
{
  guint8 first;
  gsize  len = 0;

  if (!mado_octets_take_u8 (octets, &first, error))
    return FALSE;
  if (first < 0x80) {
    *ret_len = first;
    return TRUE;
  }
  if (first == 0x80 || first > 0x84)
    return mado_base_raise (error, MADO_BASE_ERROR_MALFORMED,
                            "length octet 0x%02X, expected a definite length of up to four octets",
                            first);
  for (guint8 left = first & 0x7F; left > 0; left--) {
    guint8 octet;
    if (!mado_octets_take_u8 (octets, &octet, error))
      return FALSE;
    len = len << 8 | octet;
  }
  *ret_len = len;
  return TRUE;
}

gboolean
mado_octets_take_tlv (MadoOctets *octets, guint16 *ret_tag, MadoOctets *ret_value, GError **error)
{
  MadoOctets rest = *octets;
  MadoOctets value;
  guint16    tag;
  gsize      len;

  if (!take_tag (&rest, &tag, error) || !take_length (&rest, &len, error)
      || !mado_octets_take (&rest, len, &value, error))
    return FALSE;
  *octets = rest;
  *ret_tag = tag;
  *ret_value = value;
  return TRUE;
}

gboolean
mado_octets_equal (MadoOctets a, MadoOctets b)
{
  return a.len == b.len && (a.len == 0 || memcmp (a.data, b.data, a.len) == 0);
}

GBytes *
mado_octets_dup (MadoOctets octets)
{
  return g_bytes_new (octets.data, octets.len);
}

char *
mado_octets_to_hex (MadoOctets octets)
{
  GString *hex = g_string_sized_new (2 * octets.len);

  for (gsize i = 0; i < octets.len; i++)
    g_string_append_printf (hex, "%02X", octets.data[i]);
  return g_string_free (hex, FALSE);
}

GBytes *
mado_octets_from_hex (const char *hex)
{
  gsize              digits = strlen (hex);
  g_autofree guint8 *octets = g_malloc (digits / 2 + 1);

  if (digits % 2 != 0)
    return NULL;
  for (gsize i = 0; i < digits; i += 2) {
    int high = g_ascii_xdigit_value (hex[i]);
    int low = g_ascii_xdigit_value (hex[i + 1]);
    if (high < 0 || low < 0)
      return NULL;
    octets[i / 2] = (guint8)(high << 4 | low);
  }
  return g_bytes_new (octets, digits / 2);
}
