#include "app/base/digest.h"
#include "certs/attributes.h"
#include "certs/evidence.h"
#include "certs/reasons.h"
#include "certs/signeddata.h"

#include <openssl/err.h>
#include <string.h>

static gboolean
check_detached (CMS_ContentInfo *cms, GError **error)
{
  ASN1_OCTET_STRING **content = CMS_get0_content (cms);

  if (OBJ_obj2nid (CMS_get0_eContentType (cms)) != NID_pkcs7_data)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5652 §4: the content is not of type data");
  if (content != NULL && *content != NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5652 §5.2: the content is inside, expected a detached one");
  return TRUE;
}

static CMS_SignerInfo *
only_signer (CMS_ContentInfo *cms, GError **error)
{
  const STACK_OF (CMS_SignerInfo) *signers = CMS_get0_SignerInfos (cms);
  int n = MAX (sk_CMS_SignerInfo_num (signers), 0);

  if (n == 1)
    return sk_CMS_SignerInfo_value (signers, 0);
  mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                    "RFC 5652 §5.1: %d signers, expected exactly one", n);
  return NULL;
}

static gboolean
names_cert (CMS_SignerInfo *signer, X509 *x509)
{
  const ASN1_STRING *value
      = mado_attributes_value (signer, NID_id_smime_aa_signingCertificateV2, V_ASN1_SEQUENCE);
  g_autoptr (MadoX509Stack) chain = sk_X509_new_null ();
  g_autoptr (ESS_SIGNING_CERT_V2) named = NULL;
  const guint8 *data = value != NULL ? ASN1_STRING_get0_data (value) : NULL;
  gboolean      fits;

  if (value != NULL)
    named = d2i_ESS_SIGNING_CERT_V2 (NULL, &data, ASN1_STRING_length (value));
  X509_up_ref (x509);
  sk_X509_push (chain, x509);
  fits = named != NULL && OSSL_ESS_check_signing_certs (NULL, named, chain, 1) > 0;
  ERR_clear_error ();
  return fits;
}

/* RFC 5652 §5.3: issuer and serial, or subject key identifier. JPKI's generations share a name, so
 * two certificates may fit; then the signing certificate attribute chooses. */
static MadoCert *
find_cert (CMS_ContentInfo *cms, CMS_SignerInfo *signer, GError **error)
{
  g_autoptr (MadoX509Stack) certs = CMS_get1_certs (cms);
  X509 *fitting = NULL;

  for (int i = sk_X509_num (certs) - 1; i >= 0; i--) {
    X509 *x509 = sk_X509_value (certs, i);
    if (CMS_SignerInfo_cert_cmp (signer, x509) == 0
        && (fitting == NULL || names_cert (signer, x509)))
      fitting = x509;
  }
  if (fitting != NULL)
    return mado_cert_from_x509 (fitting, error);
  mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                    "RFC 5652 §5.3: the signer's certificate is not in the evidence");
  return NULL;
}

/* The hash of the content and of the attributes is one, and strong. */
static const EVP_MD *
digest_of (CMS_SignerInfo *signer)
{
  X509_ALGOR        *digest = NULL;
  const ASN1_OBJECT *object = NULL;

  CMS_SignerInfo_get0_algs (signer, NULL, NULL, &digest, NULL);
  X509_ALGOR_get0 (&object, NULL, NULL, digest);
  switch (OBJ_obj2nid (object)) {
  case NID_sha256:
    return EVP_sha256 ();
  case NID_sha384:
    return EVP_sha384 ();
  case NID_sha512:
    return EVP_sha512 ();
  default:
    return NULL;
  }
}

/* RFC 3370 §3.2 lets a signer say rsaEncryption alone; otherwise both must name the same hash. */
static gboolean
names_same_hash (CMS_SignerInfo *signer, const EVP_MD *md)
{
  X509_ALGOR        *signature = NULL;
  const ASN1_OBJECT *object = NULL;
  int                hash = NID_undef;
  int                nid;

  CMS_SignerInfo_get0_algs (signer, NULL, NULL, NULL, &signature);
  X509_ALGOR_get0 (&object, NULL, NULL, signature);
  nid = OBJ_obj2nid (object);
  if (nid == NID_rsaEncryption)
    return TRUE;
  return mado_libcrypto_is_strong_signature (nid) && OBJ_find_sigid_algs (nid, &hash, NULL)
         && hash == EVP_MD_get_type (md);
}

static gboolean
check_signed (CMS_SignerInfo *signer, MadoCert *cert, const EVP_MD *md, GString *reasons)
{
  ASN1_OCTET_STRING *signature = CMS_SignerInfo_get0_signature (signer);
  g_autoptr (GBytes) attributes = mado_attributes_der (signer);
  EVP_PKEY     *key = X509_get0_pubkey (mado_cert_x509 (cert));
  guint8        digest[EVP_MAX_MD_SIZE];
  guint         digest_len = 0;
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (attributes, &len);

  if (EVP_Digest (data, len, digest, &digest_len, md, NULL) != 1 || key == NULL
      || !mado_libcrypto_signed_digest (key, md, digest, digest_len,
                                        ASN1_STRING_get0_data (signature),
                                        (gsize)ASN1_STRING_length (signature)))
    return mado_reasons_add (reasons, "RFC 5652 §5.6: the signature over the signed attributes is "
                                      "not the certificate's");
  return TRUE;
}

