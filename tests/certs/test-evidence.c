/* Evidence: made in two steps, believed only whole. One bad sample per rule. */
#include "app/base/digest.h"
#include "certs/attributes.h"
#include "certs/bundle.h"
#include "certs/error.h"
#include "certs/evidence.h"
#include "tests/certs/forge.h"

#define CONTENT "{\"application\":\"0192…\",\"purpose\":\"madoguchi-application\"}"
#define CHANGED "{\"application\":\"0193…\",\"purpose\":\"madoguchi-application\"}"

static GBytes *
text (const char *words)
{
  return g_bytes_new_static (words, strlen (words));
}

static GPtrArray *
anchors_good (void)
{
  return forge_list (forge_cert (&ROOT), NULL);
}

static MadoEvidence *
begin (const Forge *holder)
{
  g_autoptr (MadoCert) cert = forge_cert (holder);
  g_autoptr (GBytes) content = text (CONTENT);
  g_autoptr (GError) error = NULL;
  MadoEvidence *evidence = mado_evidence_begin (content, cert, NOW, &error);

  g_assert_no_error (error);
  return evidence;
}

static GBytes *
evidence_good (const Forge *holder)
{
  g_autoptr (MadoEvidence) evidence = begin (holder);
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *p7s;
  guint8  digest[32];

  mado_evidence_digest (evidence, digest);
  signature = forge_sign (KEY_HOLDER, digest);
  p7s = mado_evidence_finish (evidence, signature, &error);
  g_assert_no_error (error);
  return p7s;
}

static void
verify (GBytes *p7s, const char *content, gint64 at, MadoEvidenceAnswer *ret_answer)
{
  g_autoptr (GBytes) octets = text (content);
  g_autoptr (GPtrArray) anchors = anchors_good ();
  g_autoptr (GError) error = NULL;

  if (!mado_evidence_verify (p7s, octets, anchors, MADO_CERT_OTHER, at, ret_answer, &error))
    g_assert_no_error (error);
  g_test_message ("%s", ret_answer->reason);
}

static void
assert_malformed (GBytes *p7s, const char *words)
{
  g_autoptr (GBytes) octets = text (CONTENT);
  g_autoptr (GPtrArray) anchors = anchors_good ();
  g_autoptr (GError) error = NULL;
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  g_assert_false (
      mado_evidence_verify (p7s, octets, anchors, MADO_CERT_OTHER, NOW, &answer, &error));
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_MALFORMED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

/* --- making ------------------------------------------------------------------------------------
 */

static void
test_good (gconstpointer data)
{
  const Forge *holder = data;
  g_autoptr (GBytes) p7s = evidence_good (holder);
  g_autoptr (MadoCert) cert = forge_cert (holder);
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  verify (p7s, CONTENT, NOW, &answer);
  g_assert_true (mado_evidence_answer_is_yes (&answer));
  g_assert_null (answer.reason);
  g_assert_true (mado_cert_equal (answer.signer, cert));
}

static gboolean
openssl_verifies (GBytes *p7s, const char *content)
{
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autoptr (MadoCert) root = forge_cert (&ROOT);
  g_autoptr (GBytes) octets = text (content);
  g_autofree char *arguments
      = g_strdup_printf ("cms -verify -binary -cades -purpose any -attime %" G_GINT64_FORMAT
                         " -inform DER -in a.p7s -content content -CAfile ca.pem -out seen",
                         NOW);

  forge_save (folder, "a.p7s", p7s);
  forge_save (folder, "content", octets);
  forge_save_pem (folder, "ca.pem", root);
  return forge_openssl (folder, arguments);
}

static void
test_openssl_accepts (void)
{
  g_autoptr (GBytes) signed_p7s = evidence_good (&SIGN);
  g_autoptr (GBytes) auth_p7s = evidence_good (&AUTH);

  g_assert_true (openssl_verifies (signed_p7s, CONTENT));
  g_assert_true (openssl_verifies (auth_p7s, CONTENT));
  g_assert_false (openssl_verifies (signed_p7s, CHANGED));
}

/* What `openssl cms -sign -cades` makes is evidence for us. */
static void
test_openssl_made (void)
{
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (GBytes) octets = text (CONTENT);
  g_autoptr (GBytes) p7s = NULL;
  g_autofree char *path = g_build_filename (folder, "holder.key", NULL);
  BIO             *bio = BIO_new_file (path, "w");
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  PEM_write_bio_PrivateKey (bio, forge_key (KEY_HOLDER), NULL, NULL, 0, NULL, NULL);
  BIO_free (bio);
  forge_save_pem (folder, "holder.pem", cert);
  forge_save (folder, "content", octets);
  g_assert_true (forge_openssl (folder, "cms -sign -binary -cades -md sha256 -in content -signer "
                                        "holder.pem -inkey holder.key -outform DER -out a.p7s"));
  p7s = forge_load (folder, "a.p7s");
  verify (p7s, CONTENT, NOW, &answer);
  g_assert_true (mado_evidence_answer_is_yes (&answer));
}

static void
assert_not_finished (GBytes *signature)
{
  g_autoptr (MadoEvidence) evidence = begin (&SIGN);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) p7s = mado_evidence_finish (evidence, signature, &error);

  g_assert_null (p7s);
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_SIGNATURE);
}

