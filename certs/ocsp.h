/* certs/ocsp.h - asking about one certificate, and what an OCSP answer says (RFC 6960, 8954). */
#pragma once
#include "app/base/answer.h"
#include "certs/cert.h"

#define MADO_OCSP_NONCE_LEN 32

/**
 * mado_ocsp_request:
 * @ret_nonce: (out) (transfer full): the %MADO_OCSP_NONCE_LEN random octets in the request
 *
 * Returns: (transfer full): DER OCSPRequest, or %NULL with %MADO_CERTS_ERROR_CRYPTO
 */
GBytes *mado_ocsp_request (MadoCert *cert, MadoCert *issuer, GBytes **ret_nonce, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_ocsp_read:
 * @response: DER OCSPResponse as received
 * @issuer: issued @cert; signs answers itself or names a delegate (RFC 6960 §4.2.2.2)
 * @nonce: (nullable): of the request; an answer without one is accepted while it is fresh
 * @now: Unix seconds
 * @ret_status: good, revoked or unknown
 * @ret_reason: (out) (transfer full) (nullable): for revoked, the reason as RFC 5280 §5.3.1 spells
 *   it ("keyCompromise"; "unspecified" when none is given); else %NULL
 *
 * A clock may differ from the responder's by five minutes; an answer that promises no next update
 * lives one hour.
 *
 * Returns: %FALSE, outputs untouched, with %MADO_CERTS_ERROR_MALFORMED, _UNTRUSTED, _STALE,
 *   _OTHER_CERT, _OTHER_NONCE or _REFUSED
 */
gboolean mado_ocsp_read (GBytes         *response,
                         MadoCert       *cert,
                         MadoCert       *issuer,
                         GBytes         *nonce,
                         gint64          now,
                         MadoRevocation *ret_status,
                         char          **ret_reason,
                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;
