/* certs/request.h - asking an authority for a certificate: PKCS #10 (RFC 2986). */
#pragma once
#include "certs/key.h"

/**
 * mado_request_new:
 * @common_name: UTF-8, 1 to 64 characters: the terminal's id
 *
 * Returns: (transfer full): DER CertificationRequest signed by @key, or %NULL with
 *   %MADO_CERTS_ERROR_CRYPTO
 */
GBytes *
mado_request_new (MadoKey *key, const char *common_name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A request whose sender has shown to hold the key. */
typedef struct _MadoRequest MadoRequest;

/**
 * mado_request_parse:
 * @der_or_pem: exactly one request
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_MALFORMED, _SIGNATURE when the proof of
 *   possession fails (RFC 2986 §3), or _UNTRUSTED for a key that is not P-256
 */
MadoRequest *mado_request_parse (GBytes *der_or_pem, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): the common name asked for in UTF-8, or %NULL; the issuer decides the real one.
 */
char *mado_request_common_name (MadoRequest *request);

void mado_request_free (MadoRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoRequest, mado_request_free)
