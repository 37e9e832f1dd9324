/* Whether a certificate comes from an anchor: one bad sample per rule. */
#include "certs/path.h"
#include "tests/certs/forge.h"

/* What a sample changes, and what must then be said. */
typedef struct {
  const char *name;
  void (*change) (Forge *holder, Forge *anchor);
  MadoAnswer  chain, dates, usage;
  const char *words; /* of the reason; NULL for a good one */
} PathCase;

#define YES MADO_ANSWER_YES
#define NO MADO_ANSWER_NO

static void
good (Forge *holder, Forge *anchor)
{
  (void)holder, (void)anchor;
}

static void
first_second (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->from = NOW;
}

static void
last_second (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->until = NOW;
}

static void
without_key_ids (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->no_key_ids = TRUE;
}

static void
expired (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->until = NOW - 1;
}

static void
not_yet_valid (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->from = NOW + 1;
}

static void
expired_anchor (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->until = NOW - 1;
}

static void
anchor_not_yet_valid (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->from = NOW + 1;
}

static void
key_usage_of_auth (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->key_usage = "critical,digitalSignature";
}

static void
key_usage_too_wide (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->key_usage = "critical,digitalSignature,nonRepudiation,keyEncipherment";
}

static void
key_usage_not_critical (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->key_usage = "digitalSignature,nonRepudiation";
}

static void
no_key_usage (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->key_usage = NULL;
}

static void
extended_key_usage (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->extended = "clientAuth";
}

static void
no_policy (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->policies = NULL;
}

static void
policy_of_test_arc (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->policies = "critical,1.2.392.200149.8.5.1.0.20";
}

static void
policy_of_auth (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->policies = AUTH_POLICY;
}

static void
policy_not_critical (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->policies = "1.2.392.200149.8.5.1.1.20";
}

static void
authority_as_holder (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->basic = "critical,CA:TRUE";
}

static void
holder_as_issuer (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->basic = "critical,CA:FALSE";
}

static void
issuer_without_basic_constraints (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->basic = NULL;
}

static void
issuer_may_sign_lists_only (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->key_usage = "critical,cRLSign";
}

static void
issuer_without_key_usage (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->key_usage = NULL;
}

static void
other_generation (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->key = anchor->issuer_key = KEY_ROOT_2;
}

static void
other_generation_without_key_ids (Forge *holder, Forge *anchor)
{
  other_generation (holder, anchor);
  holder->no_key_ids = TRUE;
}

static void
stranger (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->issuer = "O=Nobody,CN=Stranger";
  holder->issuer_key = KEY_STRANGER;
}

/* The stranger takes the anchor's name and leaves the identifiers out. */
static void
stranger_with_name (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->issuer_key = KEY_STRANGER;
  holder->no_key_ids = TRUE;
}

static void
signed_with_sha1 (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->sha1 = TRUE;
}

static void
weak_key (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->key = KEY_WEAK;
}

static void
weak_issuer (Forge *holder, Forge *anchor)
{
  holder->issuer_key = KEY_WEAK;
  anchor->key = anchor->issuer_key = KEY_WEAK;
}

static void
unknown_critical (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->extra = "1.2.3.4";
  holder->extra_value = "critical,DER:0500";
}

static void
unknown_uncritical (Forge *holder, Forge *anchor)
{
  (void)anchor;
  holder->extra = "1.2.3.4";
  holder->extra_value = "DER:0500";
}

static void
unknown_critical_in_anchor (Forge *holder, Forge *anchor)
{
  (void)holder;
  anchor->extra = "nameConstraints";
  anchor->extra_value = "critical,permitted;DNS:example.jp";
}

