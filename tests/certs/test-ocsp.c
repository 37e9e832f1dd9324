/* OCSP: what is asked, and which answers are believed. One bad sample per rule. */
#include "certs/error.h"
#include "certs/ocsp.h"
#include "tests/certs/forge-ocsp.h"

static const guint8 asked_nonce[32] = "the nonce of the question asked";
static const guint8 other_nonce[32] = "the nonce of somebody else's...";

typedef struct {
  const char *name;
  void (*change) (ForgeOcsp *forge);
  MadoRevocation status; /* NOT_CHECKED: refused with code and words */
  const char    *reason;
  MadoCertsError code;
  const char    *words;
} OcspCase;

#define GOOD MADO_REVOCATION_GOOD, NULL, 0, NULL
#define REFUSED(code, words) MADO_REVOCATION_NOT_CHECKED, NULL, MADO_CERTS_ERROR_##code, words

static void
good (ForgeOcsp *forge)
{
  (void)forge;
}

static void
with_nonce (ForgeOcsp *forge)
{
  forge->nonce = asked_nonce;
}

static void
with_other_nonce (ForgeOcsp *forge)
{
  forge->nonce = other_nonce;
}

static void
no_nonce_no_next_fresh (ForgeOcsp *forge)
{
  forge->next_update = 0;
}

static void
no_nonce_no_next_stale (ForgeOcsp *forge)
{
  forge->next_update = 0;
  forge->this_update = NOW - 2 * 60 * 60;
}

static void
stale (ForgeOcsp *forge)
{
  forge->this_update = NOW - 2 * DAY;
  forge->next_update = NOW - DAY;
}

static void
stale_within_skew (ForgeOcsp *forge)
{
  forge->this_update = NOW - 2 * DAY;
  forge->next_update = NOW - 299;
}

static void
future (ForgeOcsp *forge)
{
  forge->this_update = NOW + 301;
}

static void
future_within_skew (ForgeOcsp *forge)
{
  forge->this_update = NOW + 299;
}

static void
next_before_this (ForgeOcsp *forge)
{
  forge->next_update = NOW - 120;
}

static void
sha1_identifier (ForgeOcsp *forge)
{
  forge->id_hash = EVP_sha1 ();
}

static void
identifier_by_md5 (ForgeOcsp *forge)
{
  forge->id_hash = EVP_md5 ();
}

static void
responder_by_key (ForgeOcsp *forge)
{
  forge->by_key = TRUE;
}

static void
signed_by_issuer (ForgeOcsp *forge)
{
  forge->signer = forge->issuer;
  forge->without_cert = TRUE;
}

static void
signed_by_issuer_by_key (ForgeOcsp *forge)
{
  signed_by_issuer (forge);
  forge->by_key = TRUE;
}

static void
signed_by_stranger (ForgeOcsp *forge)
{
  forge->signer.issuer = forge->signer.subject = "O=Nobody,CN=Stranger";
  forge->signer.key = forge->signer.issuer_key = KEY_STRANGER;
}

/* A stranger that calls itself what the issuer is called. */
static void
signed_by_namesake (ForgeOcsp *forge)
{
  forge->signer = forge->issuer;
  forge->signer.key = forge->signer.issuer_key = KEY_STRANGER;
}

/* Delegated by the other generation of the same name: not by the issuer. */
static void
delegate_of_other_generation (ForgeOcsp *forge)
{
  forge->signer.issuer_key = KEY_ROOT_2;
}

/* The stranger's delegate, with the issuer's name and no key identifier to tell them apart. */
static void
delegate_of_namesake (ForgeOcsp *forge)
{
  forge->signer.issuer_key = KEY_STRANGER;
  forge->signer.no_key_ids = TRUE;
}

static void
delegate_without_cert (ForgeOcsp *forge)
{
  forge->without_cert = TRUE;
}

static void
expired_delegate (ForgeOcsp *forge)
{
  forge->signer.until = NOW - 1;
}

static void
delegate_not_yet_valid (ForgeOcsp *forge)
{
  forge->signer.from = NOW + 1;
}

static void
delegate_without_usage (ForgeOcsp *forge)
{
  forge->signer.extended = NULL;
}

static void
delegate_with_other_usage (ForgeOcsp *forge)
{
  forge->signer.extended = "clientAuth";
}

/* A holder's own card, issued by the issuer, answers about itself. */
static void
holder_as_delegate (ForgeOcsp *forge)
{
  forge->signer = forge->about;
}

