#include "certs/libcrypto.h"

#include <openssl/err.h>
#include <time.h>

const char *
mado_libcrypto_why (void)
{
  const char *why = ERR_reason_error_string (ERR_peek_last_error ());

  ERR_clear_error ();
  return why != NULL ? why : "no reason given";
}

GBytes *
mado_libcrypto_bytes (unsigned char *octets, int len)
{
  GBytes *bytes = len > 0 ? g_bytes_new (octets, (gsize)len) : NULL;

  OPENSSL_free (octets);
  return bytes;
}

gboolean
mado_libcrypto_time (const ASN1_TIME *time, gint64 *ret_seconds)
{
  struct tm tm;

  /* Without a time OpenSSL reads the machine's clock, which this room must not see. */
  if (time == NULL || ASN1_TIME_to_tm (time, &tm) != 1)
    return FALSE;
  *ret_seconds = timegm (&tm);
  return TRUE;
}

ASN1_TIME *
mado_libcrypto_time_new (gint64 seconds)
{
  return ASN1_TIME_set (NULL, (time_t)seconds);
}

gboolean
mado_libcrypto_is_strong_signature (int nid)
{
  switch (nid) {
  case NID_sha256WithRSAEncryption:
  case NID_sha384WithRSAEncryption:
  case NID_sha512WithRSAEncryption:
  case NID_ecdsa_with_SHA256:
  case NID_ecdsa_with_SHA384:
  case NID_ecdsa_with_SHA512:
    return TRUE;
  default:
    return FALSE;
  }
}

gboolean
mado_libcrypto_is_strong_key (EVP_PKEY *key)
{
  if (key == NULL)
    return FALSE;
  switch (EVP_PKEY_get_base_id (key)) {
  case EVP_PKEY_RSA:
    return EVP_PKEY_get_bits (key) >= 2048;
  case EVP_PKEY_EC:
    return EVP_PKEY_get_bits (key) >= 256;
  default:
    return FALSE;
  }
}

gboolean
mado_libcrypto_signed_digest (EVP_PKEY     *key,
                              const EVP_MD *md,
                              const guint8 *digest,
                              gsize         digest_len,
                              const guint8 *signature,
                              gsize         signature_len)
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (key, NULL);
  gboolean fits;

  fits = context != NULL && EVP_PKEY_verify_init (context) == 1
         && EVP_PKEY_CTX_set_signature_md (context, md) == 1
         && EVP_PKEY_verify (context, signature, signature_len, digest, digest_len) == 1;
  ERR_clear_error ();
  return fits;
}

char *
mado_libcrypto_common_name (const X509_NAME *name)
{
  int            at = -1;
  int            last = -1;
  unsigned char *text = NULL;
  char          *copy = NULL;
  int            len;

  while ((at = X509_NAME_get_index_by_NID (name, NID_commonName, at)) >= 0)
    last = at;
  if (last < 0)
    return NULL;
  len = ASN1_STRING_to_UTF8 (&text, X509_NAME_ENTRY_get_data (X509_NAME_get_entry (name, last)));
  if (len >= 0 && g_utf8_validate_len ((char *)text, (gsize)len, NULL))
    copy = g_strndup ((char *)text, (gsize)len);
  OPENSSL_free (text);
  ERR_clear_error ();
  return copy;
}

gboolean
mado_libcrypto_is_issued_by (X509 *x509, X509 *issuer)
{
  EVP_PKEY *key = X509_get0_pubkey (issuer);
  g_autoptr (AUTHORITY_KEYID) key_id
      = X509_get_ext_d2i (x509, NID_authority_key_identifier, NULL, NULL);
  gboolean is_issued;

  is_issued = key != NULL
              && X509_NAME_cmp (X509_get_issuer_name (x509), X509_get_subject_name (issuer)) == 0
              && (key_id == NULL || X509_check_akid (issuer, key_id) == X509_V_OK)
              && mado_libcrypto_is_strong_signature (X509_get_signature_nid (x509))
              && X509_verify (x509, key) == 1;
  ERR_clear_error ();
  return is_issued;
}
