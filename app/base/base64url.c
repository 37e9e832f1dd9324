#include "app/base/base64url.h"

#include <string.h>

char *
mado_base64url (const guint8 *octets, gsize len)
{
  char *text = g_base64_encode (octets, len);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

GBytes *
mado_base64url_decode (const char *text)
{
  gsize              len = strlen (text);
  g_autofree char   *padded = g_strconcat (text, &"==="[(len + 3) % 4], NULL);
  g_autofree char   *again = NULL;
  g_autofree guint8 *octets = NULL;

  if (len % 4 == 1)
    return NULL;
  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  octets = g_base64_decode (padded, &len);
  again = mado_base64url (octets, len);
  if (strcmp (again, text) != 0)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&octets), len);
}
