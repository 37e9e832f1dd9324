/* Keys, requests, and the authority that answers them. */
#include "app/base/octets.h"
#include "certs/authority.h"
#include "certs/bundle.h"
#include "certs/error.h"
#include "tests/certs/forge.h"

static MadoAuthority *
authority_of (const char *name)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (GError) error = NULL;
  MadoAuthority *authority
      = mado_authority_new_self_signed (name, key, NOW - DAY, NOW + 10 * YEAR, &error);

  g_assert_no_error (error);
  return authority;
}

static MadoRequest *
request_of (MadoKey *key, const char *name)
{
  g_autoptr (GBytes) der = mado_request_new (key, name, NULL);
  g_autoptr (GError) error = NULL;
  MadoRequest *request = mado_request_parse (der, &error);

  g_assert_no_error (error);
  return request;
}

static MadoCert *
issue (MadoAuthority *authority, MadoIssueUsage usage, const char *const *names)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (MadoRequest) request = request_of (key, "asked for");
  MadoIssue wish = { .common_name = "K-0001",
                     .usage = usage,
                     .names = names,
                     .not_before = NOW - DAY,
                     .not_after = NOW + YEAR };
  g_autoptr (GError) error = NULL;
  MadoCert *cert = mado_authority_issue (authority, request, &wish, &error);

  g_assert_no_error (error);
  return cert;
}

static void
test_key_pem (void)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (GBytes) pem = mado_key_to_pem (key);
  g_autoptr (MadoKey) again = mado_key_from_pem (pem, NULL);
  g_autoptr (GBytes) same = NULL;

  g_assert_nonnull (again);
  same = mado_key_to_pem (again);
  g_assert_true (g_bytes_equal (pem, same));
}

static GBytes *
pem_of (EVP_PKEY *pkey, const EVP_CIPHER *cipher)
{
  BIO    *bio = BIO_new (BIO_s_mem ());
  char   *text = NULL;
  long    len;
  GBytes *pem;

  PEM_write_bio_PKCS8PrivateKey (bio, pkey, cipher, "secret", cipher != NULL ? 6 : 0, NULL, NULL);
  len = BIO_get_mem_data (bio, &text);
  pem = g_bytes_new (text, (gsize)len);
  BIO_free (bio);
  return pem;
}

static void
assert_no_key (GBytes *pem)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoKey) key = mado_key_from_pem (pem, &error);

  g_assert_null (key);
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_MALFORMED);
}

static void
test_other_keys (void)
{
  EVP_PKEY *p256 = EVP_EC_gen ("P-256");
  EVP_PKEY *p384 = EVP_EC_gen ("P-384");
  g_autoptr (GBytes) rsa = pem_of (forge_key (KEY_HOLDER), NULL);
  g_autoptr (GBytes) other_curve = pem_of (p384, NULL);
  g_autoptr (GBytes) locked = pem_of (p256, EVP_aes_128_cbc ());
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  assert_no_key (rsa);
  assert_no_key (other_curve);
  assert_no_key (locked);
  assert_no_key (empty);
  EVP_PKEY_free (p256);
  EVP_PKEY_free (p384);
}

static void
test_key_signs (void)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (MadoAuthority) root = mado_authority_new_self_signed ("x", key, NOW, NOW + DAY, NULL);
  g_autoptr (GBytes) signature = mado_key_sign (key, "octets", 6, NULL);
  MadoCert *cert = mado_authority_root (root);

  g_assert_true (mado_cert_signed (cert, "octets", 6, signature));
  g_assert_false (mado_cert_signed (cert, "octetS", 6, signature));
}

static void
test_request (void)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (MadoRequest) request = request_of (key, "窓口-1");
  g_autofree char *name = mado_request_common_name (request);

  g_assert_cmpstr (name, ==, "窓口-1");
}

static void
assert_no_request (GBytes *octets, MadoCertsError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoRequest) request = mado_request_parse (octets, &error);

  g_assert_null (request);
  g_assert_error (error, MADO_CERTS_ERROR, (int)code);
}

static void
test_request_without_possession (void)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (GBytes) der = mado_request_new (key, "K-0001", NULL);
  g_autoptr (GBytes) forged = forge_replace (der, "K-0001", "K-0002", 6);

  assert_no_request (forged, MADO_CERTS_ERROR_SIGNATURE);
}

