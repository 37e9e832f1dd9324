#include "certs/crl.h"

#include "certs/extensions.h"
#include "certs/freshness.h"
#include "certs/libcrypto.h"
#include "certs/pem.h"

#include <openssl/err.h>

static X509_CRL *
decode (GBytes *der, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (der, &len);
  const guint8 *end = data;
  g_autoptr (X509_CRL) crl = d2i_X509_CRL (NULL, &end, (long)len);

  if (crl == NULL)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 5280 §5.1: no list: %s",
                      mado_libcrypto_why ());
  else if (end != data + len)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                      "RFC 5280 §5.1: %" G_GSIZE_FORMAT " octets behind the list",
                      len - (gsize)(end - data));
  else
    return g_steal_pointer (&crl);
  return NULL;
}

static gboolean
check_issuer (X509_CRL *crl, X509 *issuer, GError **error)
{
  g_autoptr (AUTHORITY_KEYID) key_id
      = X509_CRL_get_ext_d2i (crl, NID_authority_key_identifier, NULL, NULL);
  guint32 flags = X509_get_extension_flags (issuer);

  if (X509_NAME_cmp (X509_CRL_get_issuer (crl), X509_get_subject_name (issuer)) != 0)
    return mado_certs_raise (error, MADO_CERTS_ERROR_OTHER_CERT,
                             "RFC 5280 §6.3.3 (b)(1): a list of another issuer");
  if (key_id != NULL && X509_check_akid (issuer, key_id) != X509_V_OK)
    return mado_certs_raise (error, MADO_CERTS_ERROR_OTHER_CERT,
                             "RFC 5280 §5.2.1: a list of another generation of the issuer");
  if (!(flags & EXFLAG_KUSAGE) || !(X509_get_key_usage (issuer) & KU_CRL_SIGN))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §6.3.3 (f): the issuer's key may not sign lists");
  return TRUE;
}

static gboolean
check_signature (X509_CRL *crl, X509 *issuer, GError **error)
{
  EVP_PKEY *key = X509_get0_pubkey (issuer);

  if (!mado_libcrypto_is_strong_signature (X509_CRL_get_signature_nid (crl))
      || !mado_libcrypto_is_strong_key (key))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "the list is signed with %s, expected SHA-256 or better",
                             OBJ_nid2ln (X509_CRL_get_signature_nid (crl)));
  if (X509_CRL_verify (crl, key) != 1)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §6.3.3 (g): the signature is not the issuer's: %s",
                             mado_libcrypto_why ());
  return TRUE;
}

static gboolean
check_number (X509_CRL *crl, GError **error)
{
  g_autoptr (ASN1_INTEGER) number = X509_CRL_get_ext_d2i (crl, NID_crl_number, NULL, NULL);

  if (X509_CRL_get_version (crl) != X509_CRL_VERSION_2 || number == NULL
      || ASN1_STRING_type (number) == V_ASN1_NEG_INTEGER)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §5.2.3: a list without number");
  return TRUE;
}

/* A delta list is critical and unknown here, so it falls here too (RFC 5280 §5.2.4). */
static gboolean
check_extensions (X509_CRL *crl, GError **error)
{
  static const int known[]
      = { NID_issuing_distribution_point, NID_authority_key_identifier, NID_crl_number, NID_undef };
  g_autofree char *unknown
      = mado_extensions_unknown_critical (X509_CRL_get0_extensions (crl), known);

  if (!mado_extensions_are_unique (X509_CRL_get0_extensions (crl)))
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §5.2: an extension appears twice");
  if (unknown != NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §5.2: unknown critical extension %s", unknown);
  return TRUE;
}

static gboolean
check_entries (X509_CRL *crl, GError **error)
{
  static const int known[] = { NID_crl_reason, NID_invalidity_date, NID_undef };
  STACK_OF (X509_REVOKED) *entries = X509_CRL_get_REVOKED (crl);

  for (int i = 0; i < sk_X509_REVOKED_num (entries); i++) {
    X509_REVOKED    *entry = sk_X509_REVOKED_value (entries, i);
    g_autofree char *unknown
        = mado_extensions_unknown_critical (X509_REVOKED_get0_extensions (entry), known);
    if (unknown != NULL)
      return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                               "RFC 5280 §5.3: unknown critical extension %s in an entry", unknown);
  }
  return TRUE;
}

