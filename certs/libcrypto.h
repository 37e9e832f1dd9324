/* certs/libcrypto.h - OpenSSL's types for this room's own files; no public header names them. */
#pragma once
#include "certs/cert.h"
#include "certs/error.h"
#include "certs/key.h"
#include "certs/request.h"

#include <openssl/cms.h>
#include <openssl/ess.h>
#include <openssl/evp.h>
#include <openssl/ocsp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/** (transfer none): OpenSSL's view of a certificate; only to be read. */
X509 *mado_cert_x509 (MadoCert *cert);

/** (transfer full): a certificate of OpenSSL's as one of ours, @x509 stays the caller's. */
MadoCert *mado_cert_from_x509 (X509 *x509, GError **error);

/** (transfer none). */
EVP_PKEY *mado_key_pkey (MadoKey *key);
EVP_PKEY *mado_request_pkey (MadoRequest *request);

/** Whether @pkey (nullable) is on the one curve our own authority works with. */
gboolean mado_key_is_p256 (EVP_PKEY *pkey);

/** Why the last call failed, in OpenSSL's words; empties its error queue. */
const char *mado_libcrypto_why (void);

/** (transfer full): the @len octets an i2d function made, which are freed; %NULL when it failed. */
GBytes *mado_libcrypto_bytes (unsigned char *octets, int len);

/** Whether @issuer's name, key identifier and key, by a strong signature, made @x509. */
gboolean mado_libcrypto_is_issued_by (X509 *x509, X509 *issuer);

/** Unix seconds; %FALSE when @time is %NULL or no time. */
gboolean mado_libcrypto_time (const ASN1_TIME *time, gint64 *ret_seconds);

/** (transfer full): a time as X.509 writes it (RFC 5280 §4.1.2.5), or %NULL. */
ASN1_TIME *mado_libcrypto_time_new (gint64 seconds);

/** RSA (RFC 8017 §8.2) or ECDSA with SHA-256 or better; SHA-1 is none of them. */
gboolean mado_libcrypto_is_strong_signature (int nid);

/** RSA of 2,048 bits or more, or elliptic curve of 256 bits or more; %NULL is not. */
gboolean mado_libcrypto_is_strong_key (EVP_PKEY *key);

/** Whether @signature over @digest (of hash @md) was made by @key. */
gboolean mado_libcrypto_signed_digest (EVP_PKEY     *key,
                                       const EVP_MD *md,
                                       const guint8 *digest,
                                       gsize         digest_len,
                                       const guint8 *signature,
                                       gsize         signature_len);

/** (transfer full): the last common name of @name in UTF-8, or %NULL. */
char *mado_libcrypto_common_name (const X509_NAME *name);

typedef STACK_OF (X509) MadoX509Stack;

static inline void
mado_x509_stack_free (MadoX509Stack *stack)
{
  sk_X509_pop_free (stack, X509_free);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_INTEGER, ASN1_INTEGER_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_TIME, ASN1_TIME_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ASN1_OCTET_STRING, ASN1_OCTET_STRING_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AUTHORITY_KEYID, AUTHORITY_KEYID_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIGNUM, BN_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CMS_ContentInfo, CMS_ContentInfo_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CRL_DIST_POINTS, CRL_DIST_POINTS_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ESS_SIGNING_CERT_V2, ESS_SIGNING_CERT_V2_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_MD_CTX, EVP_MD_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GENERAL_NAMES, GENERAL_NAMES_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ISSUING_DIST_POINT, ISSUING_DIST_POINT_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoX509Stack, mado_x509_stack_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OCSP_BASICRESP, OCSP_BASICRESP_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OCSP_CERTID, OCSP_CERTID_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OCSP_REQUEST, OCSP_REQUEST_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (OCSP_RESPONSE, OCSP_RESPONSE_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509, X509_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_CRL, X509_CRL_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_EXTENSION, X509_EXTENSION_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (X509_REQ, X509_REQ_free)
