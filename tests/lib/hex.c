#include "tests/lib/hex.h"

#include "app/base/octets.h"

GBytes *
mado_test_octets (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  g_autofree char *hex = g_strjoinv ("", parts);
  GBytes          *octets = mado_octets_from_hex (hex);

  if (octets == NULL)
    g_error ("\"%s\" is not hexadecimal", text);
  return octets;
}