static void
delegate_without_nocheck (ForgeOcsp *forge)
{
  forge->signer.extra = NULL;
}

static void
delegate_may_not_sign (ForgeOcsp *forge)
{
  forge->signer.key_usage = "critical,keyEncipherment";
}

static void
delegate_signed_with_sha1 (ForgeOcsp *forge)
{
  forge->signer.sha1 = TRUE;
}

static void
delegate_with_weak_key (ForgeOcsp *forge)
{
  forge->signer.key = KEY_WEAK;
}

static void
delegate_with_unknown_critical (ForgeOcsp *forge)
{
  forge->signer.basic = NULL;
  forge->signer.policies = NULL;
  forge->signer.points = NULL;
  forge->signer.extra = "1.2.3.4";
  forge->signer.extra_value = "critical,DER:0500";
}

static void
answer_signed_with_sha1 (ForgeOcsp *forge)
{
  forge->sha1 = TRUE;
}

static void
other_serial (ForgeOcsp *forge)
{
  forge->about.serial++;
}

/* The same name and serial under the other generation. */
static void
other_issuer_key (ForgeOcsp *forge)
{
  forge->issuer.key = forge->issuer.issuer_key = KEY_ROOT_2;
}

static void
answered_twice (ForgeOcsp *forge)
{
  forge->twice = TRUE;
}

static void
unknown_critical (ForgeOcsp *forge)
{
  forge->critical = "1.2.3.4";
}

static void
unknown_critical_in_single (ForgeOcsp *forge)
{
  forge->single_critical = "1.2.3.4";
}

static void
revoked (ForgeOcsp *forge)
{
  forge->status = V_OCSP_CERTSTATUS_REVOKED;
}

static void
revoked_key_compromise (ForgeOcsp *forge)
{
  revoked (forge);
  forge->reason = OCSP_REVOKED_STATUS_KEYCOMPROMISE;
}

static void
revoked_on_hold (ForgeOcsp *forge)
{
  revoked (forge);
  forge->reason = OCSP_REVOKED_STATUS_CERTIFICATEHOLD;
}

static void
unknown (ForgeOcsp *forge)
{
  forge->status = V_OCSP_CERTSTATUS_UNKNOWN;
}

static const OcspCase cases[] = {
  { "good", good, GOOD },
  { "nonce", with_nonce, GOOD },
  { "no-nonce-no-next-fresh", no_nonce_no_next_fresh, GOOD },
  { "stale-within-skew", stale_within_skew, GOOD },
  { "future-within-skew", future_within_skew, GOOD },
  { "sha1-identifier", sha1_identifier, GOOD },
  { "responder-by-key", responder_by_key, GOOD },
  { "signed-by-issuer", signed_by_issuer, GOOD },
  { "signed-by-issuer-by-key", signed_by_issuer_by_key, GOOD },
  { "revoked", revoked, MADO_REVOCATION_REVOKED, "unspecified", 0, NULL },
  { "revoked-key-compromise", revoked_key_compromise, MADO_REVOCATION_REVOKED, "keyCompromise", 0,
    NULL },
  { "revoked-on-hold", revoked_on_hold, MADO_REVOCATION_REVOKED, "certificateHold", 0, NULL },
  { "unknown", unknown, MADO_REVOCATION_UNKNOWN, NULL, 0, NULL },
  { "other-nonce", with_other_nonce, REFUSED (OTHER_NONCE, "RFC 8954") },
  { "no-nonce-no-next-stale", no_nonce_no_next_stale, REFUSED (STALE, "past its time") },
  { "stale", stale, REFUSED (STALE, "past its time") },
  { "future", future, REFUSED (STALE, "in the future") },
  { "next-before-this", next_before_this, REFUSED (MALFORMED, "before this one") },
  { "identifier-by-md5", identifier_by_md5, REFUSED (OTHER_CERT, "another certificate") },
  { "other-serial", other_serial, REFUSED (OTHER_CERT, "another certificate") },
  { "other-issuer-key", other_issuer_key, REFUSED (OTHER_CERT, "another certificate") },
  { "answered-twice", answered_twice, REFUSED (MALFORMED, "two answers") },
  { "signed-by-stranger", signed_by_stranger, REFUSED (UNTRUSTED, "not delegated") },
  { "signed-by-namesake", signed_by_namesake, REFUSED (UNTRUSTED, "not its signer's") },
  { "delegate-of-other-generation", delegate_of_other_generation,
    REFUSED (UNTRUSTED, "not delegated") },
  { "delegate-of-namesake", delegate_of_namesake, REFUSED (UNTRUSTED, "not delegated") },
  { "delegate-without-cert", delegate_without_cert, REFUSED (UNTRUSTED, "nobody the issuer") },
  { "expired-delegate", expired_delegate, REFUSED (UNTRUSTED, "not valid now") },
  { "delegate-not-yet-valid", delegate_not_yet_valid, REFUSED (UNTRUSTED, "not valid now") },
  { "delegate-without-usage", delegate_without_usage, REFUSED (UNTRUSTED, "lacks OCSPSigning") },
  { "delegate-with-other-usage", delegate_with_other_usage,
    REFUSED (UNTRUSTED, "lacks OCSPSigning") },
  { "holder-as-delegate", holder_as_delegate, REFUSED (UNTRUSTED, "lacks OCSPSigning") },
  { "delegate-without-nocheck", delegate_without_nocheck, REFUSED (UNTRUSTED, "nocheck") },
  { "delegate-may-not-sign", delegate_may_not_sign, REFUSED (UNTRUSTED, "key may not sign") },
  { "delegate-signed-with-sha1", delegate_signed_with_sha1, REFUSED (UNTRUSTED, "not delegated") },
  { "delegate-with-weak-key", delegate_with_weak_key, REFUSED (UNTRUSTED, "not its signer's") },
  { "delegate-with-unknown-critical", delegate_with_unknown_critical,
    REFUSED (UNTRUSTED, "unknown critical extension 1.2.3.4") },
  { "answer-signed-with-sha1", answer_signed_with_sha1, REFUSED (UNTRUSTED, "expected SHA-256") },
  { "unknown-critical-extension", unknown_critical, REFUSED (UNTRUSTED, "RFC 6960 §4.4") },
  { "unknown-critical-in-single", unknown_critical_in_single,
    REFUSED (UNTRUSTED, "RFC 6960 §4.4") },
};

