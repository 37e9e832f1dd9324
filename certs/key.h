/* certs/key.h - private keys of terminals and servers: elliptic curve P-256 (FIPS 186-5). */
#pragma once
#include <glib.h>

typedef struct _MadoKey MadoKey;

/** (transfer full): a fresh key, or %NULL with %MADO_CERTS_ERROR_CRYPTO. */
MadoKey *mado_key_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_key_from_pem:
 * @pem: begins with an unencrypted key (RFC 5958, RFC 5915), P-256 only; what follows is not read
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_MALFORMED
 */
MadoKey *mado_key_from_pem (GBytes *pem, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): PKCS #8 PEM; the octets are wiped when the last reference goes. */
GBytes *mado_key_to_pem (MadoKey *key);

/**
 * mado_key_sign:
 *
 * ECDSA over SHA-256 of @len octets at @data; mado_cert_signed() checks it.
 *
 * Returns: (transfer full): DER ECDSA-Sig-Value (RFC 3279 §2.2.3), or %NULL with
 *   %MADO_CERTS_ERROR_CRYPTO
 */
GBytes *
mado_key_sign (MadoKey *key, const void *data, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_key_free (MadoKey *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoKey, mado_key_free)