/* RFC 5035 §3: without it another certificate of the same key could be put in. */
static gboolean
check_signing_cert (CMS_SignerInfo *signer, MadoCert *cert, GString *reasons)
{
  if (names_cert (signer, mado_cert_x509 (cert)))
    return TRUE;
  return mado_reasons_add (reasons, "RFC 5035 §3: the signing certificate attribute names another "
                                    "certificate");
}

static gboolean
check_content_type (CMS_SignerInfo *signer, GString *reasons)
{
  const ASN1_OBJECT *type = mado_attributes_value (signer, NID_pkcs9_contentType, V_ASN1_OBJECT);

  if (type == NULL || OBJ_obj2nid (type) != NID_pkcs7_data)
    return mado_reasons_add (reasons, "RFC 5652 §11.1: the signed content type is not data");
  return TRUE;
}

static MadoAnswer
judge_signature (CMS_SignerInfo *signer, MadoCert *cert, const EVP_MD *md, GString *reasons)
{
  gboolean fits;

  if (md == NULL || !names_same_hash (signer, md)) {
    mado_reasons_add (reasons, "RFC 5652 §5.3: digest and signature algorithm are not one strong "
                               "hash");
    return MADO_ANSWER_NO;
  }
  fits = check_signed (signer, cert, md, reasons);
  fits &= check_content_type (signer, reasons);
  fits &= check_signing_cert (signer, cert, reasons);
  return fits ? MADO_ANSWER_YES : MADO_ANSWER_NO;
}

static MadoAnswer
judge_content (CMS_SignerInfo *signer, GBytes *content, const EVP_MD *md, GString *reasons)
{
  const ASN1_STRING *signed_digest
      = mado_attributes_value (signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING);
  guint8        digest[EVP_MAX_MD_SIZE];
  guint         digest_len = 0;
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (content, &len);

  if (md == NULL)
    return MADO_ANSWER_NOT_CHECKED;
  EVP_Digest (data, len, digest, &digest_len, md, NULL);
  if (signed_digest != NULL && ASN1_STRING_length (signed_digest) == (int)digest_len
      && memcmp (ASN1_STRING_get0_data (signed_digest), digest, digest_len) == 0)
    return MADO_ANSWER_YES;
  mado_reasons_add (reasons, "RFC 5652 §11.2: the content has another digest than was signed");
  return MADO_ANSWER_NO;
}

static void
judge (CMS_SignerInfo     *signer,
       GBytes             *content,
       GPtrArray          *anchors,
       MadoCertProfile     profile,
       gint64              at,
       MadoEvidenceAnswer *answer)
{
  g_autoptr (GString) reasons = g_string_new (NULL);
  const EVP_MD *md = digest_of (signer);

  answer->signature = judge_signature (signer, answer->signer, md, reasons);
  answer->content = judge_content (signer, content, md, reasons);
  mado_path_check (answer->signer, anchors, profile, at, &answer->path);
  if (answer->path.reason != NULL)
    mado_reasons_add (reasons, "%s", answer->path.reason);
  answer->reason = mado_reasons_text (reasons);
}

gboolean
mado_evidence_verify (GBytes             *p7s,
                      GBytes             *content,
                      GPtrArray          *anchors,
                      MadoCertProfile     profile,
                      gint64              at,
                      MadoEvidenceAnswer *ret_answer,
                      GError            **error)
{
  g_autoptr (CMS_ContentInfo) cms = mado_signeddata_decode (p7s, error);
  CMS_SignerInfo *signer;
  MadoCert       *cert;

  if (cms == NULL || !check_detached (cms, error))
    return FALSE;
  signer = only_signer (cms, error);
  if (signer == NULL || !mado_attributes_check (signer, error))
    return FALSE;
  cert = find_cert (cms, signer, error);
  if (cert == NULL)
    return FALSE;
  ret_answer->signer = cert;
  judge (signer, content, anchors, profile, at, ret_answer);
  return TRUE;
}

gboolean
mado_evidence_answer_is_yes (const MadoEvidenceAnswer *answer)
{
  return answer->signature == MADO_ANSWER_YES && answer->content == MADO_ANSWER_YES
         && mado_path_answer_is_yes (&answer->path);
}

void
mado_evidence_answer_clear (MadoEvidenceAnswer *answer)
{
  mado_path_answer_clear (&answer->path);
  g_clear_pointer (&answer->signer, mado_cert_unref);
  g_clear_pointer (&answer->reason, g_free);
  answer->signature = answer->content = MADO_ANSWER_NOT_CHECKED;
}