static gboolean
share_a_name (const GENERAL_NAMES *a, const GENERAL_NAMES *b)
{
  for (int i = 0; i < sk_GENERAL_NAME_num (a); i++)
    for (int j = 0; j < sk_GENERAL_NAME_num (b); j++)
      if (GENERAL_NAME_cmp (sk_GENERAL_NAME_value (a, i), sk_GENERAL_NAME_value (b, j)) == 0)
        return TRUE;
  return FALSE;
}

/* JPKI names its points in full; a relative name is none of its ways. */
static gboolean
is_point_of (const DIST_POINT_NAME *point, X509 *cert)
{
  g_autoptr (CRL_DIST_POINTS) points
      = X509_get_ext_d2i (cert, NID_crl_distribution_points, NULL, NULL);

  if (point->type != 0)
    return FALSE;
  for (int i = 0; i < sk_DIST_POINT_num (points); i++) {
    const DIST_POINT *theirs = sk_DIST_POINT_value (points, i);
    if (theirs->distpoint != NULL && theirs->distpoint->type == 0
        && share_a_name (theirs->distpoint->name.fullname, point->name.fullname))
      return TRUE;
  }
  return FALSE;
}

/* JPKI splits its list by municipality, and a certificate is only on the list of its own. */
static gboolean
check_scope (X509_CRL *crl, X509 *cert, GError **error)
{
  int critical = -1;
  g_autoptr (ISSUING_DIST_POINT) scope
      = X509_CRL_get_ext_d2i (crl, NID_issuing_distribution_point, &critical, NULL);

  if (scope == NULL && critical == -1)
    return TRUE;
  if (scope == NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §5.2.5: the distribution point cannot be read");
  if (scope->indirectCRL > 0 || scope->onlyCA > 0 || scope->onlyattr > 0
      || scope->onlysomereasons != NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §5.2.5: a list that is not about all of a holder's reasons");
  if (scope->distpoint != NULL && !is_point_of (scope->distpoint, cert))
    return mado_certs_raise (error, MADO_CERTS_ERROR_OTHER_CERT,
                             "RFC 5280 §6.3.3 (b)(2): a list of another distribution point");
  return TRUE;
}

static gboolean
check_list (X509_CRL *crl, X509 *cert, X509 *issuer, gint64 now, GError **error)
{
  if (!check_issuer (crl, issuer, error) || !check_signature (crl, issuer, error)
      || !check_extensions (crl, error) || !check_number (crl, error)
      || !check_scope (crl, cert, error) || !check_entries (crl, error))
    return FALSE;
  if (X509_CRL_get0_nextUpdate (crl) == NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §5.1.2.5: a list without next update");
  return mado_freshness_check (X509_CRL_get0_lastUpdate (crl), X509_CRL_get0_nextUpdate (crl), 0,
                               now, error);
}

static char *
reason_of (X509_REVOKED *entry)
{
  ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i (entry, NID_crl_reason, NULL, NULL);
  char *word = g_strdup (reason != NULL ? OCSP_crl_reason_str (ASN1_ENUMERATED_get (reason))
                                        : "unspecified");

  ASN1_ENUMERATED_free (reason);
  return word;
}

gboolean
mado_crl_check (GBytes         *crl,
                MadoCert       *cert,
                MadoCert       *issuer,
                gint64          now,
                MadoRevocation *ret_status,
                char          **ret_reason,
                GError        **error)
{
  X509 *x509 = mado_cert_x509 (cert);
  g_autoptr (GBytes) der = mado_pem_to_der (crl, "X509 CRL", error);
  g_autoptr (X509_CRL) list = der != NULL ? decode (der, error) : NULL;
  X509_REVOKED *entry = NULL;

  if (list == NULL || !check_list (list, x509, mado_cert_x509 (issuer), now, error))
    return FALSE;
  /* 2 is an entry that takes the certificate off the list again (RFC 5280 §5.3.1). */
  if (X509_CRL_get0_by_serial (list, &entry, X509_get0_serialNumber (x509)) == 1) {
    *ret_status = MADO_REVOCATION_REVOKED;
    *ret_reason = reason_of (entry);
  } else {
    *ret_status = MADO_REVOCATION_GOOD;
    *ret_reason = NULL;
  }
  return TRUE;
}
