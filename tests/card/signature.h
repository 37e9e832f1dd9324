/* tests/card/signature.h - what the card does with a key. */
#pragma once
#include <glib.h>
#include <openssl/evp.h>

/* What a 2,048 bit RSA key takes besides its padding (RFC 8017 §9.2). */
#define MADO_SIM_SIGN_MAX 245

/**
 * mado_sim_sign:
 * @octets: 1 to %MADO_SIM_SIGN_MAX; the card does not look whether they are a DigestInfo
 *
 * PKCS #1 v1.5 type 1 padding and the private operation.
 *
 * Returns: %FALSE, @answer untouched, when the key does not do it
 */
gboolean mado_sim_sign (EVP_PKEY *key, const guint8 *octets, gsize len, GByteArray *answer);
