/* Reading one certificate, and the person in it. */
#include "certs/error.h"
#include "tests/certs/forge.h"

static void
assert_refused (GBytes *octets, MadoCertsError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoCert) cert = mado_cert_parse (octets, &error);

  g_assert_null (cert);
  g_assert_error (error, MADO_CERTS_ERROR, (int)code);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, words);
}

static void
test_good (void)
{
  g_autoptr (GBytes) der = forge_der (&SIGN);
  g_autoptr (MadoCert) cert = mado_cert_parse (der, NULL);
  g_autofree char *subject = mado_cert_subject (cert);
  g_autofree char *common_name = mado_cert_common_name (cert);

  g_assert_true (g_bytes_equal (mado_cert_der (cert), der));
  g_assert_cmpstr (subject, ==, "CN=20261120090000000001,L=Saitama-ken,C=JP");
  g_assert_cmpstr (common_name, ==, "20261120090000000001");
  g_assert_cmpint (mado_cert_not_before (cert), ==, NOW - YEAR);
  g_assert_cmpint (mado_cert_not_after (cert), ==, NOW + YEAR);
  g_assert_cmpint (mado_cert_profile (cert), ==, MADO_CERT_SIGN);
}

static void
test_profiles (void)
{
  Forge swapped = AUTH;
  g_autoptr (MadoCert) auth = forge_cert (&AUTH);
  g_autoptr (MadoCert) root = forge_cert (&ROOT);
  g_autoptr (MadoCert) other = NULL;

  swapped.policies = SIGN_POLICY;
  other = forge_cert (&swapped);
  g_assert_cmpint (mado_cert_profile (auth), ==, MADO_CERT_AUTH);
  g_assert_cmpint (mado_cert_profile (root), ==, MADO_CERT_OTHER);
  g_assert_cmpint (mado_cert_profile (other), ==, MADO_CERT_OTHER);
  g_assert_cmpstr (mado_cert_profile_name (MADO_CERT_OTHER), ==, "other");
}

static void
test_pem (void)
{
  g_autoptr (MadoCert) cert = forge_cert (&AUTH);
  g_autoptr (GBytes) pem = mado_cert_pem (cert);
  g_autoptr (GBytes) padded = forge_append (pem, "\n \r\n");
  g_autoptr (MadoCert) again = mado_cert_parse (padded, NULL);

  g_assert_nonnull (again);
  g_assert_true (mado_cert_equal (cert, again));
}

static void
test_pem_after_words (void)
{
  g_autoptr (MadoCert) cert = forge_cert (&AUTH);
  g_autoptr (GBytes) pem = mado_cert_pem (cert);
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autoptr (GBytes) words = g_bytes_new_static ("subject=somebody\n", 17);
  g_autoptr (GBytes) both = forge_append (words, text);
  g_autoptr (MadoCert) again = mado_cert_parse (both, NULL);

  g_assert_nonnull (again);
  g_assert_true (mado_cert_equal (cert, again));
}

static void
test_two_in_one_pem (void)
{
  g_autoptr (MadoCert) cert = forge_cert (&AUTH);
  g_autoptr (GBytes) pem = mado_cert_pem (cert);
  g_autofree char *text = g_strndup (g_bytes_get_data (pem, NULL), g_bytes_get_size (pem));
  g_autoptr (GBytes) twice = forge_append (pem, text);

  assert_refused (twice, MADO_CERTS_ERROR_MALFORMED, "more than one");
}

static void
test_key_instead (void)
{
  const char *text = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
  g_autoptr (GBytes) pem = g_bytes_new_static (text, strlen (text));

  assert_refused (pem, MADO_CERTS_ERROR_MALFORMED, "another kind");
}

static void
test_trailing_octets (void)
{
  g_autoptr (GBytes) der = forge_der (&AUTH);
  g_autoptr (GBytes) longer = forge_append (der, "\xFF\xFF");

  assert_refused (longer, MADO_CERTS_ERROR_MALFORMED, "2 trailing octets");
}

static void
test_truncated (void)
{
  g_autoptr (GBytes) der = forge_der (&AUTH);

  for (gsize len = 0; len < g_bytes_get_size (der); len += 7) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (der, 0, len);
    assert_refused (part, MADO_CERTS_ERROR_MALFORMED, "");
  }
}

/* The same certificate with its outer length in more octets than DER allows. */
static void
test_not_der (void)
{
  g_autoptr (GBytes) der = forge_der (&AUTH);
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (der, &len);
  GByteArray   *array = g_byte_array_new ();
  guint8        head[5] = { 0x30, 0x83, 0x00, data[2], data[3] };
  g_autoptr (GBytes) spelled = NULL;

  g_assert_cmphex (data[1], ==, 0x82);
  g_byte_array_append (array, head, 5);
  g_byte_array_append (array, data + 4, (guint)len - 4);
  spelled = g_byte_array_free_to_bytes (array);
  assert_refused (spelled, MADO_CERTS_ERROR_MALFORMED, "other than DER");
}

