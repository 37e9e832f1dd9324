/* certs/cert.h - one X.509 certificate (RFC 5280), read once and never changed. */
#pragma once
#include "app/base/person.h"

typedef enum {
  MADO_CERT_AUTH,  /* JPKI user authentication: digitalSignature */
  MADO_CERT_SIGN,  /* JPKI digital signature: digitalSignature and nonRepudiation */
  MADO_CERT_OTHER, /* none of the two */
} MadoCertProfile;

/* Counted; may be shared between threads. */
typedef struct _MadoCert MadoCert;

/**
 * mado_cert_parse:
 * @der_or_pem: exactly one certificate; PEM (RFC 7468) may have words before it, DER nothing
 *
 * Trailing octets, a second certificate, encodings other than DER and extensions that cannot be
 * read or appear twice (RFC 5280 §4.2) are refused.
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_MALFORMED
 */
MadoCert *mado_cert_parse (GBytes *der_or_pem, GError **error) G_GNUC_WARN_UNUSED_RESULT;

MadoCert *mado_cert_ref (MadoCert *cert);
void      mado_cert_unref (MadoCert *cert);

/** (transfer none): the certificate's own octets. */
GBytes *mado_cert_der (MadoCert *cert);

/** (transfer full): RFC 7468 text. */
GBytes *mado_cert_pem (MadoCert *cert);

/** SHA-256 of the DER: what people compare as its fingerprint. */
void mado_cert_fingerprint (MadoCert *cert, guint8 ret_digest[32]);

/** (transfer full): the subject as RFC 2253 text in UTF-8. */
char *mado_cert_subject (MadoCert *cert);

/** (transfer full): the last common name of the subject in UTF-8, or %NULL. */
char *mado_cert_common_name (MadoCert *cert);

/** First and last second of validity, Unix seconds (RFC 5280 §4.1.2.5: both included). */
gint64 mado_cert_not_before (MadoCert *cert);
gint64 mado_cert_not_after (MadoCert *cert);

/** What the certificate says it is for: policy and key usage of a profile, and both agree. */
MadoCertProfile mado_cert_profile (MadoCert *cert);

/** "auth", "sign" or "other". */
const char *mado_cert_profile_name (MadoCertProfile profile);

/** Whether both are the same octets. */
gboolean mado_cert_equal (MadoCert *a, MadoCert *b);

/**
 * mado_cert_person:
 *
 * The holder from the subject alternative name of a signature certificate (JPKI profile:
 * otherNames 1.2.392.200149.8.5.5.1 to .6, found by OID, each exactly once).
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_NO_PERSON when there is none (an
 *   authentication certificate), %MADO_CERTS_ERROR_MALFORMED when the items do not hold together
 */
MadoPerson *mado_cert_person (MadoCert *cert, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Whether @signature over the SHA-256 @digest was made by the key of @cert (RSA: RFC 8017 §8.2).
 */
gboolean mado_cert_signed_digest (MadoCert *cert, const guint8 digest[32], GBytes *signature);

/** The same for @len octets at @data, hashed here. */
gboolean mado_cert_signed (MadoCert *cert, const void *data, gsize len, GBytes *signature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoCert, mado_cert_unref)
