/* Revocation lists: which are believed, and what they say. One bad sample per rule. */
#include "certs/crl.h"
#include "certs/error.h"
#include "tests/certs/forge-ocsp.h"

typedef struct {
  Forge       issuer;                   /* signs, and gives its name */
  long        version, number;          /* number: 0 leaves it out */
  gint64      this_update, next_update; /* next: 0 leaves it out */
  long        revoked;                  /* a serial, or 0 */
  int         reason;                   /* -1: none */
  gboolean    sha1;
  const char *critical, *entry_critical; /* an OID nobody knows */
  gboolean    is_delta;
  const char *scope;  /* issuingDistributionPoint as x509v3_config(5) has it */
  const char *points; /* of the holder */
  gboolean    with_key_id;
} ForgeCrl;

typedef struct {
  const char *name;
  void (*change) (ForgeCrl *forge);
  MadoRevocation status; /* NOT_CHECKED: refused with code and words */
  const char    *reason;
  MadoCertsError code;
  const char    *words;
} CrlCase;

#define GOOD MADO_REVOCATION_GOOD, NULL, 0, NULL
#define REFUSED(code, words) MADO_REVOCATION_NOT_CHECKED, NULL, MADO_CERTS_ERROR_##code, words
#define POINT "URI:ldap://rehearsal/city"

static ForgeCrl
crl_good (void)
{
  return (ForgeCrl){ .issuer = ROOT,
                     .version = X509_CRL_VERSION_2,
                     .number = 7,
                     .this_update = NOW - 60,
                     .next_update = NOW + DAY,
                     .revoked = 0x9999,
                     .reason = -1,
                     .with_key_id = TRUE };
}

static void
add_entry (X509_CRL *crl, const ForgeCrl *forge)
{
  X509_REVOKED *entry = X509_REVOKED_new ();
  ASN1_INTEGER *serial = ASN1_INTEGER_new ();
  ASN1_TIME    *date = ASN1_TIME_set (NULL, forge->this_update);

  ASN1_INTEGER_set (serial, forge->revoked);
  X509_REVOKED_set_serialNumber (entry, serial);
  X509_REVOKED_set_revocationDate (entry, date);
  if (forge->reason >= 0) {
    ASN1_ENUMERATED *reason = ASN1_ENUMERATED_new ();
    ASN1_ENUMERATED_set (reason, forge->reason);
    X509_REVOKED_add1_ext_i2d (entry, NID_crl_reason, reason, 0, 0);
    ASN1_ENUMERATED_free (reason);
  }
  if (forge->entry_critical != NULL) {
    X509_EXTENSION *extension = forge_critical (forge->entry_critical);
    X509_REVOKED_add_ext (entry, extension, -1);
    X509_EXTENSION_free (extension);
  }
  X509_CRL_add0_revoked (crl, entry);
  ASN1_INTEGER_free (serial);
  ASN1_TIME_free (date);
}

static void
add_number (X509_CRL *crl, int nid, long number, int critical)
{
  ASN1_INTEGER *value = ASN1_INTEGER_new ();

  ASN1_INTEGER_set (value, number);
  X509_CRL_add1_ext_i2d (crl, nid, value, critical, 0);
  ASN1_INTEGER_free (value);
}

static void
add_text (X509_CRL *crl, X509 *issuer, const char *name, const char *value)
{
  X509V3_CTX      context;
  X509_EXTENSION *extension;

  X509V3_set_ctx (&context, issuer, NULL, NULL, crl, 0);
  extension = X509V3_EXT_nconf (NULL, &context, name, value);
  g_assert_nonnull (extension);
  X509_CRL_add_ext (crl, extension, -1);
  X509_EXTENSION_free (extension);
}

/* The scope's words need a section, so the value is built by hand: a full name with one URI. */
static void
add_scope (X509_CRL *crl, const char *words)
{
  ISSUING_DIST_POINT *scope = ISSUING_DIST_POINT_new ();

  if (g_str_has_prefix (words, "URI:")) {
    GENERAL_NAME *name = a2i_GENERAL_NAME (NULL, NULL, NULL, GEN_URI, words + 4, 0);
    scope->distpoint = DIST_POINT_NAME_new ();
    scope->distpoint->type = 0;
    scope->distpoint->name.fullname = GENERAL_NAMES_new ();
    sk_GENERAL_NAME_push (scope->distpoint->name.fullname, name);
  }
  scope->indirectCRL = g_str_equal (words, "indirect") ? 0xFF : 0;
  scope->onlyCA = g_str_equal (words, "authorities") ? 0xFF : 0;
  scope->onlyuser = g_str_equal (words, "holders") ? 0xFF : 0;
  X509_CRL_add1_ext_i2d (crl, NID_issuing_distribution_point, scope, 1, 0);
  ISSUING_DIST_POINT_free (scope);
}

