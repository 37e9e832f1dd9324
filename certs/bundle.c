#include "certs/bundle.h"

#include "certs/libcrypto.h"

static CMS_ContentInfo *
make (GPtrArray *certs)
{
  g_autoptr (CMS_ContentInfo) cms = CMS_sign (NULL, NULL, NULL, NULL, CMS_PARTIAL | CMS_BINARY);

  for (guint i = 0; cms != NULL && i < certs->len; i++)
    if (!CMS_add1_cert (cms, mado_cert_x509 (g_ptr_array_index (certs, i))))
      return NULL;
  if (cms == NULL || !CMS_set_detached (cms, 1))
    return NULL;
  return g_steal_pointer (&cms);
}

GBytes *
mado_bundle_new (GPtrArray *certs, GError **error)
{
  g_autoptr (CMS_ContentInfo) cms = make (certs);
  unsigned char *data = NULL;
  int            len = cms != NULL ? i2d_CMS_ContentInfo (cms, &data) : 0;
  GBytes        *der;

  if (len <= 0) {
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no bundle: %s", mado_libcrypto_why ());
    return NULL;
  }
  der = g_bytes_new (data, (gsize)len);
  OPENSSL_free (data);
  return der;
}

static CMS_ContentInfo *
decode (GBytes *der, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (der, &len);
  const guint8 *end = data;
  g_autoptr (CMS_ContentInfo) cms = d2i_CMS_ContentInfo (NULL, &end, (long)len);

  if (cms == NULL || OBJ_obj2nid (CMS_get0_type (cms)) != NID_pkcs7_signed)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 5652 §5.1: no SignedData: %s",
                      mado_libcrypto_why ());
  else if (end != data + len)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "octets behind the bundle");
  else if (sk_CMS_SignerInfo_num (CMS_get0_SignerInfos (cms)) > 0)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                      "RFC 7030 §4.1.3: a certs-only answer has no signers");
  else
    return g_steal_pointer (&cms);
  return NULL;
}

GPtrArray *
mado_bundle_read (GBytes *der, GError **error)
{
  g_autoptr (CMS_ContentInfo) cms = decode (der, error);
  g_autoptr (MadoX509Stack) stack = cms != NULL ? CMS_get1_certs (cms) : NULL;
  g_autoptr (GPtrArray) certs = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_cert_unref);

  if (cms == NULL)
    return NULL;
  for (int i = 0; i < sk_X509_num (stack); i++) {
    MadoCert *cert = mado_cert_from_x509 (sk_X509_value (stack, i), error);
    if (cert == NULL)
      return NULL;
    g_ptr_array_add (certs, cert);
  }
  if (certs->len == 0) {
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 7030 §4.1.3: no certificate");
    return NULL;
  }
  return g_steal_pointer (&certs);
}
