#include "pcsc/wholefile.h"

#include "pcsc/error.h"

#define CHUNK_LEN 256

static gboolean
take_tag (MadoOctets *octets, guint16 tag, GError **error)
{
  guint16 wide = 0;
  guint8  narrow = 0;

  if (tag > 0xFF)
    return mado_octets_take_u16 (octets, &wide, error) && wide == tag;
  return mado_octets_take_u8 (octets, &narrow, error) && narrow == tag;
}

/* Definite lengths of up to two octets: nothing we read is longer. */
static gboolean
take_length (MadoOctets *octets, gsize *ret_len, GError **error)
{
  guint16 wide = 0;
  guint8  narrow = 0;
  guint8  first;

  if (!mado_octets_take_u8 (octets, &first, error))
    return FALSE;
  if (first == 0x81 && !mado_octets_take_u8 (octets, &narrow, error))
    return FALSE;
  if (first == 0x82 && !mado_octets_take_u16 (octets, &wide, error))
    return FALSE;
  *ret_len = first < 0x80 ? first : (gsize)narrow + wide;
  return first < 0x80 || first == 0x81 || first == 0x82;
}

/* Octets from the first of the tag to the last of the value. */
static gboolean
announced (const MadoReply *first, guint16 tag, gsize max, gsize *ret_total, GError **error)
{
  MadoOctets octets = MADO_OCTETS (first->data, first->len);
  gsize      value_len;

  if (!take_tag (&octets, tag, NULL) || !take_length (&octets, &value_len, NULL))
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "a file that does not begin with tag %02X and a length", tag);
  *ret_total = first->len - octets.len + value_len;
  if (*ret_total > max)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "a file of %" G_GSIZE_FORMAT " octets, expected %" G_GSIZE_FORMAT
                            " at most",
                            *ret_total, max);
  return TRUE;
}

static gboolean
read_chunk (MadoLink *link, gsize offset, gsize want, MadoReply *ret_reply, GError **error)
{
  if (!mado_apdu_read (link, offset, want, ret_reply, error))
    return FALSE;
  if (ret_reply->status != MADO_SW_OK)
    return mado_apdu_raise (error, ret_reply->status, "READ BINARY");
  if (ret_reply->len == 0)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "a file that ends at %" G_GSIZE_FORMAT ", before its own length",
                            offset);
  return TRUE;
}

static gboolean
read_rest (MadoLink *link, GByteArray *octets, gsize total, GError **error)
{
  while (octets->len < total) {
    MadoReply chunk;

    if (!read_chunk (link, octets->len, MIN (CHUNK_LEN, total - octets->len), &chunk, error))
      return FALSE;
    g_byte_array_append (octets, chunk.data, (guint)chunk.len);
  }
  return TRUE;
}

GBytes *
mado_wholefile_read (MadoLink *link, guint16 tag, gsize max, GError **error)
{
  g_autoptr (GByteArray) octets = g_byte_array_new ();
  MadoReply first;
  gsize     total;

  if (!read_chunk (link, 0, CHUNK_LEN, &first, error)
      || !announced (&first, tag, max, &total, error))
    return NULL;
  g_byte_array_append (octets, first.data, (guint)MIN (first.len, total));
  if (!read_rest (link, octets, total, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&octets));
}
