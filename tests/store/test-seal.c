#include "app/store/seal.h"

#include "app/store/error.h"
#include "tests/store/people.h"

#define APPLICATION "0192f3a2-7b11-7c22-8d33-0e44f5566778"

static const guint8 key[MADO_KEY_LEN] = "0123456789abcdef0123456789abcdef";

static GBytes *
seal_person (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = submitted_body ();
  GBytes *sealed = mado_seal_body (key, APPLICATION, 1, "submitted", body, &error);

  g_assert_no_error (error);
  return sealed;
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) sealed = seal_person ();
  g_autoptr (JsonObject) wanted = submitted_body ();
  g_autoptr (JsonObject) body = mado_unseal_body (key, APPLICATION, 1, "submitted", sealed, &error);

  g_assert_no_error (error);
  g_autofree char *left = mado_json_canonical_object (body);
  g_autofree char *right = mado_json_canonical_object (wanted);
  g_assert_cmpstr (left, ==, right);
}

static void
test_form (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) empty = json_object_new ();
  g_autoptr (GBytes) sealed = mado_seal_body (key, APPLICATION, 2, "accepted", empty, &error);
  g_autoptr (GBytes) again = mado_seal_body (key, APPLICATION, 2, "accepted", empty, &error);
  const guint8 *octets = g_bytes_get_data (sealed, NULL);

  /* 01, nonce, mark and "{}", tag; and never the same nonce twice */
  g_assert_cmpuint (g_bytes_get_size (sealed), ==, 1 + 12 + 3 + 16);
  g_assert_cmpuint (octets[0], ==, 1);
  g_assert_false (g_bytes_equal (sealed, again));
}

static void
test_long_body_is_deflated (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *text = g_strnfill (20000, 'a');

  json_object_set_string_member (body, "evidence", text);
  g_autoptr (GBytes) sealed = mado_seal_body (key, APPLICATION, 1, "submitted", body, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (sealed), <, 1000);
  g_autoptr (JsonObject) opened
      = mado_unseal_body (key, APPLICATION, 1, "submitted", sealed, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (mado_json_string (opened, "evidence"), ==, text);
}

static void
test_too_long_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *text = g_strnfill (MADO_BODY_MAX, 'a');

  json_object_set_string_member (body, "evidence", text);
  g_assert_null (mado_seal_body (key, APPLICATION, 1, "submitted", body, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
}

static void
assert_closed (
    const guint8 *with, const char *application, gint64 seq, const char *type, GBytes *sealed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_unseal_body (with, application, seq, type, sealed, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
}

static void
test_opens_only_in_its_place (void)
{
  static const guint8 other[MADO_KEY_LEN] = "0123456789abcdef0123456789abcdeF";
  g_autoptr (GBytes) sealed = seal_person ();

  assert_closed (other, APPLICATION, 1, "submitted", sealed);
  assert_closed (key, "0192f3a2-7b11-7c22-8d33-0e44f5566779", 1, "submitted", sealed);
  assert_closed (key, APPLICATION, 2, "submitted", sealed);
  assert_closed (key, APPLICATION, 1, "amended", sealed);
}

static void
test_every_flipped_bit_shows (void)
{
  g_autoptr (GBytes) sealed = seal_person ();
  gsize len = g_bytes_get_size (sealed);

  for (gsize bit = 0; bit < len * 8; bit++) {
    g_autofree guint8 *octets = g_memdup2 (g_bytes_get_data (sealed, NULL), len);
    octets[bit / 8] ^= (guint8)(1 << bit % 8);
    g_autoptr (GBytes) flipped = g_bytes_new (octets, len);
    assert_closed (key, APPLICATION, 1, "submitted", flipped);
  }
  for (gsize shorter = 0; shorter < len; shorter++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (sealed, 0, shorter);
    assert_closed (key, APPLICATION, 1, "submitted", cut);
  }
}

static void
test_wrap (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) kek = test_kek (1);
  g_autoptr (GBytes) other = test_kek (2);
  g_autoptr (GBytes) wrapped = mado_wrap_key (kek, APPLICATION, key);
  guint8 opened[MADO_KEY_LEN];

  g_assert_true (mado_unwrap_key (kek, APPLICATION, wrapped, opened, &error));
  g_assert_cmpmem (opened, sizeof opened, key, sizeof key);
  g_assert_false (mado_unwrap_key (other, APPLICATION, wrapped, opened, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (mado_unwrap_key (kek, "another", wrapped, opened, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/seal/what-goes-in-comes-out", test_round_trip);
  g_test_add_func ("/store/seal/version-nonce-text-tag", test_form);
  g_test_add_func ("/store/seal/a-long-body-is-deflated", test_long_body_is_deflated);
  g_test_add_func ("/store/seal/too-long-is-refused", test_too_long_is_refused);
  g_test_add_func ("/store/seal/opens-only-in-its-place", test_opens_only_in_its_place);
  g_test_add_func ("/store/seal/every-flipped-bit-shows", test_every_flipped_bit_shows);
  g_test_add_func ("/store/seal/a-key-opens-under-its-kek-only", test_wrap);
  return g_test_run ();
}