static void
test_signature_of_other_key (void)
{
  g_autoptr (MadoEvidence) evidence = begin (&SIGN);
  g_autoptr (GBytes) signature = NULL;
  guint8 digest[32];

  mado_evidence_digest (evidence, digest);
  signature = forge_sign (KEY_STRANGER, digest);
  assert_not_finished (signature);
}

static void
test_signature_of_other_digest (void)
{
  g_autoptr (GBytes) signature = NULL;
  guint8 digest[32] = { 0 };

  signature = forge_sign (KEY_HOLDER, digest);
  assert_not_finished (signature);
}

static void
test_no_signature (void)
{
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  assert_not_finished (empty);
}

/* The same content, holder and time give the same octets to sign. */
static void
test_digest_is_stable (void)
{
  g_autoptr (MadoEvidence) a = begin (&SIGN);
  g_autoptr (MadoEvidence) b = begin (&SIGN);
  guint8 first[32];
  guint8 second[32];

  mado_evidence_digest (a, first);
  mado_evidence_digest (b, second);
  g_assert_cmpmem (first, 32, second, 32);
}

/* --- answers that are a no ---------------------------------------------------------------------
 */

static void
test_changed_content (void)
{
  g_autoptr (GBytes) p7s = evidence_good (&SIGN);
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  verify (p7s, CHANGED, NOW, &answer);
  g_assert_cmpint (answer.content, ==, MADO_ANSWER_NO);
  g_assert_cmpint (answer.signature, ==, MADO_ANSWER_YES);
  g_assert_nonnull (strstr (answer.reason, "RFC 5652 §11.2"));
}

/* The digest in the signed attribute is made to fit another content. */
static void
test_changed_attribute (void)
{
  g_autoptr (GBytes) good = evidence_good (&SIGN);
  g_autoptr (GBytes) p7s = NULL;
  g_auto (MadoEvidenceAnswer) answer = { 0 };
  guint8 from[32];
  guint8 to[32];

  mado_sha256 (CONTENT, strlen (CONTENT), from);
  mado_sha256 (CHANGED, strlen (CHANGED), to);
  p7s = forge_replace (good, from, to, 32);
  verify (p7s, CHANGED, NOW, &answer);
  g_assert_cmpint (answer.content, ==, MADO_ANSWER_YES);
  g_assert_cmpint (answer.signature, ==, MADO_ANSWER_NO);
  g_assert_nonnull (strstr (answer.reason, "RFC 5652 §5.6"));
  g_assert_false (openssl_verifies (p7s, CHANGED));
}

/* The holder claims to have signed a day later. */
static void
test_changed_time (void)
{
  static const char from[] = "261120000000Z";
  static const char to[] = "261121000000Z";
  g_autoptr (GBytes) good = evidence_good (&SIGN);
  g_autoptr (GBytes) later = forge_replace (good, from, to, sizeof from - 1);
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  verify (later, CONTENT, NOW, &answer);
  g_assert_cmpint (answer.signature, ==, MADO_ANSWER_NO);
}

static void
test_hash_swap (void)
{
  static const guint8 sha256[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 3, 4, 2, 1 };
  static const guint8 sha512[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 3, 4, 2, 3 };
  static const guint8 sha224[] = { 0x60, 0x86, 0x48, 0x01, 0x65, 3, 4, 2, 4 };
  g_autoptr (GBytes) good = evidence_good (&SIGN);
  g_autoptr (GBytes) swapped = forge_replace (good, sha256, sha512, sizeof sha256);
  g_autoptr (GBytes) weak = forge_replace (good, sha256, sha224, sizeof sha256);
  g_auto (MadoEvidenceAnswer) answer = { 0 };
  g_auto (MadoEvidenceAnswer) weak_answer = { 0 };

  verify (swapped, CONTENT, NOW, &answer);
  g_assert_cmpint (answer.signature, ==, MADO_ANSWER_NO);
  g_assert_cmpint (answer.content, ==, MADO_ANSWER_NO);
  verify (weak, CONTENT, NOW, &weak_answer);
  g_assert_cmpint (weak_answer.signature, ==, MADO_ANSWER_NO);
  g_assert_cmpint (weak_answer.content, ==, MADO_ANSWER_NOT_CHECKED);
  g_assert_nonnull (strstr (weak_answer.reason, "not one strong hash"));
}

