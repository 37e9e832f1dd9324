/* The real JPKI roots: what they are, and that the path check can use them. */
#include "certs/path.h"
#include "app/base/octets.h"
#include "tests/certs/forge.h"

typedef struct {
  const char *file;
  const char *fingerprint; /* SHA-256 of the DER, as J-LIS publishes it */
  const char *not_before, *not_after;
} Anchor;

static const Anchor real[] = {
  { "jpki-sign-ca-1.pem", "19645405A1FE14377434BD55957628AC4038557C542403A2243F21C706FC9355",
    "2015-10-20", "2025-10-19" },
  { "jpki-sign-ca-2.pem", "79679C33E4CC9319440F1AD120A597FF1844E2EF217063ADB176966FD5E6FBEB",
    "2019-09-14", "2029-09-14" },
  { "jpki-sign-ca-3.pem", "D227F6CDE11D35C5252178F106F843D24651944975413B539FA2FB68DBFA365F",
    "2023-07-16", "2033-07-15" },
  { "jpki-auth-ca-1.pem", "4DCFC4CA0AAF9FB2A3081B3F0C991C320B3ACC008667A341EEAEC5AF1D58CA7D",
    "2015-10-20", "2025-10-19" },
  { "jpki-auth-ca-3.pem", "64114F29620C24ED2631D46476A040E7EE740D956089C00B036A6A8118C322B5",
    "2023-07-16", "2033-07-15" },
};

static MadoCert *
load (const char *file)
{
  g_autoptr (GBytes) pem = forge_load (MADO_TEST_DATA "/certs/data/anchors", file);
  g_autoptr (GError) error = NULL;
  MadoCert *cert = mado_cert_parse (pem, &error);

  g_assert_no_error (error);
  return cert;
}

static char *
day_of (gint64 seconds)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  return g_date_time_format (time, "%Y-%m-%d");
}

static void
test_real (gconstpointer data)
{
  const Anchor *anchor = data;
  g_autoptr (MadoCert) cert = load (anchor->file);
  g_autofree char *from = day_of (mado_cert_not_before (cert));
  g_autofree char *until = day_of (mado_cert_not_after (cert));
  guint8           digest[32];
  g_autofree char *hex = NULL;

  mado_cert_fingerprint (cert, digest);
  hex = mado_octets_to_hex (MADO_OCTETS (digest, sizeof digest));
  g_assert_cmpstr (hex, ==, anchor->fingerprint);
  g_assert_cmpstr (from, ==, anchor->not_before);
  g_assert_cmpstr (until, ==, anchor->not_after);
}

static GPtrArray *
load_all (void)
{
  GPtrArray *anchors = forge_list (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (real); i++)
    g_ptr_array_add (anchors, load (real[i].file));
  return anchors;
}

/* Each root signed itself, and among the roots of one name only itself. */
static void
test_each_finds_itself (void)
{
  g_autoptr (GPtrArray) anchors = load_all ();

  for (guint i = 0; i < anchors->len; i++) {
    MadoCert *root = g_ptr_array_index (anchors, i);
    g_auto (MadoPathAnswer) answer = { 0 };
    mado_path_check (root, anchors, MADO_CERT_OTHER, mado_cert_not_before (root), &answer);
    g_assert_cmpint (answer.chain, ==, MADO_ANSWER_YES);
    g_assert_cmpint (answer.dates, ==, MADO_ANSWER_YES);
    g_assert_cmpint (answer.usage, ==, MADO_ANSWER_NO);
    g_assert_true (mado_cert_equal (answer.issuer, root));
  }
}

static void
test_generations_share_a_name (void)
{
  g_autoptr (MadoCert) second = load ("jpki-sign-ca-2.pem");
  g_autoptr (MadoCert) third = load ("jpki-sign-ca-3.pem");
  g_autofree char *a = mado_cert_subject (second);
  g_autofree char *b = mado_cert_subject (third);

  g_assert_cmpstr (a, ==, b);
  g_assert_false (mado_cert_equal (second, third));
}

/* A card of a stranger who took the real authority's name. */
static void
test_stranger_with_real_name (void)
{
  Forge forge = SIGN;
  g_autoptr (GPtrArray) anchors = load_all ();
  g_autoptr (MadoCert) cert = NULL;
  g_auto (MadoPathAnswer) answer = { 0 };

  forge.issuer = "C=JP,O=JPKI,OU=JPKI for digital signature,"
                 "OU=Japan Agency for Local Authority Information Systems";
  forge.issuer_key = KEY_STRANGER;
  cert = forge_cert (&forge);
  mado_path_check (cert, anchors, MADO_CERT_SIGN, NOW, &answer);
  g_assert_cmpint (answer.chain, ==, MADO_ANSWER_NO);
  g_assert_nonnull (strstr (answer.reason, "another generation"));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (real); i++) {
    g_autofree char *path = g_strconcat ("/certs/anchors/", real[i].file, NULL);
    g_test_add_data_func (path, &real[i], test_real);
  }
  g_test_add_func ("/certs/anchors/each-finds-itself", test_each_finds_itself);
  g_test_add_func ("/certs/anchors/generations-share-a-name", test_generations_share_a_name);
  g_test_add_func ("/certs/anchors/stranger-with-real-name", test_stranger_with_real_name);
  status = g_test_run ();
  forge_forget_keys ();
  return status;
}
