#include "certs/signeddata.h"

CMS_ContentInfo *
mado_signeddata_decode (GBytes *der, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (der, &len);
  const guint8 *end = data;
  g_autoptr (CMS_ContentInfo) cms = d2i_CMS_ContentInfo (NULL, &end, (long)len);

  if (cms == NULL || OBJ_obj2nid (CMS_get0_type (cms)) != NID_pkcs7_signed)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 5652 §5.1: no SignedData: %s",
                      mado_libcrypto_why ());
  else if (end != data + len)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                      "RFC 5652 §3: %" G_GSIZE_FORMAT " octets behind the SignedData",
                      len - (gsize)(end - data));
  else
    return g_steal_pointer (&cms);
  return NULL;
}

GBytes *
mado_signeddata_encode (CMS_ContentInfo *cms, GError **error)
{
  unsigned char *data = NULL;
  int            len = cms != NULL ? i2d_CMS_ContentInfo (cms, &data) : 0;
  GBytes        *der = mado_libcrypto_bytes (data, len);

  if (der == NULL)
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no SignedData: %s", mado_libcrypto_why ());
  return der;
}
