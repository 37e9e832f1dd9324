/* pcsc/jpki.h - the JPKI application of a My Number Card: two certificates, two keys, two PINs.
 *
 * Every function selects what it needs and skips what is selected already. All block: card worker
 * only. Besides their own errors all end with %MADO_PCSC_ERROR_CARD_REMOVED, _TIMEOUT, _PROTOCOL
 * or, on a card without the application, _WRONG_CARD.
 */
#pragma once
#include "app/base/secret.h"
#include "pcsc/card.h"

typedef enum {
  MADO_JPKI_AUTH, /* user authentication: PIN of 4 digits, 3 tries */
  MADO_JPKI_SIGN, /* signature: password of 6 to 16 of A-Z 0-9, 5 tries */
} MadoJpkiKey;

/* Octets of a signature: the cards' keys are RSA-2048. */
#define MADO_JPKI_SIGNATURE_LEN 256

/** Tries a PIN has when none was wrong: 3 or 5. */
int mado_jpki_tries_max (MadoJpkiKey key);

/** Selects the application; nothing is sent when recognition has left it selected. */
gboolean mado_jpki_select (MadoCard *card, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_jpki_has_cert:
 *
 * Whether the card says (EF 0008) that it has the certificate; people under 15 have none for
 * signatures. No PIN. A card without that file is taken to have both.
 */
gboolean mado_jpki_has_cert (MadoCard *card, MadoJpkiKey key, gboolean *ret_has, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_jpki_tries:
 * @ret_left: 0 = locked, -1 = the card has no such PIN
 *
 * Asks how many tries are left (VERIFY without data, ISO/IEC 7816-4 §11.5.6); spends none.
 */
gboolean mado_jpki_tries (MadoCard *card, MadoJpkiKey key, int *ret_left, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_jpki_verify_pin:
 * @pin: octets exactly as typed; stays the caller's
 * @spend_last_try: the person knows that a mistake now locks the PIN
 * @reterr_tries: (out) (optional): tries left when refused (0 = locked), else -1
 *
 * Sends one VERIFY, which may spend a try. A @pin of another form is refused before the card sees
 * it, and so is the last try without @spend_last_try: the tries are asked first, unless nothing was
 * sent since they were.
 *
 * Returns: %FALSE with %MADO_PCSC_ERROR_PIN_MALFORMED, _LAST_TRY, _PIN_WRONG, _PIN_LOCKED or
 *   _NO_CERTIFICATE (the card has no such PIN), or with %MADO_BASE_ERROR_UNLOCKABLE: no page for
 *   the command could be locked, and none was sent
 */
gboolean mado_jpki_verify_pin (MadoCard   *card,
                               MadoJpkiKey key,
                               MadoSecret *pin,
                               gboolean    spend_last_try,
                               int        *reterr_tries,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_jpki_read_cert:
 *
 * The certificate, exactly: cut where its own DER header says, without the file's filler. The one
 * for signatures needs its password verified before.
 *
 * Returns: (transfer full): at most 8,192 octets; %NULL with %MADO_PCSC_ERROR_NO_CERTIFICATE
 */
GBytes *
mado_jpki_read_cert (MadoCard *card, MadoJpkiKey key, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_jpki_sign:
 * @digest: SHA-256 of what is signed
 *
 * COMPUTE DIGITAL SIGNATURE over the DigestInfo (RFC 8017 §9.2) of @digest, which is built here:
 * the card signs blindly whatever it gets. The PIN of @key must be verified before.
 *
 * Returns: (transfer full): %MADO_JPKI_SIGNATURE_LEN octets; %NULL with
 *   %MADO_PCSC_ERROR_NO_CERTIFICATE (no such key)
 */
GBytes *mado_jpki_sign (MadoCard *card, MadoJpkiKey key, const guint8 digest[32], GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