static void
test_after_expiry (void)
{
  g_autoptr (GBytes) p7s = evidence_good (&SIGN);
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  verify (p7s, CONTENT, NOW + 2 * YEAR, &answer);
  g_assert_cmpint (answer.signature, ==, MADO_ANSWER_YES);
  g_assert_cmpint (answer.path.dates, ==, MADO_ANSWER_NO);
  g_assert_nonnull (strstr (answer.reason, "has expired"));
}

static void
test_stranger (void)
{
  Forge forge = SIGN;
  g_autoptr (GBytes) p7s = NULL;
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  forge.issuer_key = KEY_STRANGER;
  p7s = evidence_good (&forge);
  verify (p7s, CONTENT, NOW, &answer);
  g_assert_cmpint (answer.signature, ==, MADO_ANSWER_YES);
  g_assert_cmpint (answer.path.chain, ==, MADO_ANSWER_NO);
  g_assert_false (mado_evidence_answer_is_yes (&answer));
}

/* --- evidence made crookedly, by somebody who holds the key ------------------------------------
 */

typedef struct {
  Forge        signer;     /* named in the signer info and its attribute */
  const Forge *put_in[3];  /* the certificates in it */
  guint        flags;      /* of CMS_add1_signer */
  guint        missing;    /* bits: 1 content type, 2 digest, 4 signing certificate */
  gboolean     twice;      /* the digest is there two times */
  gboolean     two_values; /* the digest has two values */
  gboolean     other_type; /* the signed content type is not data */
  gboolean     other_econtent;
  gboolean     attached;
  gboolean     second_signer;
  int          algorithm; /* of the signature, when not as OpenSSL has it */
} Crooked;

static Crooked
crooked_good (void)
{
  return (Crooked){ .signer = SIGN, .put_in = { &SIGN } };
}

static void
add_digest (CMS_SignerInfo *signer)
{
  guint8          digest[32];
  X509_ATTRIBUTE *attribute;

  mado_sha256 (CONTENT, strlen (CONTENT), digest);
  attribute = X509_ATTRIBUTE_create_by_NID (NULL, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                            digest, sizeof digest);
  CMS_signed_add1_attr (signer, attribute);
  X509_ATTRIBUTE_free (attribute);
}

static void
add_two_digests (CMS_SignerInfo *signer)
{
  guint8          digest[32];
  X509_ATTRIBUTE *attribute;

  mado_sha256 (CONTENT, strlen (CONTENT), digest);
  attribute = X509_ATTRIBUTE_create_by_NID (NULL, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                            digest, sizeof digest);
  X509_ATTRIBUTE_set1_data (attribute, V_ASN1_OCTET_STRING, "another", 7);
  CMS_signed_add1_attr (signer, attribute);
  X509_ATTRIBUTE_free (attribute);
}

static void
add_crooked_attributes (CMS_SignerInfo *signer, const Crooked *crooked)
{
  int type = crooked->other_type ? NID_pkcs7_enveloped : NID_pkcs7_data;

  if (!(crooked->missing & 1))
    CMS_signed_add1_attr_by_NID (signer, NID_pkcs9_contentType, V_ASN1_OBJECT, OBJ_nid2obj (type),
                                 -1);
  if (crooked->two_values)
    add_two_digests (signer);
  else if (!(crooked->missing & 2))
    add_digest (signer);
  if (crooked->twice)
    add_digest (signer);
}

static void
sign_crooked (CMS_SignerInfo *signer, const Crooked *crooked)
{
  g_autoptr (GBytes) attributes = mado_attributes_der (signer);
  g_autoptr (GBytes) signature = NULL;
  X509_ALGOR   *algorithm = NULL;
  guint8        digest[32];
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (attributes, &len);

  mado_sha256 (data, len, digest);
  signature = forge_sign (KEY_HOLDER, digest);
  data = g_bytes_get_data (signature, &len);
  ASN1_STRING_set (CMS_SignerInfo_get0_signature (signer), data, (int)len);
  CMS_SignerInfo_get0_algs (signer, NULL, NULL, NULL, &algorithm);
  if (crooked->algorithm != NID_undef)
    X509_ALGOR_set0 (algorithm, OBJ_nid2obj (crooked->algorithm), V_ASN1_NULL, NULL);
}

