/* certs/bundle.h - certificates alone in a PKCS #7 (RFC 5652 §5.1), as EST answers (RFC 7030). */
#pragma once
#include "certs/cert.h"

/**
 * mado_bundle_new:
 * @certs: (element-type MadoCert): at least one
 *
 * Returns: (transfer full): DER ContentInfo without signers, or %NULL with
 *   %MADO_CERTS_ERROR_CRYPTO
 */
GBytes *mado_bundle_new (GPtrArray *certs, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_bundle_read:
 * @der: exactly one certs-only ContentInfo
 *
 * Returns: (transfer full) (element-type MadoCert): in the order of the octets, at least one; or
 *   %NULL with %MADO_CERTS_ERROR_MALFORMED
 */
GPtrArray *mado_bundle_read (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;
