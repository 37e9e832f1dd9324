/* app/base/octets.h - reading octets that came from outside, never past their end. */
#pragma once
#include <glib.h>

typedef struct {
  const guint8 *data;
  gsize         len; /* octets not read yet */
} MadoOctets;

#define MADO_OCTETS(data, len)                                                                     \
  (MadoOctets) { (data), (len) }

/** The octets of @bytes, which must outlive the reader. */
MadoOctets mado_octets_of (GBytes *bytes);

/** Splits the first @len octets off into @ret_part; %FALSE with %MADO_BASE_ERROR_TRUNCATED. */
gboolean mado_octets_take (MadoOctets *octets, gsize len, MadoOctets *ret_part, GError **error);

/** One octet, or two, most significant first. */
gboolean mado_octets_take_u8 (MadoOctets *octets, guint8 *ret_value, GError **error);
gboolean mado_octets_take_u16 (MadoOctets *octets, guint16 *ret_value, GError **error);

/**
 * mado_octets_take_tlv:
 * @ret_tag: the tag's octets as one number: 0x30, 0xDF22
 * @ret_value: the value
 *
 * One BER tag, length and value with a definite length of at most four octets (X.690 §8.1). The
 * card writes two-octet tags a strict DER reader refuses (low number in long form), so this
 * takes any tag of up to two octets. %FALSE with %MADO_BASE_ERROR_TRUNCATED or _MALFORMED.
 */
gboolean
mado_octets_take_tlv (MadoOctets *octets, guint16 *ret_tag, MadoOctets *ret_value, GError **error);

gboolean mado_octets_equal (MadoOctets a, MadoOctets b);
GBytes  *mado_octets_dup (MadoOctets octets);

/** Upper-case hexadecimal digits, no separators. */
char *mado_octets_to_hex (MadoOctets octets);

/** %NULL when @hex is no even number of hexadecimal digits. */
GBytes *mado_octets_from_hex (const char *hex);
