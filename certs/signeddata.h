/* certs/signeddata.h - the DER of a CMS SignedData (RFC 5652 §5.1); for this room. */
#pragma once
#include "certs/libcrypto.h"

/** (transfer full): %NULL with %MADO_CERTS_ERROR_MALFORMED, also for octets behind it. */
CMS_ContentInfo *mado_signeddata_decode (GBytes *der, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** (transfer full): %NULL with %MADO_CERTS_ERROR_CRYPTO, also for a @cms that is %NULL. */
GBytes *mado_signeddata_encode (CMS_ContentInfo *cms, GError **error) G_GNUC_WARN_UNUSED_RESULT;