static const PathCase cases[] = {
  { "good", good, YES, YES, YES, NULL },
  { "first-second", first_second, YES, YES, YES, NULL },
  { "last-second", last_second, YES, YES, YES, NULL },
  { "without-key-ids", without_key_ids, YES, YES, YES, NULL },
  { "unknown-uncritical-extension", unknown_uncritical, YES, YES, YES, NULL },
  { "expired", expired, YES, NO, YES, "RFC 5280 §4.1.2.5: the certificate has expired" },
  { "not-yet-valid", not_yet_valid, YES, NO, YES, "the certificate is not yet valid" },
  { "expired-anchor", expired_anchor, YES, NO, YES, "its issuer has expired" },
  { "anchor-not-yet-valid", anchor_not_yet_valid, YES, NO, YES, "its issuer is not yet valid" },
  { "key-usage-of-auth", key_usage_of_auth, YES, YES, NO, "JPKI profile: key usage 0x80" },
  { "key-usage-too-wide", key_usage_too_wide, YES, YES, NO, "JPKI profile: key usage 0xE0" },
  { "key-usage-not-critical", key_usage_not_critical, YES, YES, NO, "key usage is not critical" },
  { "no-key-usage", no_key_usage, YES, YES, NO, "RFC 5280 §4.2.1.3: no key usage" },
  { "extended-key-usage", extended_key_usage, YES, YES, NO, "extended key usage" },
  { "no-policy", no_policy, YES, YES, NO, "no certificate policies" },
  { "policy-of-test-arc", policy_of_test_arc, YES, YES, NO, "another policy" },
  { "policy-of-auth", policy_of_auth, YES, YES, NO, "another policy" },
  { "policy-not-critical", policy_not_critical, YES, YES, NO, "policies are not critical" },
  { "authority-as-holder", authority_as_holder, YES, YES, NO, "an authority's certificate" },
  { "holder-as-issuer", holder_as_issuer, NO, YES, YES, "the issuer is no authority" },
  { "issuer-without-basic-constraints", issuer_without_basic_constraints, NO, YES, YES,
    "the issuer is no authority" },
  { "issuer-may-sign-lists-only", issuer_may_sign_lists_only, NO, YES, YES,
    "may not sign certificates" },
  { "issuer-without-key-usage", issuer_without_key_usage, NO, YES, YES,
    "may not sign certificates" },
  { "other-generation", other_generation, NO, YES, YES, "another generation" },
  { "other-generation-without-key-ids", other_generation_without_key_ids, NO, YES, YES,
    "RFC 5280 §6.1.3 (a)(1)" },
  { "stranger", stranger, NO, YES, YES, "no anchor has the issuer's name" },
  { "stranger-with-name", stranger_with_name, NO, YES, YES, "the signature is not the anchor's" },
  { "signed-with-sha1", signed_with_sha1, NO, YES, YES, "expected sha256WithRSAEncryption" },
  { "weak-key", weak_key, NO, YES, YES, "weaker than RSA" },
  { "weak-issuer", weak_issuer, NO, YES, YES, "weaker than RSA" },
  { "unknown-critical-extension", unknown_critical, NO, YES, YES,
    "unknown critical extension 1.2.3.4" },
  { "unknown-critical-extension-in-anchor", unknown_critical_in_anchor, NO, YES, YES,
    "unknown critical extension 2.5.29.30" },
};

/* What openssl has to say where it has the same rule; the profile is ours alone. */
static void
assert_openssl_agrees (MadoCert *cert, MadoCert *anchor, const MadoPathAnswer *answer)
{
  g_auto (ForgeFolder) folder = forge_folder ();
  g_autofree char *arguments = g_strdup_printf (
      "verify -x509_strict -auth_level 2 -no-CApath -no-CAstore -attime %" G_GINT64_FORMAT
      " -CAfile anchor.pem cert.pem",
      NOW);

  forge_save_pem (folder, "anchor.pem", anchor);
  forge_save_pem (folder, "cert.pem", cert);
  if (answer->reason == NULL)
    g_assert_true (forge_openssl (folder, arguments));
  else if (answer->dates == NO || answer->issuer == NULL)
    g_assert_false (forge_openssl (folder, arguments));
}

static void
test_case (gconstpointer data)
{
  const PathCase *sample = data;
  Forge           holder = SIGN;
  Forge           root = ROOT;
  g_auto (MadoPathAnswer) answer = { 0 };
  g_autoptr (GPtrArray) anchors = NULL;
  g_autoptr (MadoCert) cert = NULL;

  sample->change (&holder, &root);
  cert = forge_cert (&holder);
  anchors = forge_list (forge_cert (&root), NULL);
  mado_path_check (cert, anchors, MADO_CERT_SIGN, NOW, &answer);
  g_test_message ("%s", answer.reason);
  g_assert_cmpint (answer.chain, ==, sample->chain);
  g_assert_cmpint (answer.dates, ==, sample->dates);
  g_assert_cmpint (answer.usage, ==, sample->usage);
  g_assert_true (mado_path_answer_is_yes (&answer) == (sample->words == NULL));
  if (sample->words == NULL)
    g_assert_null (answer.reason);
  else
    g_assert_nonnull (strstr (answer.reason, sample->words));
  /* -x509_strict wants key identifiers, and OpenSSL takes the last second for past it, which RFC
   * 5280 §4.1.2.5 includes. */
  if (!holder.no_key_ids && holder.until != NOW)
    assert_openssl_agrees (cert, g_ptr_array_index (anchors, 0), &answer);
}