static void
test_extension_twice (void)
{
  Forge forge = AUTH;
  g_autoptr (GBytes) der = NULL;

  forge.extra = "1.2.3.4";
  forge.extra_value = "DER:0500";
  {
    X509 *x509 = forge_x509 (&forge);
    forge_extension (x509, NULL, "1.2.3.4", "DER:0500");
    X509_sign (x509, forge_key (KEY_ROOT), EVP_sha256 ());
    FORGE_DER (der, X509, x509);
    X509_free (x509);
  }
  assert_refused (der, MADO_CERTS_ERROR_MALFORMED, "twice");
}

static void
test_unreadable_extension (void)
{
  Forge forge = AUTH;
  g_autoptr (GBytes) der = NULL;

  forge.extra = "2.5.29.19"; /* basicConstraints that are a NULL */
  forge.extra_value = "DER:0500";
  der = forge_der (&forge);
  assert_refused (der, MADO_CERTS_ERROR_MALFORMED, "cannot be read");
}

static void
test_person (void)
{
  g_autoptr (MadoCert) cert = forge_cert (&SIGN);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoPerson) person = mado_cert_person (cert, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (person->name, ==, "見本　花子");
  g_assert_cmpstr (person->address, ==, "埼玉県熊谷市見本町１");
  g_assert_cmpstr (person->birth_date, ==, "1990-01-02");
  g_assert_cmpint (person->sex, ==, MADO_SEX_FEMALE);
  g_assert_cmpuint (person->name_substituted->len, ==, 1);
  g_assert_cmpuint (g_array_index (person->name_substituted, guint, 0), ==, 1);
  g_assert_cmpuint (person->address_substituted->len, ==, 1);
  g_assert_cmpuint (g_array_index (person->address_substituted, guint, 0), ==, 9);
}

static void
test_no_person (void)
{
  g_autoptr (MadoCert) cert = forge_cert (&AUTH);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoPerson) person = mado_cert_person (cert, &error);

  g_assert_null (person);
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_NO_PERSON);
}

typedef struct {
  const char *name;
  const char *items[6]; /* name, marks, sex, birth date, address, marks */
  const char *expected; /* birth date, or NULL */
  const char *words;    /* of the refusal */
} PersonCase;

static const PersonCase person_cases[] = {
  { "unknown-day", { "見本", "00", "1", "319260000", "町", "0" }, "1926-00-00", NULL },
  { "unknown-birth-date", { "見本", "00", "3", "000000000", "町", "0" }, "0000-00-00", NULL },
  { "reiwa", { "見本", "00", "1", "520200229", "町", "0" }, "2020-02-29", NULL },
  { "empty-address", { "見本", "00", "1", "520200229", "", "" }, "2020-02-29", NULL },
  { "era-of-tomorrow", { "見本", "00", "1", "620400101", "町", "0" }, NULL, "birth date" },
  { "month-thirteen", { "見本", "00", "1", "519901301", "町", "0" }, NULL, "birth date" },
  { "day-thirty-two", { "見本", "00", "1", "519901232", "町", "0" }, NULL, "birth date" },
  { "eight-digits", { "見本", "00", "1", "19900102", "町", "0" }, NULL, "birth date" },
  { "letters-in-date", { "見本", "00", "1", "4199O0102", "町", "0" }, NULL, "birth date" },
  { "sex-four", { "見本", "00", "4", "419900102", "町", "0" }, NULL, "sex" },
  { "empty-name", { "", "", "1", "419900102", "町", "0" }, NULL, "empty name" },
  { "marks-too-short", { "見本", "0", "1", "419900102", "町", "0" }, NULL, "marks" },
  { "marks-too-long", { "見本", "00", "1", "419900102", "町", "00" }, NULL, "marks" },
  { "marks-of-two", { "見本", "02", "1", "419900102", "町", "0" }, NULL, "marks" },
  { "no-address", { "見本", "00", "1", "419900102", NULL, "0" }, NULL, ".5.5 is missing" },
  { "no-marks", { "見本", "00", "1", "419900102", "町", NULL }, NULL, ".5.6 is missing" },
};

static MadoCert *
cert_with_names (GENERAL_NAMES *names)
{
  Forge forge = SIGN;
  g_autoptr (GBytes) der = NULL;
  X509 *x509;

  forge.person = FALSE;
  x509 = forge_x509 (&forge);
  X509_add1_ext_i2d (x509, NID_subject_alt_name, names, 0, 0);
  X509_sign (x509, forge_key (KEY_ROOT), EVP_sha256 ());
  FORGE_DER (der, X509, x509);
  X509_free (x509);
  GENERAL_NAMES_free (names);
  return mado_cert_parse (der, NULL);
}

static void
assert_no_person (GENERAL_NAMES *names, const char *words)
{
  g_autoptr (MadoCert) cert = cert_with_names (names);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoPerson) person = mado_cert_person (cert, &error);

  g_assert_null (person);
  g_assert_error (error, MADO_CERTS_ERROR, MADO_CERTS_ERROR_MALFORMED);
  g_assert_nonnull (strstr (error->message, words));
}