static void
test_request_of_other_key (void)
{
  X509_REQ *req = X509_REQ_new ();
  g_autoptr (GBytes) der = NULL;

  X509_REQ_set_pubkey (req, forge_key (KEY_HOLDER));
  X509_REQ_sign (req, forge_key (KEY_HOLDER), EVP_sha256 ());
  FORGE_DER (der, X509_REQ, req);
  X509_REQ_free (req);
  assert_no_request (der, MADO_CERTS_ERROR_UNTRUSTED);
}

static void
test_request_malformed (void)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (GBytes) der = mado_request_new (key, "K-0001", NULL);
  g_autoptr (GBytes) longer = forge_append (der, "\n");
  g_autoptr (GBytes) cert = forge_der (&SIGN);

  assert_no_request (longer, MADO_CERTS_ERROR_MALFORMED);
  assert_no_request (cert, MADO_CERTS_ERROR_MALFORMED);
}

static void
test_issue_client (void)
{
  g_autoptr (MadoAuthority) authority = authority_of ("Rehearsal terminals");
  g_autoptr (MadoCert) cert = issue (authority, MADO_ISSUE_CLIENT, NULL);
  MadoCert        *root = mado_authority_root (authority);
  g_autofree char *name = mado_cert_common_name (cert);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (name, ==, "K-0001");
  g_assert_true (mado_authority_check (root, cert, MADO_ISSUE_CLIENT, NOW, &error));
  g_assert_no_error (error);
  g_assert_false (mado_authority_check (root, cert, MADO_ISSUE_SERVER, NOW, &error));
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_UNTRUSTED);
}

static void
assert_unchecked (MadoCert *root, MadoCert *cert, gint64 at, MadoCertsError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (mado_authority_check (root, cert, MADO_ISSUE_CLIENT, at, &error));
  g_assert_error (error, MADO_CERTS_ERROR, (int)code);
}

static void
test_check (void)
{
  g_autoptr (MadoAuthority) authority = authority_of ("Rehearsal terminals");
  g_autoptr (MadoAuthority) namesake = authority_of ("Rehearsal terminals");
  g_autoptr (MadoCert) cert = issue (authority, MADO_ISSUE_CLIENT, NULL);
  g_autoptr (MadoCert) foreign = issue (namesake, MADO_ISSUE_CLIENT, NULL);
  MadoCert *root = mado_authority_root (authority);

  assert_unchecked (root, foreign, NOW, MADO_CERTS_ERROR_UNTRUSTED);
  assert_unchecked (root, root, NOW, MADO_CERTS_ERROR_UNTRUSTED);
  assert_unchecked (cert, cert, NOW, MADO_CERTS_ERROR_UNTRUSTED);
  assert_unchecked (root, cert, NOW + 2 * YEAR, MADO_CERTS_ERROR_STALE);
  assert_unchecked (root, cert, NOW - 2 * DAY, MADO_CERTS_ERROR_STALE);
}

/* Certificates of another make under a root of another make: each is refused for one thing. */
static void
assert_forged (const Forge *root_forge, const Forge *forge, int code)
{
  g_autoptr (MadoCert) root = forge_cert (root_forge);
  g_autoptr (MadoCert) cert = forge_cert (forge);
  g_autoptr (GError) error = NULL;

  if (mado_authority_check (root, cert, MADO_ISSUE_CLIENT, NOW, &error))
    g_assert_cmpint (code, ==, -1);
  else
    g_assert_error (error, MADO_CERTS_ERROR, code);
}

static void
test_check_forged (void)
{
  Forge root = ROOT;
  Forge good = AUTH;
  Forge forge;

  good.policies = NULL;
  good.extended = "clientAuth";
  assert_forged (&root, &good, -1);
  forge = good;
  forge.basic = "critical,CA:TRUE";
  assert_forged (&root, &forge, MADO_CERTS_ERROR_UNTRUSTED);
  forge = good;
  forge.extra = "1.2.3.4";
  forge.extra_value = "critical,DER:0500";
  assert_forged (&root, &forge, MADO_CERTS_ERROR_UNTRUSTED);
  forge = good;
  forge.sha1 = TRUE;
  assert_forged (&root, &forge, MADO_CERTS_ERROR_UNTRUSTED);
  root.until = NOW - 1;
  assert_forged (&root, &good, MADO_CERTS_ERROR_STALE);
  root = ROOT;
  root.basic = "critical,CA:FALSE";
  assert_forged (&root, &good, MADO_CERTS_ERROR_UNTRUSTED);
}

