#include "certs/authority.h"

#include "app/base/random.h"
#include "certs/extensions.h"
#include "certs/libcrypto.h"

#include <openssl/err.h>
#include <string.h>

/* RFC 5280 §4.1.2.2 allows twenty octets; sixteen random ones are never met twice. */
#define SERIAL_LEN 16

struct _MadoAuthority {
  MadoCert *root;
  EVP_PKEY *key;
};

static gboolean
set_serial (X509 *x509)
{
  guint8 octets[SERIAL_LEN];
  g_autoptr (BIGNUM) number = NULL;

  mado_random (octets, sizeof octets);
  octets[0] = (octets[0] & 0x7F) | 0x40; /* positive, and never shorter than the others */
  number = BN_bin2bn (octets, sizeof octets, NULL);
  return number != NULL && BN_to_ASN1_INTEGER (number, X509_get_serialNumber (x509)) != NULL;
}

static gboolean
set_dates (X509 *x509, gint64 not_before, gint64 not_after)
{
  g_autoptr (ASN1_TIME) from = mado_libcrypto_time_new (not_before);
  g_autoptr (ASN1_TIME) until = mado_libcrypto_time_new (not_after);

  return from != NULL && until != NULL && X509_set1_notBefore (x509, from)
         && X509_set1_notAfter (x509, until);
}

static gboolean
set_subject (X509 *x509, const char *common_name)
{
  return X509_NAME_add_entry_by_NID (X509_get_subject_name (x509), NID_commonName, MBSTRING_UTF8,
                                     (const unsigned char *)common_name, -1, -1, 0);
}

/* @value in the words of x509v3_config(5); only constants, never text from outside. */
static gboolean
add_extension (X509 *x509, X509 *issuer, int nid, const char *value)
{
  X509V3_CTX context;
  g_autoptr (X509_EXTENSION) extension = NULL;

  X509V3_set_ctx (&context, issuer, x509, NULL, NULL, 0);
  extension = X509V3_EXT_conf_nid (NULL, &context, nid, value);
  return extension != NULL && X509_add_ext (x509, extension, -1);
}

static X509 *
begin (const char *common_name, EVP_PKEY *key, gint64 not_before, gint64 not_after)
{
  g_autoptr (X509) x509 = X509_new ();

  if (!X509_set_version (x509, X509_VERSION_3) || !set_serial (x509)
      || !set_dates (x509, not_before, not_after) || !set_subject (x509, common_name)
      || !X509_set_pubkey (x509, key))
    return NULL;
  return g_steal_pointer (&x509);
}

static MadoCert *
finish (X509 *x509, EVP_PKEY *key, gboolean is_complete, GError **error)
{
  if (!is_complete || X509_sign (x509, key, EVP_sha256 ()) <= 0) {
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no certificate: %s", mado_libcrypto_why ());
    return NULL;
  }
  return mado_cert_from_x509 (x509, error);
}

static MadoCert *
make_root (
    const char *common_name, EVP_PKEY *key, gint64 not_before, gint64 not_after, GError **error)
{
  g_autoptr (X509) x509 = begin (common_name, key, not_before, not_after);
  gboolean is_complete;

  is_complete = x509 != NULL && X509_set_issuer_name (x509, X509_get_subject_name (x509))
                && add_extension (x509, x509, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
                && add_extension (x509, x509, NID_key_usage, "critical,keyCertSign,cRLSign")
                && add_extension (x509, x509, NID_subject_key_identifier, "hash")
                && add_extension (x509, x509, NID_authority_key_identifier, "keyid:always");
  return finish (x509, key, is_complete, error);
}

static MadoAuthority *
authority_new (MadoCert *root, EVP_PKEY *key)
{
  MadoAuthority *authority = g_new0 (MadoAuthority, 1);

  EVP_PKEY_up_ref (key);
  authority->root = mado_cert_ref (root);
  authority->key = key;
  return authority;
}

MadoAuthority *
mado_authority_new_self_signed (
    const char *common_name, MadoKey *key, gint64 not_before, gint64 not_after, GError **error)
{
  EVP_PKEY *pkey = mado_key_pkey (key);
  g_autoptr (MadoCert) root = make_root (common_name, pkey, not_before, not_after, error);

  return root != NULL ? authority_new (root, pkey) : NULL;
}

static gboolean
may_issue (X509 *root)
{
  return X509_get_extension_flags (root) & EXFLAG_CA
         && X509_get_extension_flags (root) & EXFLAG_KUSAGE
         && X509_get_key_usage (root) & KU_KEY_CERT_SIGN;
}

MadoAuthority *
mado_authority_new (MadoCert *root, MadoKey *key, GError **error)
{
  EVP_PKEY *theirs = X509_get0_pubkey (mado_cert_x509 (root));

  if (!may_issue (mado_cert_x509 (root))) {
    mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                      "RFC 5280 §4.2.1.9: the certificate may not issue others");
    return NULL;
  }
  if (theirs == NULL || EVP_PKEY_eq (theirs, mado_key_pkey (key)) != 1) {
    mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED, "the key is not the certificate's: %s",
                      mado_libcrypto_why ());
    return NULL;
  }
  return authority_new (root, mado_key_pkey (key));
}