static void
add_crooked_signer (CMS_ContentInfo *cms, const Crooked *crooked)
{
  guint flags = CMS_BINARY | CMS_PARTIAL | CMS_NOSMIMECAP | CMS_NOCERTS | crooked->flags
                | (crooked->missing & 4 ? 0 : CMS_CADES);
  X509           *x509 = forge_x509 (&crooked->signer);
  CMS_SignerInfo *signer
      = CMS_add1_signer (cms, x509, forge_key (KEY_HOLDER), EVP_sha256 (), flags);

  g_assert_nonnull (signer);
  add_crooked_attributes (signer, crooked);
  sign_crooked (signer, crooked);
  X509_free (x509);
}

static void
attach (CMS_ContentInfo *cms)
{
  ASN1_OCTET_STRING **content = CMS_get0_content (cms);

  CMS_set_detached (cms, 0);
  content = CMS_get0_content (cms);
  ASN1_OCTET_STRING_set (*content, (const guint8 *)CONTENT, -1);
  (*content)->flags &= ~(long)ASN1_STRING_FLAG_CONT;
}

static GBytes *
crooked_evidence (const Crooked *crooked)
{
  CMS_ContentInfo *cms = CMS_sign (NULL, NULL, NULL, NULL, CMS_BINARY | CMS_PARTIAL | CMS_DETACHED);
  GBytes          *der;

  if (crooked->other_econtent)
    CMS_set1_eContentType (cms, OBJ_nid2obj (NID_pkcs7_enveloped));
  add_crooked_signer (cms, crooked);
  if (crooked->second_signer)
    add_crooked_signer (cms, crooked);
  for (guint i = 0; i < G_N_ELEMENTS (crooked->put_in) && crooked->put_in[i] != NULL; i++)
    CMS_add0_cert (cms, forge_x509 (crooked->put_in[i]));
  if (crooked->attached)
    attach (cms);
  FORGE_DER (der, CMS_ContentInfo, cms);
  CMS_ContentInfo_free (cms);
  return der;
}

static void
assert_crooked (const Crooked *crooked, const char *words)
{
  g_autoptr (GBytes) p7s = crooked_evidence (crooked);

  assert_malformed (p7s, words);
}

static void
assert_no (const Crooked *crooked, const char *words)
{
  g_autoptr (GBytes) p7s = crooked_evidence (crooked);
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  verify (p7s, CONTENT, NOW, &answer);
  g_assert_cmpint (answer.signature, ==, MADO_ANSWER_NO);
  g_assert_nonnull (strstr (answer.reason, words));
}

static void
assert_yes (const Crooked *crooked)
{
  g_autoptr (GBytes) p7s = crooked_evidence (crooked);
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  verify (p7s, CONTENT, NOW, &answer);
  g_assert_true (mado_evidence_answer_is_yes (&answer));
}

/* So that the bad ones are bad for one reason only. */
static void
test_not_crooked (void)
{
  Crooked crooked = crooked_good ();

  assert_yes (&crooked);
  crooked.flags = CMS_USE_KEYID;
  assert_yes (&crooked);
  crooked = crooked_good ();
  crooked.algorithm = NID_sha256WithRSAEncryption;
  assert_yes (&crooked);
}

static void
test_two_signers (void)
{
  Crooked crooked = crooked_good ();

  crooked.second_signer = TRUE;
  assert_crooked (&crooked, "2 signers, expected exactly one");
}

static void
test_no_signer (void)
{
  g_autoptr (GPtrArray) certs = forge_list (forge_cert (&SIGN), NULL);
  g_autoptr (GBytes) p7s = mado_bundle_new (certs, NULL);

  assert_malformed (p7s, "0 signers");
}

static void
test_without_cert (void)
{
  Crooked crooked = crooked_good ();

  crooked.put_in[0] = NULL;
  assert_crooked (&crooked, "not in the evidence");
}

/* Another certificate of the same key, with the same name and serial. */
static void
test_other_cert_of_same_key (void)
{
  Crooked crooked = crooked_good ();
  Forge   other = SIGN;

  other.until += DAY;
  crooked.put_in[0] = &other;
  assert_no (&crooked, "RFC 5035 §3");
}

/* Two certificates fit the name and serial; the attribute chooses, whichever comes first. */
static void
test_attribute_chooses_cert (void)
{
  Crooked crooked = crooked_good ();
  Forge   other = SIGN;

  other.until += DAY;
  crooked.put_in[1] = &other;
  assert_yes (&crooked);
  crooked.signer = other;
  assert_yes (&crooked);
}

