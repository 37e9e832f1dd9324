/* certs/crl.h - what a certificate revocation list says of one certificate (RFC 5280 §5). */
#pragma once
#include "app/base/answer.h"
#include "certs/cert.h"

/**
 * mado_crl_check:
 * @crl: exactly one list, DER or PEM
 * @issuer: issued @cert and signs the list itself: no indirect lists, no deltas
 * @now: Unix seconds; five minutes of difference between clocks are forgiven
 * @ret_status: good or revoked
 * @ret_reason: (out) (transfer full) (nullable): as mado_ocsp_read() has it
 *
 * Returns: %FALSE, outputs untouched, with %MADO_CERTS_ERROR_MALFORMED, _UNTRUSTED, _STALE or, for
 *   a list of another issuer or distribution point, _OTHER_CERT
 */
gboolean mado_crl_check (GBytes         *crl,
                         MadoCert       *cert,
                         MadoCert       *issuer,
                         gint64          now,
                         MadoRevocation *ret_status,
                         char          **ret_reason,
                         GError        **error) G_GNUC_WARN_UNUSED_RESULT;