static void
add_extensions (X509_CRL *crl, X509 *issuer, const ForgeCrl *forge)
{
  if (forge->number != 0)
    add_number (crl, NID_crl_number, forge->number, 0);
  if (forge->is_delta)
    add_number (crl, NID_delta_crl, 1, 1);
  if (forge->with_key_id)
    add_text (crl, issuer, "authorityKeyIdentifier", "keyid:always");
  if (forge->scope != NULL)
    add_scope (crl, forge->scope);
  if (forge->critical != NULL) {
    X509_EXTENSION *extension = forge_critical (forge->critical);
    X509_CRL_add_ext (crl, extension, -1);
    X509_EXTENSION_free (extension);
  }
}

static void
set_times (X509_CRL *crl, const ForgeCrl *forge)
{
  ASN1_TIME *time = ASN1_TIME_set (NULL, forge->this_update);

  X509_CRL_set1_lastUpdate (crl, time);
  if (forge->next_update != 0) {
    ASN1_TIME_set (time, forge->next_update);
    X509_CRL_set1_nextUpdate (crl, time);
  }
  ASN1_TIME_free (time);
}

static GBytes *
forge_crl (const ForgeCrl *forge)
{
  X509_CRL *crl = X509_CRL_new ();
  X509     *issuer = forge_x509 (&forge->issuer);
  GBytes   *der;

  X509_CRL_set_version (crl, forge->version);
  X509_CRL_set_issuer_name (crl, X509_get_subject_name (issuer));
  set_times (crl, forge);
  if (forge->revoked != 0)
    add_entry (crl, forge);
  if (forge->version == X509_CRL_VERSION_2)
    add_extensions (crl, issuer, forge);
  X509_CRL_sort (crl);
  X509_CRL_sign (crl, forge_key (forge->issuer.key), forge->sha1 ? EVP_sha1 () : EVP_sha256 ());
  FORGE_DER (der, X509_CRL, crl);
  X509_CRL_free (crl);
  X509_free (issuer);
  return der;
}

static void
good (ForgeCrl *forge)
{
  (void)forge;
}

static void
empty (ForgeCrl *forge)
{
  forge->revoked = 0;
}

static void
without_key_id (ForgeCrl *forge)
{
  forge->with_key_id = FALSE;
}

static void
revoked (ForgeCrl *forge)
{
  forge->revoked = SIGN.serial;
}

static void
revoked_ca_compromise (ForgeCrl *forge)
{
  revoked (forge);
  forge->reason = CRL_REASON_CA_COMPROMISE;
}

static void
taken_off_again (ForgeCrl *forge)
{
  revoked (forge);
  forge->reason = CRL_REASON_REMOVE_FROM_CRL;
}

static void
stale (ForgeCrl *forge)
{
  forge->this_update = NOW - 2 * DAY;
  forge->next_update = NOW - 301;
}

static void
stale_within_skew (ForgeCrl *forge)
{
  forge->this_update = NOW - 2 * DAY;
  forge->next_update = NOW - 299;
}

static void
future (ForgeCrl *forge)
{
  forge->this_update = NOW + 301;
}

static void
without_next (ForgeCrl *forge)
{
  forge->next_update = 0;
}

static void
next_before_this (ForgeCrl *forge)
{
  forge->next_update = NOW - 120;
}

static void
without_number (ForgeCrl *forge)
{
  forge->number = 0;
}

static void
negative_number (ForgeCrl *forge)
{
  forge->number = -7;
}

static void
version_1 (ForgeCrl *forge)
{
  forge->version = X509_CRL_VERSION_1;
}

static void
signed_with_sha1 (ForgeCrl *forge)
{
  forge->sha1 = TRUE;
}

static void
other_issuer (ForgeCrl *forge)
{
  forge->issuer.subject = "O=Nobody,CN=Stranger";
}