static gboolean
read_answer (GBytes         *response,
             GBytes         *nonce,
             gint64          now,
             MadoRevocation *ret_status,
             char          **ret_reason,
             GError        **error)
{
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (MadoCert) issuer = forge_cert (&ROOT);

  return mado_ocsp_read (response, cert, issuer, nonce, now, ret_status, ret_reason, error);
}

static void
test_case (gconstpointer data)
{
  const OcspCase *sample = data;
  ForgeOcsp       forge = forge_ocsp_good ();
  g_autoptr (GBytes) response = NULL;
  g_autoptr (GBytes) nonce = g_bytes_new_static (asked_nonce, sizeof asked_nonce);
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  MadoRevocation   status = MADO_REVOCATION_NOT_CHECKED;
  gboolean         is_read;

  sample->change (&forge);
  response = forge_ocsp (&forge);
  is_read = read_answer (response, nonce, NOW, &status, &reason, &error);
  g_test_message ("%s", error != NULL ? error->message : "read");
  g_assert_cmpint (status, ==, sample->status);
  g_assert_cmpstr (reason, ==, sample->reason);
  g_assert_true (is_read == (sample->status != MADO_REVOCATION_NOT_CHECKED));
  if (is_read)
    return;
  g_assert_error (error, MADO_CERTS_ERROR, (int)sample->code);
  g_assert_nonnull (strstr (error->message, sample->words));
}

