#include "certs/cert.h"

#include "app/base/digest.h"
#include "certs/extensions.h"
#include "certs/holder.h"
#include "certs/libcrypto.h"
#include "certs/pem.h"
#include "certs/profile.h"

/* A card's certificate has two thousand octets; thirty times that is none. */
#define LONGEST_CERT 65536

struct _MadoCert {
  gatomicrefcount refs;
  X509           *x509;
  GBytes         *der;
  gint64          not_before;
  gint64          not_after;
};

static X509 *
decode (GBytes *der, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (der, &len);
  const guint8 *end = data;
  g_autoptr (X509) x509 = d2i_X509 (NULL, &end, (long)MIN (len, LONGEST_CERT + 1));

  if (x509 == NULL)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 5280 §4.1: no certificate: %s",
                      mado_libcrypto_why ());
  else if (len > LONGEST_CERT)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "more than %d octets", LONGEST_CERT);
  else if (end != data + len)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "%" G_GSIZE_FORMAT " trailing octets",
                      len - (gsize)(end - data));
  else
    return g_steal_pointer (&x509);
  return NULL;
}

/* Two spellings of one certificate would have two fingerprints. */
static gboolean
is_der (X509 *x509, GBytes *octets)
{
  unsigned char *again = NULL;
  int            len = i2d_X509 (x509, &again);
  g_autoptr (GBytes) der = mado_libcrypto_bytes (again, len);

  return der != NULL && g_bytes_equal (der, octets);
}

/* OpenSSL reads extensions when first asked about one and cannot say then that it failed; so all
 * are read here, once, before anybody relies on them (and before threads share them). */
static gboolean
check_extensions (X509 *x509, GError **error)
{
  if (X509_check_purpose (x509, -1, 0) != 1 || X509_get_extension_flags (x509) & EXFLAG_INVALID)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §4.2.1: an extension cannot be read: %s",
                             mado_libcrypto_why ());
  if (!mado_extensions_are_unique (X509_get0_extensions (x509)))
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §4.2: an extension appears twice");
  if (X509_get_version (x509) != X509_VERSION_3 && X509_get0_extensions (x509) != NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §4.1.2.1: extensions without version 3");
  return TRUE;
}

static gboolean
read_dates (MadoCert *cert, GError **error)
{
  if (!mado_libcrypto_time (X509_get0_notBefore (cert->x509), &cert->not_before)
      || !mado_libcrypto_time (X509_get0_notAfter (cert->x509), &cert->not_after))
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §4.1.2.5: validity that is no pair of times");
  return TRUE;
}

static MadoCert *
parse_der (GBytes *der, GError **error)
{
  g_autoptr (MadoCert) cert = NULL;
  g_autoptr (X509) x509 = decode (der, error);

  if (x509 == NULL)
    return NULL;
  if (!is_der (x509, der)) {
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "X.690 §10: an encoding other than DER");
    return NULL;
  }
  if (!check_extensions (x509, error))
    return NULL;
  cert = g_new0 (MadoCert, 1);
  g_atomic_ref_count_init (&cert->refs);
  cert->der = g_bytes_ref (der);
  cert->x509 = g_steal_pointer (&x509);
  return read_dates (cert, error) ? g_steal_pointer (&cert) : NULL;
}

MadoCert *
mado_cert_parse (GBytes *der_or_pem, GError **error)
{
  g_autoptr (GBytes) der = mado_pem_to_der (der_or_pem, "CERTIFICATE", error);

  return der != NULL ? parse_der (der, error) : NULL;
}

MadoCert *
mado_cert_from_x509 (X509 *x509, GError **error)
{
  unsigned char *data = NULL;
  int            len = i2d_X509 (x509, &data);
  g_autoptr (GBytes) der = mado_libcrypto_bytes (data, len);

  if (der != NULL)
    return parse_der (der, error);
  mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "%s", mado_libcrypto_why ());
  return NULL;
}

MadoCert *
mado_cert_ref (MadoCert *cert)
{
  g_atomic_ref_count_inc (&cert->refs);
  return cert;
}

void
mado_cert_unref (MadoCert *cert)
{
  if (cert == NULL || !g_atomic_ref_count_dec (&cert->refs))
    return;
  X509_free (cert->x509);
  g_bytes_unref (cert->der);
  g_free (cert);
}

X509 *
mado_cert_x509 (MadoCert *cert)
{
  return cert->x509;
}

GBytes *
mado_cert_der (MadoCert *cert)
{
  return cert->der;
}

GBytes *
mado_cert_pem (MadoCert *cert)
{
  return mado_pem_from_der (cert->der, "CERTIFICATE");
}

void
mado_cert_fingerprint (MadoCert *cert, guint8 ret_digest[32])
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (cert->der, &len);

  mado_sha256 (data, len, ret_digest);
}

char *
mado_cert_subject (MadoCert *cert)
{
  unsigned long flags = XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB;
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  char *text = NULL;
  long  len;

  X509_NAME_print_ex (bio, X509_get_subject_name (cert->x509), 0, flags);
  len = BIO_get_mem_data (bio, &text);
  return g_utf8_make_valid (text, (gssize)len);
}

char *
mado_cert_common_name (MadoCert *cert)
{
  return mado_libcrypto_common_name (X509_get_subject_name (cert->x509));
}

gint64
mado_cert_not_before (MadoCert *cert)
{
  return cert->not_before;
}

gint64
mado_cert_not_after (MadoCert *cert)
{
  return cert->not_after;
}

MadoCertProfile
mado_cert_profile (MadoCert *cert)
{
  return mado_profile_of (cert->x509);
}

const char *
mado_cert_profile_name (MadoCertProfile profile)
{
  static const char *const names[] = { "auth", "sign", "other" };

  return names[profile];
}

gboolean
mado_cert_equal (MadoCert *a, MadoCert *b)
{
  return g_bytes_equal (a->der, b->der);
}

MadoPerson *
mado_cert_person (MadoCert *cert, GError **error)
{
  return mado_holder_read (cert->x509, error);
}

gboolean
mado_cert_signed_digest (MadoCert *cert, const guint8 digest[32], GBytes *signature)
{
  EVP_PKEY     *key = X509_get0_pubkey (cert->x509);
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (signature, &len);

  return key != NULL
         && mado_libcrypto_signed_digest (key, EVP_sha256 (), digest, MADO_SHA256_LEN, data, len);
}

gboolean
mado_cert_signed (MadoCert *cert, const void *data, gsize len, GBytes *signature)
{
  guint8 digest[MADO_SHA256_LEN];

  mado_sha256 (data, len, digest);
  return mado_cert_signed_digest (cert, digest, signature);
}
