/* The small ones: base64url, clock, random, failure catalogue, person. */
#include "app/base/answer.h"
#include "app/base/base64url.h"
#include "app/base/clock.h"
#include "app/base/digest.h"
#include "app/base/failure.h"
#include "app/base/json.h"
#include "app/base/octets.h"
#include "app/base/person.h"
#include "app/base/random.h"

#include <string.h>

static void
test_base64url_round_trip (void)
{
  guint8 octets[40];

  for (gsize len = 0; len < sizeof octets; len++) {
    mado_random (octets, sizeof octets);
    g_autofree char *text = mado_base64url (octets, len);
    g_autoptr (GBytes) again = mado_base64url_decode (text);
    g_assert_null (strpbrk (text, "+/="));
    g_assert_nonnull (again);
    g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), octets, len);
  }
}

static void
test_base64url_refuses (void)
{
  static const char *const cases[] = { "A", "AA==", "AB", "A+", "A/", "A A", "AAAAA" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_null (mado_base64url_decode (cases[i]));
}

static void
test_clock_is_japans (void)
{
  g_autofree char *text = mado_clock_format (0);
  g_autofree char *day = mado_clock_day (15 * 3600 - 1);
  g_autofree char *next = mado_clock_day (15 * 3600);
  gint64           seconds = 7;

  g_assert_cmpstr (text, ==, "1970-01-01T09:00:00+09:00");
  g_assert_cmpstr (day, ==, "1970-01-01");
  g_assert_cmpstr (next, ==, "1970-01-02");
  g_assert_true (mado_clock_parse ("2026-11-20T09:00:00+09:00", &seconds));
  g_assert_cmpint (seconds, ==, 1795132800);
  g_assert_false (mado_clock_parse ("2026-11-20", &seconds));
  g_assert_cmpint (seconds, ==, 1795132800);
}

static void
test_clock_takes_rfc_3339_alone (void)
{
  static const char *const good[]
      = { "1970-01-01T09:00:00+09:00", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.999Z" };
  static const char *const bad[] = { "",
                                     "1970-01-01T00:00:00",
                                     "19700101T000000Z",
                                     "1970-W01-4T00:00:00Z",
                                     "1970-001T00:00:00Z",
                                     "1970-01-01T09:00:00+09",
                                     "1970-01-01T00:00Z",
                                     "1970-13-01T00:00:00Z",
                                     "1970-02-30T00:00:00Z",
                                     "1970-01-01T00:00:00Z\n",
                                     "\xFF" };
  gint64                   seconds = 7;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%u", i);
    g_assert_false (mado_clock_parse (bad[i], &seconds));
    g_assert_cmpint (seconds, ==, 7);
  }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++) {
    g_assert_true (mado_clock_parse (good[i], &seconds));
    g_assert_cmpint (seconds, ==, 0);
  }
}

static void
test_fixed_clock_stands_until_moved (void)
{
  g_autoptr (MadoClock) clock = mado_clock_new_fixed (1500);

  g_assert_cmpint (mado_clock_now_ms (clock), ==, 1500);
  g_assert_cmpint (mado_clock_now (clock), ==, 1);
  mado_clock_move (clock, -1500);
  g_assert_cmpint (mado_clock_now_ms (clock), ==, 0);
}

static void
test_uuid7_holds_its_time (void)
{
  g_autofree char *early = mado_uuid7 (1000);
  g_autofree char *late = mado_uuid7 (2000);
  guint8           octets[16];

  g_assert_true (mado_uuid_is_valid (early));
  g_assert_true (g_str_has_prefix (early, "00000000-03e8-7"));
  g_assert_cmpstr (early, <, late);
  mado_uuid_to_octets (late, octets);
  g_autofree char *again = mado_uuid_from_octets (octets);
  g_assert_cmpstr (again, ==, late);
  g_assert_false (mado_uuid_is_valid ("0192F3A2-0000-7000-8000-000000000000"));
  g_assert_false (mado_uuid_is_valid (""));
}

static void
test_sha256 (void)
{
  guint8 whole[MADO_SHA256_LEN];
  guint8 pieces[MADO_SHA256_LEN];

  mado_sha256 ("abc", 3, whole);
  mado_sha256_of (pieces, "a", (gsize)1, "bc", (gsize)2, NULL);
  g_assert_cmpmem (whole, sizeof whole, pieces, sizeof pieces);
  g_autofree char *hex = mado_octets_to_hex (MADO_OCTETS (whole, sizeof whole));
  g_assert_cmpstr (hex, ==, "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD");
}

static void
test_failures_are_whole_and_distinct (void)
{
  g_autoptr (GHashTable) codes = g_hash_table_new (g_str_hash, g_str_equal);

  for (int failure = 0; failure < MADO_FAILURE_LAST_ENTRY; failure++) {
    const char *code = mado_failure_code (failure);
    g_assert_true (g_str_has_prefix (code, "MADO_"));
    g_assert_true (g_hash_table_add (codes, (gpointer)code));
    g_assert_cmpint (mado_failure_from_code (code), ==, failure);
    g_assert_nonnull (mado_failure_slip (failure));
    g_assert_cmpint (mado_failure_exit_status (failure), <=, 15);
  }
  g_assert_cmpint (mado_failure_from_code ("MADO_NEVER_HEARD"), ==, MADO_FAILURE_INTERNAL);
  g_assert_cmpint (mado_failure_exit_status (MADO_FAILURE_PIN_WRONG), ==, 6);
}

static void
test_person_as_json (void)
{
  g_autoptr (MadoPerson) person = mado_person_new ();
  guint position = 1;

  g_free (person->name);
  person->name = g_strdup ("見本　花子");
  person->sex = MADO_SEX_FEMALE;
  g_array_append_val (person->name_substituted, position);
  g_autoptr (MadoPerson) copy = mado_person_copy (person);
  g_autoptr (JsonObject) object = mado_person_to_json (copy, "sign");
  g_autofree char *text = mado_json_canonical_object (object);
  g_assert_cmpstr (text, ==,
                   "{\"address\":\"\",\"birth_date\":\"0000-00-00\",\"name\":\"見本　花子\","
                   "\"sex\":\"female\",\"source\":\"sign\","
                   "\"substituted\":{\"address\":[],\"name\":[1]}}");
}

static void
test_unasked_is_not_checked (void)
{
  MadoAnswer     answer = { 0 };
  MadoRevocation revocation = { 0 };

  g_assert_cmpstr (mado_answer_name (answer), ==, "not-checked");
  g_assert_cmpstr (mado_revocation_name (revocation), ==, "not-checked");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/base64url/round-trip", test_base64url_round_trip);
  g_test_add_func ("/base/base64url/refuses", test_base64url_refuses);
  g_test_add_func ("/base/clock/is-japans", test_clock_is_japans);
  g_test_add_func ("/base/clock/takes-rfc-3339-alone", test_clock_takes_rfc_3339_alone);
  g_test_add_func ("/base/clock/fixed-stands-until-moved", test_fixed_clock_stands_until_moved);
  g_test_add_func ("/base/random/uuid7-holds-its-time", test_uuid7_holds_its_time);
  g_test_add_func ("/base/digest/sha256", test_sha256);
  g_test_add_func ("/base/failure/whole-and-distinct", test_failures_are_whole_and_distinct);
  g_test_add_func ("/base/person/as-json", test_person_as_json);
  g_test_add_func ("/base/answer/unasked-is-not-checked", test_unasked_is_not_checked);
  return g_test_run ();
}