static void
assert_refused (GBytes *response, MadoCertsError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  MadoRevocation   status = MADO_REVOCATION_NOT_CHECKED;

  g_assert_false (read_answer (response, NULL, NOW, &status, &reason, &error));
  g_assert_error (error, MADO_CERTS_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpint (status, ==, MADO_REVOCATION_NOT_CHECKED);
}

static void
test_try_later (void)
{
  OCSP_RESPONSE *response = OCSP_response_create (OCSP_RESPONSE_STATUS_TRYLATER, NULL);
  g_autoptr (GBytes) der = NULL;

  FORGE_DER (der, OCSP_RESPONSE, response);
  OCSP_RESPONSE_free (response);
  assert_refused (der, MADO_CERTS_ERROR_REFUSED, "trylater");
}

static void
test_success_without_answer (void)
{
  OCSP_RESPONSE *response = OCSP_response_create (OCSP_RESPONSE_STATUS_SUCCESSFUL, NULL);
  g_autoptr (GBytes) der = NULL;

  FORGE_DER (der, OCSP_RESPONSE, response);
  OCSP_RESPONSE_free (response);
  assert_refused (der, MADO_CERTS_ERROR_MALFORMED, "no basic answer");
}

static void
test_malformed (void)
{
  g_autoptr (GBytes) html = g_bytes_new_static ("<html>", 6);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  assert_refused (html, MADO_CERTS_ERROR_MALFORMED, "no answer");
  assert_refused (nothing, MADO_CERTS_ERROR_MALFORMED, "no answer");
}

static void
test_trailing_octets (void)
{
  ForgeOcsp forge = forge_ocsp_good ();
  g_autoptr (GBytes) response = forge_ocsp (&forge);
  g_autoptr (GBytes) longer = forge_append (response, "\n");

  assert_refused (longer, MADO_CERTS_ERROR_MALFORMED, "1 octets behind");
}

/* The OCTET STRING that holds the basic answer is one octet longer than it. */
static void
test_trailing_octets_inside (void)
{
  static const gsize lengths[] = { 2, 9, 13, 28 }; /* of all that is around, each in two octets */
  ForgeOcsp          forge = forge_ocsp_good ();
  g_autoptr (GBytes) response = forge_ocsp (&forge);
  g_autoptr (GBytes) longer = forge_append (response, "\n");
  g_autoptr (GByteArray) octets = g_bytes_unref_to_array (g_steal_pointer (&longer));
  g_autoptr (GBytes) inside = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_assert_cmphex (octets->data[lengths[i] - 1], ==, 0x82);
    if (++octets->data[lengths[i] + 1] == 0)
      octets->data[lengths[i]]++;
  }
  inside = g_byte_array_free_to_bytes (g_steal_pointer (&octets));
  assert_refused (inside, MADO_CERTS_ERROR_MALFORMED, "octets behind the basic answer");
}

/* Where sha256WithRSAEncryption stands for the first time: behind what is signed. */
static gsize
signed_end (const guint8 *octets, gsize len)
{
  static const guint8 algorithm[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B };

  for (gsize i = 0; i + sizeof algorithm <= len; i++)
    if (memcmp (octets + i, algorithm, sizeof algorithm) == 0)
      return i;
  g_assert_not_reached ();
}

/* Every octet of a good answer up to the end of what is signed matters: turned over, none of them
 * is a "good". */
static void
test_every_octet (void)
{
  ForgeOcsp forge = forge_ocsp_good ();
  g_autoptr (GBytes) response = forge_ocsp (&forge);
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (MadoCert) issuer = forge_cert (&ROOT);
  gsize   len = 0;
  guint8 *octets = g_bytes_unref_to_data (g_steal_pointer (&response), &len);

  gsize end = signed_end (octets, len);

  for (gsize i = 0; i < end; i++) {
    g_autoptr (GBytes) turned = NULL;
    g_autofree char *reason = NULL;
    MadoRevocation   status;
    octets[i] ^= 0x01;
    turned = g_bytes_new (octets, len);
    g_assert_false (mado_ocsp_read (turned, cert, issuer, NULL, NOW, &status, &reason, NULL));
    octets[i] ^= 0x01;
  }
  g_free (octets);
}

/* A kept answer is read without the nonce it was asked with. */
static void
test_kept_answer (void)
{
  ForgeOcsp forge = forge_ocsp_good ();
  g_autoptr (GBytes) response = NULL;
  g_autofree char *reason = NULL;
  MadoRevocation   status;

  forge.nonce = other_nonce;
  response = forge_ocsp (&forge);
  g_assert_true (read_answer (response, NULL, NOW, &status, &reason, NULL));
  g_assert_cmpint (status, ==, MADO_REVOCATION_GOOD);
}

static void
test_request (void)
{
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (MadoCert) issuer = forge_cert (&ROOT);
  g_autoptr (GBytes) nonce = NULL;
  g_autoptr (GBytes) other = NULL;
  g_autoptr (GBytes) first = mado_ocsp_request (cert, issuer, &nonce, NULL);
  g_autoptr (GBytes) second = mado_ocsp_request (cert, issuer, &other, NULL);

  g_assert_nonnull (first);
  g_assert_nonnull (second);
  g_assert_cmpuint (g_bytes_get_size (nonce), ==, MADO_OCSP_NONCE_LEN);
  g_assert_false (g_bytes_equal (nonce, other));
}

