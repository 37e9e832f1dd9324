/* certs/pem.h - the one object in a file that is DER or its PEM text (RFC 7468); for this room. */
#pragma once
#include <glib.h>

/**
 * mado_pem_to_der:
 * @octets: DER, taken as it is, or PEM with exactly one object; words may stand before it
 * @label: what the object must be, "CERTIFICATE"
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_MALFORMED
 */
GBytes *
mado_pem_to_der (GBytes *octets, const char *label, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): the PEM text of @der. */
GBytes *mado_pem_from_der (GBytes *der, const char *label);
