#include "app/sync/deflate.h"

#include "app/sync/error.h"

#include <zlib.h>

#define CHUNK (64 * 1024)

GBytes *
mado_deflate (GBytes *plain)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (plain, &len);
  uLongf        packed_len = compressBound ((uLong)len);
  guint8       *packed = g_malloc (packed_len);

  /* With a bound from the library itself only a lack of memory is left, and GLib aborts there. */
  if (compress2 (packed, &packed_len, data, (uLong)len, 6) != Z_OK)
    g_error ("zlib cannot compress into its own bound");
  return g_bytes_new_take (packed, packed_len);
}

/* Z_OK: more to come; Z_STREAM_END: complete; anything else: broken or past @limit. */
static int
inflate_chunk (z_stream *stream, GByteArray *plain, gsize limit)
{
  guint8 chunk[CHUNK];

  stream->next_out = chunk;
  stream->avail_out = sizeof chunk;
  int   result = inflate (stream, Z_NO_FLUSH);
  gsize made = sizeof chunk - stream->avail_out;
  if (result != Z_OK && result != Z_STREAM_END)
    return result;
  if (plain->len + made > limit)
    return Z_BUF_ERROR;
  g_byte_array_append (plain, chunk, (guint)made);
  return result;
}

GBytes *
mado_inflate (GBytes *packed, gsize limit, GError **error)
{
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  gsize         len;
  const guint8 *data = g_bytes_get_data (packed, &len);
  z_stream      stream = { .next_in = (Bytef *)data, .avail_in = (uInt)len };
  int           result = Z_OK;

  if (len > G_MAXUINT / 2 || inflateInit (&stream) != Z_OK) {
    mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "cannot inflate %" G_GSIZE_FORMAT " octets",
                     len);
    return NULL;
  }
  while (result == Z_OK)
    result = inflate_chunk (&stream, plain, limit);
  gboolean whole = result == Z_STREAM_END && stream.avail_in == 0;
  inflateEnd (&stream);
  if (!whole) {
    mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL,
                     "a deflated body is broken or longer than %" G_GSIZE_FORMAT " octets", limit);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
}
