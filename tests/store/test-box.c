#include "app/store/box.h"

#include "app/store/error.h"
#include "tests/store/people.h"

#define APPLICATION "0192f3a2-7b11-7c22-8d33-0e44f5566778"

static const guint8 key[MADO_KEY_LEN] = "0123456789abcdef0123456789abcdef";

typedef struct {
  guint8  public_key[MADO_BOX_KEY_LEN], private_key[MADO_BOX_KEY_LEN];
  GBytes *epk, *boxed;
} Boxed;

static void
box_up (Boxed *box)
{
  g_autoptr (GError) error = NULL;

  mado_box_keypair_new (box->public_key, box->private_key);
  g_assert_true (mado_box_key (box->public_key, APPLICATION, key, &box->epk, &box->boxed, &error));
  g_assert_no_error (error);
}

static void
box_clear (Boxed *box)
{
  g_bytes_unref (box->epk);
  g_bytes_unref (box->boxed);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  Boxed  box;
  guint8 opened[MADO_KEY_LEN];

  box_up (&box);
  g_assert_cmpuint (g_bytes_get_size (box.epk), ==, 32);
  g_assert_cmpuint (g_bytes_get_size (box.boxed), ==, 48);
  g_assert_true (mado_unbox_key (box.private_key, APPLICATION, box.epk, box.boxed, opened, &error));
  g_assert_cmpmem (opened, sizeof opened, key, sizeof key);
  box_clear (&box);
}

static void
test_other_pair_or_application (void)
{
  g_autoptr (GError) error = NULL;
  Boxed  box;
  guint8 opened[MADO_KEY_LEN], other_public[32], other_private[32];

  box_up (&box);
  mado_box_keypair_new (other_public, other_private);
  g_assert_false (mado_unbox_key (other_private, APPLICATION, box.epk, box.boxed, opened, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_assert_false (mado_unbox_key (box.private_key, "0192f3a2-7b11-7c22-8d33-0e44f5566779", box.epk,
                                  box.boxed, opened, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  g_clear_error (&error);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (box.boxed, 0, 47);
  g_assert_false (mado_unbox_key (box.private_key, APPLICATION, box.epk, cut, opened, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  box_clear (&box);
}

/* A point of small order gives everybody the same secret (RFC 7748 §6.1). */
static void
test_small_order (void)
{
  static const guint8 zero_point[32];
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) epk = NULL;
  g_autoptr (GBytes) boxed = NULL;

  g_assert_false (mado_box_key (zero_point, APPLICATION, key, &epk, &boxed, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  g_assert_null (epk);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/box/the-centre-opens-it", test_round_trip);
  g_test_add_func ("/store/box/nobody-else-does", test_other_pair_or_application);
  g_test_add_func ("/store/box/a-key-of-small-order-is-refused", test_small_order);
  return g_test_run ();
}
