/* certs/responder.h - whether an OCSP answer is signed by one who may (RFC 6960 §4.2.2.2); for this
 * room. */
#pragma once
#include "certs/libcrypto.h"

/**
 * mado_responder_check:
 * @issuer: of the certificate that was asked about; signs itself or has named a delegate
 * @now: Unix seconds; the delegate's certificate must be valid then
 *
 * Returns: %FALSE with %MADO_CERTS_ERROR_UNTRUSTED, or _MALFORMED for a delegate's certificate that
 *   is none
 */
gboolean mado_responder_check (OCSP_BASICRESP *basic, MadoCert *issuer, gint64 now, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