/* Both generations are there, in either order; the holder's own is found. */
static void
test_generations (void)
{
  Forge second = ROOT;
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (MadoCert) first = forge_cert (&ROOT);
  g_autoptr (GPtrArray) anchors = NULL;

  second.key = second.issuer_key = KEY_ROOT_2;
  anchors = forge_list (forge_cert (&second), mado_cert_ref (first), NULL);
  for (guint round = 0; round < 2; round++) {
    g_auto (MadoPathAnswer) answer = { 0 };
    mado_path_check (cert, anchors, MADO_CERT_SIGN, NOW, &answer);
    g_assert_true (mado_path_answer_is_yes (&answer));
    g_assert_true (mado_cert_equal (answer.issuer, first));
    g_ptr_array_insert (anchors, 0, g_ptr_array_steal_index (anchors, 1));
  }
}

/* The expired root and the one made anew with its key, in either order. */
static void
test_renewed_anchor (void)
{
  Forge old = ROOT;
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (MadoCert) renewed = forge_cert (&ROOT);
  g_autoptr (GPtrArray) anchors = NULL;

  old.until = NOW - 1;
  anchors = forge_list (forge_cert (&old), mado_cert_ref (renewed), NULL);
  for (guint round = 0; round < 2; round++) {
    g_auto (MadoPathAnswer) answer = { 0 };
    mado_path_check (cert, anchors, MADO_CERT_SIGN, NOW, &answer);
    g_assert_true (mado_path_answer_is_yes (&answer));
    g_assert_true (mado_cert_equal (answer.issuer, renewed));
    g_ptr_array_insert (anchors, 0, g_ptr_array_steal_index (anchors, 1));
  }
}

static void
test_no_anchors (void)
{
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (GPtrArray) anchors = forge_list (NULL);
  g_auto (MadoPathAnswer) answer = { 0 };

  mado_path_check (cert, anchors, MADO_CERT_SIGN, NOW, &answer);
  g_assert_cmpint (answer.chain, ==, NO);
  g_assert_null (answer.issuer);
}

/* A root that is trusted is still nobody's card. */
static void
test_anchor_itself (void)
{
  g_autoptr (MadoCert) root = forge_cert (&ROOT);
  g_autoptr (GPtrArray) anchors = forge_list (mado_cert_ref (root), NULL);
  g_auto (MadoPathAnswer) answer = { 0 };

  mado_path_check (root, anchors, MADO_CERT_OTHER, NOW, &answer);
  g_assert_cmpint (answer.chain, ==, YES);
  g_assert_cmpint (answer.usage, ==, NO);
}

static void
test_profile_of_its_policy (void)
{
  g_autoptr (MadoCert) auth = forge_cert (&AUTH);
  g_autoptr (GPtrArray) anchors = forge_list (forge_cert (&ROOT), NULL);
  g_auto (MadoPathAnswer) own = { 0 };
  g_auto (MadoPathAnswer) asked = { 0 };

  mado_path_check (auth, anchors, MADO_CERT_OTHER, NOW, &own);
  mado_path_check (auth, anchors, MADO_CERT_SIGN, NOW, &asked);
  g_assert_cmpint (own.usage, ==, YES);
  g_assert_cmpint (asked.usage, ==, NO);
}

static void
test_every_no_is_told (void)
{
  Forge forge = SIGN;
  g_autoptr (MadoCert) cert = NULL;
  g_autoptr (GPtrArray) anchors = forge_list (forge_cert (&ROOT), NULL);
  g_auto (MadoPathAnswer) answer = { 0 };

  forge.until = NOW - 1;
  forge.policies = NULL;
  forge.issuer_key = KEY_STRANGER;
  cert = forge_cert (&forge);
  mado_path_check (cert, anchors, MADO_CERT_SIGN, NOW, &answer);
  g_assert_nonnull (strstr (answer.reason, "generation"));
  g_assert_nonnull (strstr (answer.reason, "; RFC 5280 §4.1.2.5"));
  g_assert_nonnull (strstr (answer.reason, "; JPKI profile"));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/certs/path/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/certs/path/generations", test_generations);
  g_test_add_func ("/certs/path/renewed-anchor", test_renewed_anchor);
  g_test_add_func ("/certs/path/no-anchors", test_no_anchors);
  g_test_add_func ("/certs/path/anchor-itself", test_anchor_itself);
  g_test_add_func ("/certs/path/profile-of-its-policy", test_profile_of_its_policy);
  g_test_add_func ("/certs/path/every-no-is-told", test_every_no_is_told);
  status = g_test_run ();
  forge_forget_keys ();
  return status;
}
