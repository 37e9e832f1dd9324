#include "pcsc/jpki.h"

#include "pcsc/digestinfo.h"
#include "pcsc/error.h"
#include "pcsc/verify.h"
#include "pcsc/wholefile.h"

#define TAG_SEQUENCE 0x30
#define CERT_MAX 8192
#define AVAILABILITY_LEN 3

static const struct {
  const MadoFile *cert;
  const MadoFile *pin;
  const MadoFile *key;
  int             tries;
  gsize           availability; /* octet of EF 0008 */
} keys[] = {
  [MADO_JPKI_AUTH] = { &MADO_FILE_AUTH_CERT, &MADO_FILE_AUTH_PIN, &MADO_FILE_AUTH_KEY, 3, 1 },
  [MADO_JPKI_SIGN] = { &MADO_FILE_SIGN_CERT, &MADO_FILE_SIGN_PIN, &MADO_FILE_SIGN_KEY, 5, 0 },
};

int
mado_jpki_tries_max (MadoJpkiKey key)
{
  return keys[key].tries;
}

gboolean
mado_jpki_select (MadoCard *card, GError **error)
{
  gboolean found;

  if (!mado_apdu_select_ap (mado_card_link (card), MADO_AP_JPKI, &found, error))
    return FALSE;
  return found
         || mado_pcsc_raise (error, MADO_PCSC_ERROR_WRONG_CARD,
                             "a card without the JPKI application");
}

/* 8F is what a certificate that is there shows; what the octet of a missing one holds is nowhere
 * written, so only the two values of an empty place count as "no". */
static gboolean
read_availability (MadoLink *link, gsize octet, gboolean *ret_has, GError **error)
{
  MadoReply reply;

  if (!mado_apdu_read (link, 0, AVAILABILITY_LEN, &reply, error))
    return FALSE;
  if (reply.status != MADO_SW_OK)
    return mado_apdu_raise (error, reply.status, "READ BINARY of the availability");
  if (reply.len != AVAILABILITY_LEN)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "%" G_GSIZE_FORMAT " octets of availability, expected %d", reply.len,
                            AVAILABILITY_LEN);
  *ret_has = reply.data[octet] != 0x00 && reply.data[octet] != 0xFF;
  return TRUE;
}

gboolean
mado_jpki_has_cert (MadoCard *card, MadoJpkiKey key, gboolean *ret_has, GError **error)
{
  gboolean found;

  if (!mado_apdu_select (mado_card_link (card), &MADO_FILE_AVAILABILITY, &found, error))
    return FALSE;
  if (found)
    return read_availability (mado_card_link (card), keys[key].availability, ret_has, error);
  *ret_has = TRUE;
  return TRUE;
}

gboolean
mado_jpki_tries (MadoCard *card, MadoJpkiKey key, int *ret_left, GError **error)
{
  return mado_verify_tries (mado_card_link (card), keys[key].pin, ret_left, error);
}

gboolean
mado_jpki_verify_pin (MadoCard   *card,
                      MadoJpkiKey key,
                      MadoSecret *pin,
                      gboolean    spend_last_try,
                      int        *reterr_tries,
                      GError    **error)
{
  return mado_verify_pin (mado_card_link (card), keys[key].pin, pin, spend_last_try, reterr_tries,
                          error);
}

static gboolean
select_own (MadoCard *card, const MadoFile *file, GError **error)
{
  gboolean found;

  if (!mado_apdu_select (mado_card_link (card), file, &found, error))
    return FALSE;
  return found
         || mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_CERTIFICATE,
                             "the card has no such certificate");
}

GBytes *
mado_jpki_read_cert (MadoCard *card, MadoJpkiKey key, GError **error)
{
  if (!select_own (card, keys[key].cert, error))
    return NULL;
  return mado_wholefile_read (mado_card_link (card), TAG_SEQUENCE, CERT_MAX, error);
}

/* Le 00: 256 octets. */
static gboolean
compute (MadoLink *link, const guint8 digest[MADO_SHA256_LEN], MadoReply *ret_reply, GError **error)
{
  guint8 command[5 + MADO_DIGEST_INFO_LEN + 1] = { 0x80, 0x2A, 0x00, 0x80, MADO_DIGEST_INFO_LEN };

  mado_digest_info (digest, command + 5);
  if (!mado_apdu_send (link, command, sizeof command, ret_reply, error))
    return FALSE;
  if (ret_reply->status != MADO_SW_OK)
    return mado_apdu_raise (error, ret_reply->status, "COMPUTE DIGITAL SIGNATURE");
  if (ret_reply->len != MADO_JPKI_SIGNATURE_LEN)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "a signature of %" G_GSIZE_FORMAT " octets, expected %d",
                            ret_reply->len, MADO_JPKI_SIGNATURE_LEN);
  return TRUE;
}

GBytes *
mado_jpki_sign (MadoCard *card, MadoJpkiKey key, const guint8 digest[32], GError **error)
{
  MadoReply reply;

  if (!select_own (card, keys[key].key, error)
      || !compute (mado_card_link (card), digest, &reply, error))
    return NULL;
  return g_bytes_new (reply.data, reply.len);
}
