#include "certs/responder.h"

#include "certs/extensions.h"

#include <openssl/err.h>
#include <string.h>

static gboolean
is_key_hash_of (const ASN1_OCTET_STRING *hash, X509 *x509)
{
  guint8 digest[EVP_MAX_MD_SIZE];
  guint  len = 0;

  return X509_pubkey_digest (x509, EVP_sha1 (), digest, &len) == 1
         && ASN1_STRING_length (hash) == (int)len
         && memcmp (ASN1_STRING_get0_data (hash), digest, len) == 0;
}

/* RFC 6960 §4.2.1: responder by name or by hash of its key. */
static gboolean
is_responder (OCSP_BASICRESP *basic, X509 *x509)
{
  const ASN1_OCTET_STRING *hash = NULL;
  const X509_NAME         *name = NULL;

  if (OCSP_resp_get0_id (basic, &hash, &name) != 1)
    return FALSE;
  if (name != NULL)
    return X509_NAME_cmp (name, X509_get_subject_name (x509)) == 0;
  return is_key_hash_of (hash, x509);
}

static gboolean
is_signed_by (OCSP_BASICRESP *basic, X509 *x509)
{
  EVP_PKEY *key = X509_get0_pubkey (x509);
  gboolean  is_signed;

  is_signed
      = mado_libcrypto_is_strong_key (key)
        && ASN1_item_verify (ASN1_ITEM_rptr (OCSP_RESPDATA), OCSP_resp_get0_tbs_sigalg (basic),
                             OCSP_resp_get0_signature (basic), OCSP_resp_get0_respdata (basic), key)
               == 1;
  ERR_clear_error ();
  return is_signed;
}

static gboolean
check_delegate_extensions (X509 *delegate, GError **error)
{
  static const int known[] = { NID_basic_constraints,    NID_key_usage,        NID_ext_key_usage,
                               NID_certificate_policies, NID_subject_alt_name, NID_undef };
  guint32          flags = X509_get_extension_flags (delegate);
  g_autofree char *unknown
      = mado_extensions_unknown_critical (X509_get0_extensions (delegate), known);

  if (unknown != NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §4.2: unknown critical extension %s in the responder's "
                             "certificate",
                             unknown);
  if (!(flags & EXFLAG_XKUSAGE) || !(X509_get_extended_key_usage (delegate) & XKU_OCSP_SIGN))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 6960 §4.2.2.2: the responder's certificate lacks OCSPSigning");
  if (flags & EXFLAG_KUSAGE && !(X509_get_key_usage (delegate) & KU_DIGITAL_SIGNATURE))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §4.2.1.12: the responder's key may not sign");
  if (X509_get_ext_by_NID (delegate, NID_id_pkix_OCSP_noCheck, -1) < 0)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 6960 §4.2.2.2.1: the responder's certificate lacks "
                             "id-pkix-ocsp-nocheck");
  return TRUE;
}

/* Only @issuer's word makes a delegate; the certificate in the answer is material. */
static gboolean
check_delegate (X509 *x509, X509 *issuer, gint64 now, GError **error)
{
  g_autoptr (MadoCert) delegate = mado_cert_from_x509 (x509, error);

  if (delegate == NULL)
    return FALSE;
  if (!mado_libcrypto_is_issued_by (mado_cert_x509 (delegate), issuer))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 6960 §4.2.2.2: the responder was not delegated by the issuer");
  if (!check_delegate_extensions (mado_cert_x509 (delegate), error))
    return FALSE;
  if (now < mado_cert_not_before (delegate) || now > mado_cert_not_after (delegate))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §4.1.2.5: the responder's certificate is not valid now");
  return TRUE;
}

static X509 *
find_delegate (OCSP_BASICRESP *basic)
{
  const STACK_OF (X509) *certs = OCSP_resp_get0_certs (basic);

  for (int i = 0; i < sk_X509_num (certs); i++)
    if (is_responder (basic, sk_X509_value (certs, i)))
      return sk_X509_value (certs, i);
  return NULL;
}

static gboolean
check_signature (OCSP_BASICRESP *basic, X509 *signer, GError **error)
{
  const X509_ALGOR  *algorithm = OCSP_resp_get0_tbs_sigalg (basic);
  const ASN1_OBJECT *object = NULL;

  X509_ALGOR_get0 (&object, NULL, NULL, algorithm);
  if (!mado_libcrypto_is_strong_signature (OBJ_obj2nid (object)))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "the answer is signed with %s, expected SHA-256 or better",
                             OBJ_nid2ln (OBJ_obj2nid (object)));
  if (!is_signed_by (basic, signer))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 6960 §3.2: the answer's signature is not its signer's");
  return TRUE;
}

gboolean
mado_responder_check (OCSP_BASICRESP *basic, MadoCert *issuer, gint64 now, GError **error)
{
  X509 *x509 = mado_cert_x509 (issuer);
  X509 *delegate;

  if (is_responder (basic, x509))
    return check_signature (basic, x509, error);
  delegate = find_delegate (basic);
  if (delegate == NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 6960 §4.2.2.2: signed by nobody the issuer names");
  return check_delegate (delegate, x509, now, error) && check_signature (basic, delegate, error);
}
