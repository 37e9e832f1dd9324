/* certs/attributes.h - the signed attributes of one CMS signer (RFC 5652 §5.3); for this room. */
#pragma once
#include "certs/libcrypto.h"

/** (transfer full): the DER SET OF attributes, which is what is signed (RFC 5652 §5.4). */
GBytes *mado_attributes_der (CMS_SignerInfo *signer);

/**
 * mado_attributes_check:
 *
 * Content type, message digest and signing certificate (RFC 5035 §3) are there, none of any kind
 * twice, each with one value.
 *
 * Returns: %FALSE with %MADO_CERTS_ERROR_MALFORMED
 */
gboolean mado_attributes_check (CMS_SignerInfo *signer, GError **error);

/** (transfer none): the value of attribute @nid when it is of ASN.1 @type, else %NULL. */
void *mado_attributes_value (CMS_SignerInfo *signer, int nid, int type);