/* The responder of `openssl ocsp` runs by the machine's clock, so this one test does too. */
static gint64
machine_now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
write_responder (const char *folder, MadoCert *issuer, const char *index)
{
  Forge responder = RESPONDER;
  g_autoptr (MadoCert) cert = NULL;
  g_autofree char *path = g_build_filename (folder, "ocsp.key", NULL);
  BIO             *bio = BIO_new_file (path, "w");
  g_autoptr (GBytes) lines = g_bytes_new (index, strlen (index));

  responder.until = machine_now () + DAY;
  responder.from = machine_now () - DAY;
  cert = forge_cert (&responder);
  PEM_write_bio_PrivateKey (bio, forge_key (KEY_RESPONDER), NULL, NULL, 0, NULL, NULL);
  BIO_free (bio);
  forge_save_pem (folder, "ca.pem", issuer);
  forge_save_pem (folder, "ocsp.pem", cert);
  forge_save (folder, "index.txt", lines);
}

static void
assert_responder_says (const char *index, MadoRevocation expected, const char *expected_reason)
{
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (MadoCert) issuer = forge_cert (&ROOT);
  g_autoptr (GBytes) nonce = NULL;
  g_autoptr (GBytes) request = mado_ocsp_request (cert, issuer, &nonce, NULL);
  g_autoptr (GBytes) response = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *reason = NULL;
  MadoRevocation   status = MADO_REVOCATION_NOT_CHECKED;

  write_responder (folder, issuer, index);
  forge_save (folder, "request.der", request);
  g_assert_true (forge_openssl (folder, "ocsp -index index.txt -CA ca.pem -rsigner ocsp.pem "
                                        "-rkey ocsp.key -ndays 1 -reqin request.der "
                                        "-respout response.der"));
  response = forge_load (folder, "response.der");
  if (!mado_ocsp_read (response, cert, issuer, nonce, machine_now (), &status, &reason, &error))
    g_assert_no_error (error);
  g_assert_cmpint (status, ==, expected);
  g_assert_cmpstr (reason, ==, expected_reason);
}

static void
test_openssl_responder (void)
{
  assert_responder_says ("V\t361120000000Z\t\t1234\tunknown\t/CN=x\n", MADO_REVOCATION_GOOD, NULL);
  assert_responder_says ("R\t361120000000Z\t251120000000Z,superseded\t1234\tunknown\t/CN=x\n",
                         MADO_REVOCATION_REVOKED, "superseded");
  assert_responder_says ("V\t361120000000Z\t\t5678\tunknown\t/CN=x\n", MADO_REVOCATION_UNKNOWN,
                         NULL);
}

/* An answer forged here is good for `openssl ocsp` too. */
static void
test_openssl_accepts (void)
{
  g_auto (ForgeFolder) folder = forge_folder ();
  ForgeOcsp forge = forge_ocsp_good ();
  g_autoptr (MadoCert) cert = forge_cert (&forge.about);
  g_autoptr (MadoCert) issuer = forge_cert (&forge.issuer);
  g_autoptr (GBytes) response = NULL;

  forge.this_update = machine_now () - 10;
  forge.next_update = machine_now () + DAY;
  forge.signer.from = machine_now () - DAY;
  forge.signer.until = machine_now () + DAY;
  response = forge_ocsp (&forge);
  forge_save_pem (folder, "ca.pem", issuer);
  forge_save_pem (folder, "cert.pem", cert);
  forge_save (folder, "response.der", response);
  g_assert_true (forge_openssl (folder, "ocsp -respin response.der -CAfile ca.pem -issuer ca.pem "
                                        "-sha256 -cert cert.pem -no_nonce"));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/certs/ocsp/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/certs/ocsp/try-later", test_try_later);
  g_test_add_func ("/certs/ocsp/success-without-answer", test_success_without_answer);
  g_test_add_func ("/certs/ocsp/malformed", test_malformed);
  g_test_add_func ("/certs/ocsp/trailing-octets", test_trailing_octets);
  g_test_add_func ("/certs/ocsp/trailing-octets-inside", test_trailing_octets_inside);
  g_test_add_func ("/certs/ocsp/every-octet", test_every_octet);
  g_test_add_func ("/certs/ocsp/kept-answer", test_kept_answer);
  g_test_add_func ("/certs/ocsp/request", test_request);
  g_test_add_func ("/certs/ocsp/openssl-responder", test_openssl_responder);
  g_test_add_func ("/certs/ocsp/openssl-accepts", test_openssl_accepts);
  status = g_test_run ();
  forge_forget_keys ();
  return status;
}