static void
other_generation (ForgeCrl *forge)
{
  forge->issuer.key = forge->issuer.issuer_key = KEY_ROOT_2;
}

static void
namesake (ForgeCrl *forge)
{
  forge->issuer.key = forge->issuer.issuer_key = KEY_STRANGER;
  forge->with_key_id = FALSE;
}

static void
unknown_critical (ForgeCrl *forge)
{
  forge->critical = "1.2.3.4";
}

static void
unknown_critical_in_entry (ForgeCrl *forge)
{
  forge->entry_critical = "1.2.3.4";
}

static void
delta (ForgeCrl *forge)
{
  forge->is_delta = TRUE;
}

static void
same_point (ForgeCrl *forge)
{
  forge->scope = forge->points = POINT;
}

static void
other_point (ForgeCrl *forge)
{
  forge->scope = "URI:ldap://rehearsal/town";
  forge->points = POINT;
}

static void
point_of_nobody (ForgeCrl *forge)
{
  forge->scope = POINT;
}

static void
holders_only (ForgeCrl *forge)
{
  forge->scope = "holders";
}

static void
authorities_only (ForgeCrl *forge)
{
  forge->scope = "authorities";
}

static void
indirect (ForgeCrl *forge)
{
  forge->scope = "indirect";
}

static const CrlCase cases[] = {
  { "good", good, GOOD },
  { "empty", empty, GOOD },
  { "without-key-id", without_key_id, GOOD },
  { "stale-within-skew", stale_within_skew, GOOD },
  { "taken-off-again", taken_off_again, GOOD },
  { "same-distribution-point", same_point, GOOD },
  { "holders-only", holders_only, GOOD },
  { "revoked", revoked, MADO_REVOCATION_REVOKED, "unspecified", 0, NULL },
  { "revoked-ca-compromise", revoked_ca_compromise, MADO_REVOCATION_REVOKED, "cACompromise", 0,
    NULL },
  { "stale", stale, REFUSED (STALE, "past its time") },
  { "future", future, REFUSED (STALE, "in the future") },
  { "without-next-update", without_next, REFUSED (MALFORMED, "without next update") },
  { "next-before-this", next_before_this, REFUSED (MALFORMED, "before this one") },
  { "without-number", without_number, REFUSED (MALFORMED, "without number") },
  { "negative-number", negative_number, REFUSED (MALFORMED, "without number") },
  { "version-1", version_1, REFUSED (MALFORMED, "without number") },
  { "signed-with-sha1", signed_with_sha1, REFUSED (UNTRUSTED, "expected SHA-256") },
  { "other-issuer", other_issuer, REFUSED (OTHER_CERT, "another issuer") },
  { "other-generation", other_generation, REFUSED (OTHER_CERT, "another generation") },
  { "signed-by-namesake", namesake, REFUSED (UNTRUSTED, "not the issuer's") },
  { "unknown-critical-extension", unknown_critical,
    REFUSED (UNTRUSTED, "unknown critical extension 1.2.3.4") },
  { "unknown-critical-in-entry", unknown_critical_in_entry,
    REFUSED (UNTRUSTED, "1.2.3.4 in an entry") },
  { "delta", delta, REFUSED (UNTRUSTED, "unknown critical extension 2.5.29.27") },
  { "other-distribution-point", other_point, REFUSED (OTHER_CERT, "distribution point") },
  { "distribution-point-of-nobody", point_of_nobody, REFUSED (OTHER_CERT, "distribution point") },
  { "authorities-only", authorities_only, REFUSED (UNTRUSTED, "RFC 5280 §5.2.5") },
  { "indirect", indirect, REFUSED (UNTRUSTED, "RFC 5280 §5.2.5") },
};

/* `openssl verify -crl_check` on the same list, where nothing but list and dates decides. */
static void
assert_openssl_agrees (GBytes *crl, MadoCert *cert, MadoCert *issuer, gboolean is_good)
{
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autofree char *arguments = g_strdup_printf (
      "verify -crl_check -CRLfile list.pem -attime %" G_GINT64_FORMAT " -CAfile ca.pem cert.pem",
      NOW);

  forge_save (folder, "list.der", crl);
  forge_save_pem (folder, "ca.pem", issuer);
  forge_save_pem (folder, "cert.pem", cert);
  g_assert_true (forge_openssl (folder, "crl -inform DER -in list.der -out list.pem"));
  g_assert_true (forge_openssl (folder, arguments) == is_good);
}