static GENERAL_NAMES *
names_of (const PersonCase *sample)
{
  static const guint order[] = { 1, 2, 3, 4, 5, 6 };
  GENERAL_NAMES     *names = GENERAL_NAMES_new ();

  for (guint i = 0; i < 6; i++)
    if (sample->items[i] != NULL)
      sk_GENERAL_NAME_push (names,
                            forge_other_name (order[i], sample->items[i], V_ASN1_UTF8STRING));
  return names;
}

static void
test_person_case (gconstpointer data)
{
  const PersonCase *sample = data;

  if (sample->expected == NULL) {
    assert_no_person (names_of (sample), sample->words);
  } else {
    g_autoptr (MadoCert) cert = cert_with_names (names_of (sample));
    g_autoptr (MadoPerson) person = mado_cert_person (cert, NULL);
    g_assert_nonnull (person);
    g_assert_cmpstr (person->birth_date, ==, sample->expected);
  }
}

static void
test_item_twice (void)
{
  GENERAL_NAMES *names = names_of (&person_cases[0]);

  sk_GENERAL_NAME_push (names, forge_other_name (1, "別人", V_ASN1_UTF8STRING));
  assert_no_person (names, "appears twice");
}

static void
test_item_of_other_type (void)
{
  GENERAL_NAMES *names = GENERAL_NAMES_new ();

  sk_GENERAL_NAME_push (names, forge_other_name (1, "MIHON", V_ASN1_PRINTABLESTRING));
  assert_no_person (names, "no UTF8String");
}

static void
test_item_not_utf8 (void)
{
  GENERAL_NAMES *names = GENERAL_NAMES_new ();

  sk_GENERAL_NAME_push (names, forge_other_name (1, "\xE8\xA6", V_ASN1_UTF8STRING));
  assert_no_person (names, "no UTF8String");
}

static void
test_item_with_newline (void)
{
  GENERAL_NAMES *names = GENERAL_NAMES_new ();

  sk_GENERAL_NAME_push (names, forge_other_name (1, "見本\n花子", V_ASN1_UTF8STRING));
  assert_no_person (names, "no UTF8String");
}

static void
test_item_too_long (void)
{
  GENERAL_NAMES   *names = GENERAL_NAMES_new ();
  g_autofree char *text = g_strnfill (201, 'x');

  sk_GENERAL_NAME_push (names, forge_other_name (5, text, V_ASN1_UTF8STRING));
  assert_no_person (names, "at most 200");
}

/* An otherName of a time to come (furigana) is none of ours and does not stop anybody. */
static void
test_later_item (void)
{
  GENERAL_NAMES *names = names_of (&person_cases[0]);
  g_autoptr (MadoCert) cert = NULL;
  g_autoptr (MadoPerson) person = NULL;

  sk_GENERAL_NAME_push (names, forge_other_name (7, "みほん", V_ASN1_UTF8STRING));
  cert = cert_with_names (names);
  person = mado_cert_person (cert, NULL);
  g_assert_nonnull (person);
  g_assert_cmpstr (person->name, ==, "見本");
}

static void
add_person_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (person_cases); i++) {
    g_autofree char *path = g_strconcat ("/certs/cert/person/", person_cases[i].name, NULL);
    g_test_add_data_func (path, &person_cases[i], test_person_case);
  }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/certs/cert/good", test_good);
  g_test_add_func ("/certs/cert/profiles", test_profiles);
  g_test_add_func ("/certs/cert/pem", test_pem);
  g_test_add_func ("/certs/cert/pem-after-words", test_pem_after_words);
  g_test_add_func ("/certs/cert/two-in-one-pem", test_two_in_one_pem);
  g_test_add_func ("/certs/cert/key-instead", test_key_instead);
  g_test_add_func ("/certs/cert/trailing-octets", test_trailing_octets);
  g_test_add_func ("/certs/cert/truncated", test_truncated);
  g_test_add_func ("/certs/cert/not-der", test_not_der);
  g_test_add_func ("/certs/cert/extension-twice", test_extension_twice);
  g_test_add_func ("/certs/cert/unreadable-extension", test_unreadable_extension);
  g_test_add_func ("/certs/cert/person", test_person);
  g_test_add_func ("/certs/cert/no-person", test_no_person);
  g_test_add_func ("/certs/cert/person/item-twice", test_item_twice);
  g_test_add_func ("/certs/cert/person/item-of-other-type", test_item_of_other_type);
  g_test_add_func ("/certs/cert/person/item-not-utf8", test_item_not_utf8);
  g_test_add_func ("/certs/cert/person/item-with-newline", test_item_with_newline);
  g_test_add_func ("/certs/cert/person/item-too-long", test_item_too_long);
  g_test_add_func ("/certs/cert/person/later-item", test_later_item);
  add_person_cases ();
  status = g_test_run ();
  forge_forget_keys ();
  return status;
}
