#include "tests/card/pin.h"
#include "tests/card/status.h"
#include <string.h>

guint16
mado_sim_pin_query (const MadoSimPin *pin)
{
  return (guint16)(SW_TRIES_LEFT | pin->left);
}

static gboolean
fits (const MadoSimPin *pin, const guint8 *octets, gsize len)
{
  return pin->value != NULL && strlen (pin->value) == len && memcmp (pin->value, octets, len) == 0;
}

guint16
mado_sim_pin_present (MadoSimPin *pin, const guint8 *octets, gsize len, guint16 blocked)
{
  if (pin->left == 0)
    return blocked;
  pin->verified = fits (pin, octets, len);
  pin->left = pin->verified ? pin->max : pin->left - 1;
  return pin->verified ? SW_OK : mado_sim_pin_query (pin);
}

guint16
mado_sim_pin_change (MadoSimPin *pin, const guint8 *octets, gsize len)
{
  if (!pin->verified)
    return SW_NOT_AUTHENTICATED;
  if (len < pin->shortest || len > pin->longest)
    return SW_CONDITIONS;
  g_free (pin->value);
  pin->value = g_strndup ((const char *)octets, len);
  return SW_OK;
}
