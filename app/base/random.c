#include "app/base/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

void
mado_random (void *octets, gsize len)
{
  guint8 *at = octets;

  while (len > 0) {
    gssize got = getrandom (at, len, 0);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      g_error ("getrandom: %s", g_strerror (errno));
    at += got;
    len -= (gsize)got;
  }
}

static void
set_version (guint8 octets[16], guint8 version)
{
  octets[6] = (guint8)((octets[6] & 0x0F) | version << 4);
  octets[8] = (guint8)((octets[8] & 0x3F) | 0x80);
}

char *
mado_uuid_from_octets (const guint8 octets[16])
{
  GString *text = g_string_sized_new (36);

  for (guint i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      g_string_append_c (text, '-');
    g_string_append_printf (text, "%02x", octets[i]);
  }
  return g_string_free (text, FALSE);
}

void
mado_uuid_to_octets (const char *uuid, guint8 ret_octets[16])
{
  guint n = 0;

  for (const char *at = uuid; n < 16; at += 2) {
    if (*at == '-')
      at++;
    ret_octets[n++] = (guint8)(g_ascii_xdigit_value (at[0]) << 4 | g_ascii_xdigit_value (at[1]));
  }
}

char *
mado_uuid4 (void)
{
  guint8 octets[16];

  mado_random (octets, sizeof octets);
  set_version (octets, 4);
  return mado_uuid_from_octets (octets);
}

char *
mado_uuid7 (gint64 now_ms)
{
  guint8 octets[16];

  mado_random (octets, sizeof octets);
  for (guint i = 0; i < 6; i++)
    octets[i] = (guint8)(now_ms >> (40 - 8 * i));
  set_version (octets, 7);
  return mado_uuid_from_octets (octets);
}

gboolean
mado_uuid_is_valid (const char *text)
{
  if (text == NULL || strlen (text) != 36)
    return FALSE;
  for (guint i = 0; i < 36; i++) {
    gboolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text[i] != '-' : strchr ("0123456789abcdef", text[i]) == NULL)
      return FALSE;
  }
  return TRUE;
}