/* Where OpenSSL knows a rule less, or a minute of difference between clocks less, than we do. */
static gboolean
is_ours_alone (const ForgeCrl *forge, const CrlCase *sample)
{
  return forge->sha1 || forge->number <= 0 || forge->next_update == 0
         || forge->version == X509_CRL_VERSION_1 || g_str_has_suffix (sample->name, "-skew")
         || g_str_equal (sample->name, "taken-off-again")
         || g_str_equal (sample->name, "next-before-this");
}

static void
test_case (gconstpointer data)
{
  const CrlCase *sample = data;
  ForgeCrl       forge = crl_good ();
  Forge          holder = SIGN;
  g_autoptr (MadoCert) issuer = forge_cert (&ROOT);
  g_autoptr (MadoCert) cert = NULL;
  g_autoptr (GBytes) crl = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  MadoRevocation   status = MADO_REVOCATION_NOT_CHECKED;
  gboolean         is_read;

  sample->change (&forge);
  holder.points = forge.points;
  cert = forge_cert (&holder);
  crl = forge_crl (&forge);
  is_read = mado_crl_check (crl, cert, issuer, NOW, &status, &reason, &error);
  g_test_message ("%s", error != NULL ? error->message : "read");
  g_assert_cmpint (status, ==, sample->status);
  g_assert_cmpstr (reason, ==, sample->reason);
  g_assert_true (is_read == (sample->status != MADO_REVOCATION_NOT_CHECKED));
  if (!is_ours_alone (&forge, sample))
    assert_openssl_agrees (crl, cert, issuer, status == MADO_REVOCATION_GOOD);
  if (is_read)
    return;
  g_assert_error (error, MADO_CERTS_ERROR, (int)sample->code);
  g_assert_nonnull (strstr (error->message, sample->words));
}

static gboolean
check (GBytes *crl, const Forge *issuer, GError **error)
{
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (MadoCert) root = forge_cert (issuer);
  g_autofree char *reason = NULL;
  MadoRevocation   status;

  return mado_crl_check (crl, cert, root, NOW, &status, &reason, error);
}

static void
assert_refused (GBytes *crl, const Forge *issuer, MadoCertsError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (check (crl, issuer, &error));
  g_assert_error (error, MADO_CERTS_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_pem (void)
{
  ForgeCrl forge = crl_good ();
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autoptr (GBytes) der = forge_crl (&forge);
  g_autoptr (GBytes) pem = NULL;

  forge_save (folder, "list.der", der);
  g_assert_true (forge_openssl (folder, "crl -inform DER -in list.der -out list.pem"));
  pem = forge_load (folder, "list.pem");
  g_assert_true (check (pem, &ROOT, NULL));
}

static void
test_trailing_octets (void)
{
  ForgeCrl forge = crl_good ();
  g_autoptr (GBytes) der = forge_crl (&forge);
  g_autoptr (GBytes) longer = forge_append (der, "xyz");

  assert_refused (longer, &ROOT, MADO_CERTS_ERROR_MALFORMED, "3 octets behind");
}

static void
test_malformed (void)
{
  g_autoptr (GBytes) certificate = forge_der (&SIGN);
  g_autoptr (GBytes) html = g_bytes_new_static ("<html>", 6);

  assert_refused (certificate, &ROOT, MADO_CERTS_ERROR_MALFORMED, "no list");
  assert_refused (html, &ROOT, MADO_CERTS_ERROR_MALFORMED, "neither DER nor PEM");
}

static void
test_issuer_may_not_sign_lists (void)
{
  ForgeCrl forge = crl_good ();
  Forge    root = ROOT;
  g_autoptr (GBytes) der = forge_crl (&forge);

  root.key_usage = "critical,keyCertSign";
  assert_refused (der, &root, MADO_CERTS_ERROR_UNTRUSTED, "may not sign lists");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/certs/crl/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/certs/crl/pem", test_pem);
  g_test_add_func ("/certs/crl/trailing-octets", test_trailing_octets);
  g_test_add_func ("/certs/crl/malformed", test_malformed);
  g_test_add_func ("/certs/crl/issuer-may-not-sign-lists", test_issuer_may_not_sign_lists);
  status = g_test_run ();
  forge_forget_keys ();
  return status;
}
