/* tests/fuzz/pieces.h - one input as several pieces: two octets of length before each but the last.
 */
#pragma once
#include "app/base/octets.h"

/* 2026-11-20T09:00:00+09:00, when the corpus was made. */
#define FUZZ_NOW G_GINT64_CONSTANT (1795132800)

/* The next piece; what cannot be a piece any more is an empty one. */
static inline GBytes *
fuzz_piece (MadoOctets *input)
{
  guint16    len = 0;
  MadoOctets piece = { 0 };

  if (!mado_octets_take_u16 (input, &len, NULL) || !mado_octets_take (input, len, &piece, NULL))
    return g_bytes_new_static ("", 0);
  return mado_octets_dup (piece);
}

/* @bytes with one octet more behind. */
static inline GBytes *
fuzz_longer (GBytes *bytes)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  guint8       *copy = g_malloc0 (len + 1);

  for (gsize i = 0; i < len; i++)
    copy[i] = data[i];
  return g_bytes_new_take (copy, len + 1);
}