void
mado_authority_free (MadoAuthority *authority)
{
  if (authority == NULL)
    return;
  mado_cert_unref (authority->root);
  EVP_PKEY_free (authority->key);
  g_free (authority);
}

MadoCert *
mado_authority_root (MadoAuthority *authority)
{
  return authority->root;
}

static gboolean
is_dns_name (const char *name)
{
  gsize len = strlen (name);

  return len > 0 && len < 254 && name[0] != '-' && name[0] != '.'
         && strspn (name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.")
                == len;
}

static GENERAL_NAME *
name_new (const char *name)
{
  ASN1_OCTET_STRING *address = a2i_IPADDRESS (name);
  GENERAL_NAME      *general = GENERAL_NAME_new ();

  ERR_clear_error ();
  if (address != NULL) {
    GENERAL_NAME_set0_value (general, GEN_IPADD, address);
  } else {
    ASN1_IA5STRING *dns = ASN1_IA5STRING_new ();
    ASN1_STRING_set (dns, name, -1);
    GENERAL_NAME_set0_value (general, GEN_DNS, dns);
  }
  return general;
}

static gboolean
add_names (X509 *x509, const char *const *names)
{
  g_autoptr (GENERAL_NAMES) list = GENERAL_NAMES_new ();

  if (names == NULL || names[0] == NULL)
    return TRUE;
  for (; *names != NULL; names++)
    sk_GENERAL_NAME_push (list, name_new (*names));
  return X509_add1_ext_i2d (x509, NID_subject_alt_name, list, 0, X509V3_ADD_APPEND) == 1;
}

static gboolean
check_names (const char *const *names, GError **error)
{
  for (; names != NULL && *names != NULL; names++) {
    g_autoptr (ASN1_OCTET_STRING) address = a2i_IPADDRESS (*names);
    ERR_clear_error ();
    if (address == NULL && !is_dns_name (*names))
      return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                               "RFC 5280 §4.2.1.6: \"%s\" is neither DNS name nor IP address",
                               *names);
  }
  return TRUE;
}

static const char *
extended_usage (MadoIssueUsage usage)
{
  return usage == MADO_ISSUE_SERVER ? "serverAuth" : "clientAuth";
}

MadoCert *
mado_authority_issue (MadoAuthority   *authority,
                      MadoRequest     *request,
                      const MadoIssue *issue,
                      GError         **error)
{
  X509  *root = mado_cert_x509 (authority->root);
  gint64 until = MIN (issue->not_after, mado_cert_not_after (authority->root));
  g_autoptr (X509) x509 = NULL;
  gboolean is_complete;

  if (!check_names (issue->names, error))
    return NULL;
  x509 = begin (issue->common_name, mado_request_pkey (request), issue->not_before, until);
  is_complete = x509 != NULL && X509_set_issuer_name (x509, X509_get_subject_name (root))
                && add_extension (x509, root, NID_basic_constraints, "critical,CA:FALSE")
                && add_extension (x509, root, NID_key_usage, "critical,digitalSignature")
                && add_extension (x509, root, NID_ext_key_usage, extended_usage (issue->usage))
                && add_extension (x509, root, NID_subject_key_identifier, "hash")
                && add_extension (x509, root, NID_authority_key_identifier, "keyid:always")
                && add_names (x509, issue->names);
  return finish (x509, authority->key, is_complete, error);
}

static gboolean
is_for (X509 *x509, MadoIssueUsage usage)
{
  guint32 wanted = usage == MADO_ISSUE_SERVER ? XKU_SSL_SERVER : XKU_SSL_CLIENT;

  return X509_get_extension_flags (x509) & EXFLAG_XKUSAGE
         && X509_get_extended_key_usage (x509) & wanted;
}

static gboolean
is_valid_at (MadoCert *cert, gint64 at)
{
  return at >= mado_cert_not_before (cert) && at <= mado_cert_not_after (cert);
}

gboolean
mado_authority_check (
    MadoCert *root, MadoCert *cert, MadoIssueUsage usage, gint64 at, GError **error)
{
  static const int known[] = { NID_basic_constraints, NID_key_usage, NID_ext_key_usage,
                               NID_subject_alt_name, NID_undef };
  X509            *x509 = mado_cert_x509 (cert);
  g_autofree char *unknown = mado_extensions_unknown_critical (X509_get0_extensions (x509), known);

  if (!may_issue (mado_cert_x509 (root))
      || !mado_libcrypto_is_issued_by (x509, mado_cert_x509 (root)))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §6.1.3 (a)(1): not issued by this authority");
  if (unknown != NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 5280 §4.2: unknown critical extension %s", unknown);
  if (X509_get_extension_flags (x509) & EXFLAG_CA || !is_for (x509, usage))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED, "RFC 5280 §4.2.1.12: not for %s",
                             extended_usage (usage));
  if (!is_valid_at (root, at) || !is_valid_at (cert, at))
    return mado_certs_raise (error, MADO_CERTS_ERROR_STALE,
                             "RFC 5280 §4.1.2.5: not valid at this time");
  return TRUE;
}
