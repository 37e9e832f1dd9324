#include "pcsc/files.h"

#define READABLE .use = MADO_FILE_READABLE
#define PIN(form) .use = MADO_FILE_PIN, .pin = (form)
#define KEY .use = MADO_FILE_KEY, .personal = TRUE

const MadoFile MADO_FILE_TOKEN_INFO = { MADO_AP_JPKI, 0x0006, READABLE };
const MadoFile MADO_FILE_AVAILABILITY = { MADO_AP_JPKI, 0x0008, READABLE };
const MadoFile MADO_FILE_AUTH_CERT = { MADO_AP_JPKI, 0x000A, READABLE, .personal = TRUE };
const MadoFile MADO_FILE_AUTH_PIN = { MADO_AP_JPKI, 0x0018, PIN (MADO_PIN_FOUR_DIGITS) };
const MadoFile MADO_FILE_AUTH_KEY = { MADO_AP_JPKI, 0x0017, KEY };
const MadoFile MADO_FILE_SIGN_CERT = { MADO_AP_JPKI, 0x0001, READABLE, .personal = TRUE };
const MadoFile MADO_FILE_SIGN_PIN = { MADO_AP_JPKI, 0x001B, PIN (MADO_PIN_PASSWORD) };
const MadoFile MADO_FILE_SIGN_KEY = { MADO_AP_JPKI, 0x001A, KEY };
const MadoFile MADO_FILE_TEXT_PIN = { MADO_AP_TEXT, 0x0011, PIN (MADO_PIN_FOUR_DIGITS) };
const MadoFile MADO_FILE_BASIC_FOUR = { MADO_AP_TEXT, 0x0002, READABLE, .personal = TRUE };

static const MadoFile *const files[] = {
  &MADO_FILE_TOKEN_INFO, &MADO_FILE_AVAILABILITY, &MADO_FILE_AUTH_CERT, &MADO_FILE_AUTH_PIN,
  &MADO_FILE_AUTH_KEY,   &MADO_FILE_SIGN_CERT,    &MADO_FILE_SIGN_PIN,  &MADO_FILE_SIGN_KEY,
  &MADO_FILE_TEXT_PIN,   &MADO_FILE_BASIC_FOUR,
};

#define AID_LEN 10
static const guint8 aids[][AID_LEN] = {
  [MADO_AP_JPKI] = { 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01 },
  [MADO_AP_TEXT] = { 0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08 },
};

MadoOctets
mado_ap_aid (MadoAp ap)
{
  g_return_val_if_fail (ap != MADO_AP_NONE, MADO_OCTETS (NULL, 0));
  return MADO_OCTETS (aids[ap], AID_LEN);
}

MadoAp
mado_ap_by_aid (MadoOctets aid)
{
  for (MadoAp ap = MADO_AP_JPKI; ap <= MADO_AP_TEXT; ap++)
    if (mado_octets_equal (aid, mado_ap_aid (ap)))
      return ap;
  return MADO_AP_NONE;
}

const MadoFile *
mado_file_by_id (MadoAp ap, guint16 id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i]->ap == ap && files[i]->id == id)
      return files[i];
  return NULL;
}

static gboolean
is_all (MadoOctets octets, gboolean letters_too)
{
  for (gsize i = 0; i < octets.len; i++) {
    char octet = (char)octets.data[i];
    if (!g_ascii_isdigit (octet) && !(letters_too && g_ascii_isupper (octet)))
      return FALSE;
  }
  return TRUE;
}

gboolean
mado_pin_fits (MadoPinForm form, MadoOctets octets)
{
  switch (form) {
  case MADO_PIN_FOUR_DIGITS:
    return octets.len == 4 && is_all (octets, FALSE);
  case MADO_PIN_PASSWORD:
    return octets.len >= 6 && octets.len <= 16 && is_all (octets, TRUE);
  case MADO_PIN_NONE:
  default:
    return FALSE;
  }
}