/* No certificate outlives its root. */
static void
test_cut_to_root (void)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (MadoAuthority) authority
      = mado_authority_new_self_signed ("Short", key, NOW - DAY, NOW + 30 * DAY, NULL);
  g_autoptr (MadoCert) cert = issue (authority, MADO_ISSUE_CLIENT, NULL);

  g_assert_cmpint (mado_cert_not_after (cert), ==, NOW + 30 * DAY);
}

static void
test_serials_differ (void)
{
  g_autoptr (MadoAuthority) authority = authority_of ("Rehearsal terminals");
  g_autoptr (MadoCert) a = issue (authority, MADO_ISSUE_CLIENT, NULL);
  g_autoptr (MadoCert) b = issue (authority, MADO_ISSUE_CLIENT, NULL);
  const guint8 *data = g_bytes_get_data (mado_cert_der (a), NULL);
  X509         *first = d2i_X509 (NULL, &data, (long)g_bytes_get_size (mado_cert_der (a)));
  X509         *second;

  data = g_bytes_get_data (mado_cert_der (b), NULL);
  second = d2i_X509 (NULL, &data, (long)g_bytes_get_size (mado_cert_der (b)));
  g_assert_cmpint (
      ASN1_INTEGER_cmp (X509_get0_serialNumber (first), X509_get0_serialNumber (second)), !=, 0);
  g_assert_cmpint (ASN1_STRING_length (X509_get0_serialNumber (first)), ==, 16);
  X509_free (first);
  X509_free (second);
}

static void
test_bad_name (void)
{
  static const char *const names[] = { "exa mple.jp", NULL };
  g_autoptr (MadoAuthority) authority = authority_of ("Rehearsal terminals");
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (MadoRequest) request = request_of (key, "x");
  g_autoptr (GError) error = NULL;
  MadoIssue wish = { .common_name = "x", .names = names, .not_after = NOW };

  g_assert_null (mado_authority_issue (authority, request, &wish, &error));
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_MALFORMED);
}

static void
test_long_common_name (void)
{
  g_autofree char *name = g_strnfill (65, 'x');
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_request_new (key, name, &error));
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_CRYPTO);
}

static void
assert_no_authority (MadoCert *root, MadoKey *key)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_authority_new (root, key, &error));
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_UNTRUSTED);
}

static void
test_kept_authority (void)
{
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (MadoKey) other = mado_key_new (NULL);
  g_autoptr (MadoAuthority) authority
      = mado_authority_new_self_signed ("Kept", key, NOW - DAY, NOW + YEAR, NULL);
  MadoCert *root = mado_authority_root (authority);
  g_autoptr (MadoAuthority) again = mado_authority_new (root, key, NULL);
  g_autoptr (MadoRequest) request = request_of (other, "x");
  MadoIssue wish = { .common_name = "x", .not_before = NOW, .not_after = NOW + DAY };
  g_autoptr (MadoCert) leaf = mado_authority_issue (authority, request, &wish, NULL);

  g_assert_nonnull (again);
  assert_no_authority (root, other);
  assert_no_authority (leaf, other);
}

static void
test_openssl_agrees (void)
{
  static const char *const names[] = { "localhost", "center.example.jp", "127.0.0.1", "::1", NULL };
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autoptr (MadoAuthority) authority = authority_of ("Rehearsal terminals");
  g_autoptr (MadoCert) client = issue (authority, MADO_ISSUE_CLIENT, NULL);
  g_autoptr (MadoCert) server = issue (authority, MADO_ISSUE_SERVER, names);

  forge_save_pem (folder, "ca.pem", mado_authority_root (authority));
  forge_save_pem (folder, "client.pem", client);
  forge_save_pem (folder, "server.pem", server);
#define VERIFY "verify -x509_strict -attime 1795132800 -CAfile ca.pem "
  g_assert_true (forge_openssl (folder, VERIFY "-purpose sslclient client.pem"));
  g_assert_false (forge_openssl (folder, VERIFY "-purpose sslserver client.pem"));
  g_assert_true (forge_openssl (folder, VERIFY "-purpose sslserver -verify_hostname localhost "
                                               "server.pem"));
  g_assert_true (forge_openssl (folder, VERIFY "-verify_ip 127.0.0.1 server.pem"));
  g_assert_true (forge_openssl (folder, VERIFY "-verify_ip ::1 server.pem"));
  g_assert_false (forge_openssl (folder, VERIFY "-verify_hostname other.example.jp server.pem"));
}

