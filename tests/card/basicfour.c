#include "tests/card/basicfour.h"
#include <string.h>

enum { ITEMS = 4, OFFSETS_LEN = 2 * ITEMS };

/* One TLV with a two-octet tag; the length as BER wants it, shortest form. */
static void
append_tlv (GByteArray *into, guint tag, const void *value, gsize len)
{
  guint8 head[5] = { (guint8)(tag >> 8), (guint8)tag };
  guint  head_len = 2;

  if (len > 0xFF) {
    head[head_len++] = 0x82;
    head[head_len++] = (guint8)(len >> 8);
  } else if (len > 0x7F) {
    head[head_len++] = 0x81;
  }
  head[head_len++] = (guint8)len;
  g_byte_array_append (into, head, head_len);
  g_byte_array_append (into, value, (guint)len);
}

/* The items, and where each begins counted from the first. */
static GByteArray *
items_of (const MadoSimProfile *profile, guint starts[ITEMS])
{
  g_auto (GStrv) date = g_strsplit (profile->birth_date, "-", -1);
  g_autofree char *digits = g_strjoinv ("", date);
  const char      *values[ITEMS] = { profile->person_name, profile->address, digits, profile->sex };
  GByteArray      *items = g_byte_array_new ();

  for (guint i = 0; i < ITEMS; i++) {
    starts[i] = items->len;
    append_tlv (items, 0xDF22 + i, values[i], strlen (values[i]));
  }
  return items;
}

static guint
length_octets (guint len)
{
  return len > 0xFF ? 3 : len > 0x7F ? 2 : 1;
}

GByteArray *
mado_sim_basic_four (const MadoSimProfile *profile)
{
  guint starts[ITEMS];
  g_autoptr (GByteArray) items = items_of (profile, starts);
  g_autoptr (GByteArray) inner = g_byte_array_new ();
  GByteArray *file = g_byte_array_new ();
  guint       table_len = 3 + OFFSETS_LEN; /* tag, length and value of DF21 */
  guint       before = 2 + length_octets (table_len + items->len) + table_len;
  guint8      offsets[OFFSETS_LEN];

  for (guint i = 0; i < ITEMS; i++) {
    offsets[2 * i] = (guint8)((before + starts[i]) >> 8);
    offsets[2 * i + 1] = (guint8)(before + starts[i]);
  }
  append_tlv (inner, 0xDF21, offsets, OFFSETS_LEN);
  g_byte_array_append (inner, items->data, items->len);
  append_tlv (file, 0xFF20, inner->data, inner->len);
  return file;
}
