#include "certs/evidence.h"

#include "app/base/digest.h"
#include "certs/attributes.h"
#include "certs/signeddata.h"

struct _MadoEvidence {
  CMS_ContentInfo *cms;
  CMS_SignerInfo  *signer_info; /* the one in @cms */
  MadoCert        *signer;
};

/* With the public key and CMS_PARTIAL OpenSSL lays everything out and signs nothing; CMS_CADES
 * adds the signing certificate attribute. */
static CMS_SignerInfo *
add_signer (CMS_ContentInfo *cms, X509 *x509)
{
  return CMS_add1_signer (cms, x509, X509_get0_pubkey (x509), EVP_sha256 (),
                          CMS_BINARY | CMS_PARTIAL | CMS_CADES | CMS_NOSMIMECAP);
}

static gboolean
add_attributes (CMS_SignerInfo *signer, GBytes *content, gint64 signing_time)
{
  g_autoptr (ASN1_TIME) time = mado_libcrypto_time_new (signing_time);
  guint8        digest[MADO_SHA256_LEN];
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (content, &len);

  mado_sha256 (data, len, digest);
  return time != NULL
         && CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                         OBJ_nid2obj (NID_pkcs7_data), -1)
         && CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                         digest, sizeof digest)
         && CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_signingTime, ASN1_STRING_type (time),
                                         time, -1);
}

MadoEvidence *
mado_evidence_begin (GBytes *content, MadoCert *signer, gint64 signing_time, GError **error)
{
  g_autoptr (MadoEvidence) evidence = g_new0 (MadoEvidence, 1);

  evidence->signer = mado_cert_ref (signer);
  evidence->cms = CMS_sign (NULL, NULL, NULL, NULL, CMS_BINARY | CMS_PARTIAL | CMS_DETACHED);
  if (evidence->cms != NULL)
    evidence->signer_info = add_signer (evidence->cms, mado_cert_x509 (signer));
  if (evidence->signer_info == NULL
      || !add_attributes (evidence->signer_info, content, signing_time)) {
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no evidence: %s", mado_libcrypto_why ());
    return NULL;
  }
  return g_steal_pointer (&evidence);
}

void
mado_evidence_free (MadoEvidence *evidence)
{
  if (evidence == NULL)
    return;
  CMS_ContentInfo_free (evidence->cms);
  mado_cert_unref (evidence->signer);
  g_free (evidence);
}

void
mado_evidence_digest (MadoEvidence *evidence, guint8 ret_digest[32])
{
  g_autoptr (GBytes) attributes = mado_attributes_der (evidence->signer_info);
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (attributes, &len);

  mado_sha256 (data, len, ret_digest);
}

GBytes *
mado_evidence_finish (MadoEvidence *evidence, GBytes *signature, GError **error)
{
  guint8        digest[MADO_SHA256_LEN];
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (signature, &len);

  mado_evidence_digest (evidence, digest);
  if (!mado_cert_signed_digest (evidence->signer, digest, signature)) {
    mado_certs_raise (error, MADO_CERTS_ERROR_SIGNATURE,
                      "RFC 5652 §5.6: the signature is not the certificate's");
    return NULL;
  }
  if (!ASN1_STRING_set (CMS_SignerInfo_get0_signature (evidence->signer_info), data, (int)len)) {
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no evidence: %s", mado_libcrypto_why ());
    return NULL;
  }
  return mado_signeddata_encode (evidence->cms, error);
}