static void
test_attached (void)
{
  Crooked crooked = crooked_good ();

  crooked.attached = TRUE;
  assert_crooked (&crooked, "the content is inside");
}

static void
test_other_content_type (void)
{
  Crooked crooked = crooked_good ();

  crooked.other_econtent = TRUE;
  assert_crooked (&crooked, "not of type data");
  crooked = crooked_good ();
  crooked.other_type = TRUE;
  assert_no (&crooked, "RFC 5652 §11.1");
}

static void
test_attribute_missing (void)
{
  Crooked crooked = crooked_good ();

  crooked.missing = 1;
  assert_crooked (&crooked, "contentType is missing");
  crooked.missing = 2;
  assert_crooked (&crooked, "messageDigest is missing");
  crooked.missing = 4;
  assert_crooked (&crooked, "id-smime-aa-signingCertificateV2 is missing");
}

static void
test_attribute_twice (void)
{
  Crooked crooked = crooked_good ();

  crooked.twice = TRUE;
  assert_crooked (&crooked, "messageDigest appears twice");
}

static void
test_attribute_with_two_values (void)
{
  Crooked crooked = crooked_good ();

  crooked.two_values = TRUE;
  assert_crooked (&crooked, "not exactly one value");
}

static void
test_algorithms_disagree (void)
{
  Crooked crooked = crooked_good ();

  crooked.algorithm = NID_sha512WithRSAEncryption;
  assert_no (&crooked, "not one strong hash");
  crooked.algorithm = NID_sha1WithRSAEncryption;
  assert_no (&crooked, "not one strong hash");
}

static void
test_trailing_octets (void)
{
  g_autoptr (GBytes) good = evidence_good (&SIGN);
  g_autoptr (GBytes) longer = forge_append (good, "\n\n");

  assert_malformed (longer, "2 octets behind");
}

static void
test_malformed (void)
{
  g_autoptr (GBytes) cert = forge_der (&SIGN);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);

  assert_malformed (cert, "no SignedData");
  assert_malformed (empty, "no SignedData");
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/certs/evidence/sign", &SIGN, test_good);
  g_test_add_data_func ("/certs/evidence/auth", &AUTH, test_good);
  g_test_add_func ("/certs/evidence/openssl-accepts", test_openssl_accepts);
  g_test_add_func ("/certs/evidence/openssl-made", test_openssl_made);
  g_test_add_func ("/certs/evidence/signature-of-other-key", test_signature_of_other_key);
  g_test_add_func ("/certs/evidence/signature-of-other-digest", test_signature_of_other_digest);
  g_test_add_func ("/certs/evidence/no-signature", test_no_signature);
  g_test_add_func ("/certs/evidence/digest-is-stable", test_digest_is_stable);
  g_test_add_func ("/certs/evidence/changed-content", test_changed_content);
  g_test_add_func ("/certs/evidence/changed-attribute", test_changed_attribute);
  g_test_add_func ("/certs/evidence/changed-time", test_changed_time);
  g_test_add_func ("/certs/evidence/hash-swap", test_hash_swap);
  g_test_add_func ("/certs/evidence/after-expiry", test_after_expiry);
  g_test_add_func ("/certs/evidence/stranger", test_stranger);
  g_test_add_func ("/certs/evidence/not-crooked", test_not_crooked);
  g_test_add_func ("/certs/evidence/two-signers", test_two_signers);
  g_test_add_func ("/certs/evidence/no-signer", test_no_signer);
  g_test_add_func ("/certs/evidence/without-cert", test_without_cert);
  g_test_add_func ("/certs/evidence/other-cert-of-same-key", test_other_cert_of_same_key);
  g_test_add_func ("/certs/evidence/attribute-chooses-cert", test_attribute_chooses_cert);
  g_test_add_func ("/certs/evidence/attached", test_attached);
  g_test_add_func ("/certs/evidence/other-content-type", test_other_content_type);
  g_test_add_func ("/certs/evidence/attribute-missing", test_attribute_missing);
  g_test_add_func ("/certs/evidence/attribute-twice", test_attribute_twice);
  g_test_add_func ("/certs/evidence/attribute-with-two-values", test_attribute_with_two_values);
  g_test_add_func ("/certs/evidence/algorithms-disagree", test_algorithms_disagree);
  g_test_add_func ("/certs/evidence/trailing-octets", test_trailing_octets);
  g_test_add_func ("/certs/evidence/malformed", test_malformed);
  status = g_test_run ();
  forge_forget_keys ();
  return status;
}
