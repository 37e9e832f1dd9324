#include "certs/bundle.h"

#include "certs/signeddata.h"

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

  return mado_signeddata_encode (cms, error);
}

static CMS_ContentInfo *
decode (GBytes *der, GError **error)
{
  g_autoptr (CMS_ContentInfo) cms = mado_signeddata_decode (der, error);

  if (cms == NULL || sk_CMS_SignerInfo_num (CMS_get0_SignerInfos (cms)) <= 0)
    return g_steal_pointer (&cms);
  mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                    "RFC 7030 §4.1.3: a certs-only answer has no signers");
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