static void
test_bundle (void)
{
  g_autoptr (MadoAuthority) authority = authority_of ("Rehearsal terminals");
  MadoCert *root = mado_authority_root (authority);
  g_autoptr (GPtrArray) certs
      = forge_list (issue (authority, MADO_ISSUE_CLIENT, NULL), mado_cert_ref (root), NULL);
  g_autoptr (GBytes) der = mado_bundle_new (certs, NULL);
  g_autoptr (GPtrArray) again = mado_bundle_read (der, NULL);
  guint found = 0;

  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, 2);
  for (guint i = 0; i < 4; i++)
    found += mado_cert_equal (g_ptr_array_index (certs, i / 2), g_ptr_array_index (again, i % 2));
  g_assert_cmpuint (found, ==, 2);
}

static void
test_bundle_and_openssl (void)
{
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autoptr (GPtrArray) certs = forge_list (forge_cert (&AUTH), NULL);
  g_autoptr (GBytes) ours = mado_bundle_new (certs, NULL);
  g_autoptr (GBytes) theirs = NULL;
  g_autoptr (GPtrArray) read = NULL;

  forge_save (folder, "ours.p7", ours);
  forge_save_pem (folder, "cert.pem", g_ptr_array_index (certs, 0));
  g_assert_true (forge_openssl (folder, "pkcs7 -inform DER -in ours.p7 -print_certs -noout"));
  g_assert_true (forge_openssl (folder, "crl2pkcs7 -nocrl -certfile cert.pem -outform DER "
                                        "-out theirs.p7"));
  theirs = forge_load (folder, "theirs.p7");
  read = mado_bundle_read (theirs, NULL);
  g_assert_nonnull (read);
  g_assert_true (mado_cert_equal (g_ptr_array_index (read, 0), g_ptr_array_index (certs, 0)));
}

static void
assert_no_bundle (GBytes *octets, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) certs = mado_bundle_read (octets, &error);

  g_assert_null (certs);
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, words));
}

static GBytes *
bundle_with_signer (void)
{
  X509            *x509 = forge_x509 (&AUTH);
  BIO             *content = BIO_new_mem_buf ("x", 1);
  CMS_ContentInfo *cms
      = CMS_sign (x509, forge_key (KEY_HOLDER), NULL, content, CMS_BINARY | CMS_DETACHED);
  GBytes *der;

  FORGE_DER (der, CMS_ContentInfo, cms);
  CMS_ContentInfo_free (cms);
  BIO_free (content);
  X509_free (x509);
  return der;
}

static void
test_bundle_malformed (void)
{
  g_autoptr (GPtrArray) certs = forge_list (forge_cert (&AUTH), NULL);
  g_autoptr (GPtrArray) none = forge_list (NULL);
  g_autoptr (GBytes) good = mado_bundle_new (certs, NULL);
  g_autoptr (GBytes) longer = forge_append (good, "\n");
  g_autoptr (GBytes) empty = mado_bundle_new (none, NULL);
  g_autoptr (GBytes) cert = forge_der (&AUTH);

  g_autoptr (GBytes) with_signer = bundle_with_signer ();

  assert_no_bundle (with_signer, "no signers");
  assert_no_bundle (longer, "octets behind");
  assert_no_bundle (empty, "no certificate");
  assert_no_bundle (cert, "no SignedData");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certs/key/pem", test_key_pem);
  g_test_add_func ("/certs/key/other-keys", test_other_keys);
  g_test_add_func ("/certs/key/signs", test_key_signs);
  g_test_add_func ("/certs/request/good", test_request);
  g_test_add_func ("/certs/request/without-possession", test_request_without_possession);
  g_test_add_func ("/certs/request/other-key", test_request_of_other_key);
  g_test_add_func ("/certs/request/malformed", test_request_malformed);
  g_test_add_func ("/certs/request/long-common-name", test_long_common_name);
  g_test_add_func ("/certs/authority/client", test_issue_client);
  g_test_add_func ("/certs/authority/check", test_check);
  g_test_add_func ("/certs/authority/check-forged", test_check_forged);
  g_test_add_func ("/certs/authority/cut-to-root", test_cut_to_root);
  g_test_add_func ("/certs/authority/serials-differ", test_serials_differ);
  g_test_add_func ("/certs/authority/bad-name", test_bad_name);
  g_test_add_func ("/certs/authority/kept", test_kept_authority);
  g_test_add_func ("/certs/authority/openssl-agrees", test_openssl_agrees);
  g_test_add_func ("/certs/bundle/both-ways", test_bundle);
  g_test_add_func ("/certs/bundle/openssl", test_bundle_and_openssl);
  g_test_add_func ("/certs/bundle/malformed", test_bundle_malformed);
  status = g_test_run ();
  forge_forget_keys ();
  return status;
}
