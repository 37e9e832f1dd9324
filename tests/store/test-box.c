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
  MadoBoxStart start = { 0 };

  mado_box_keypair_new (box->public_key, box->private_key);
  g_assert_true (mado_box_start (box->public_key, &start, &error));
  mado_box_finish (&start, APPLICATION, key, &box->epk, &box->boxed);
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
  MadoBoxStart start = { 0 };

  g_assert_false (mado_box_start (zero_point, &start, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  g_assert_false (start.is_ready);
}

/* Made by an earlier version; X25519, HKDF and AES-GCM of Python's cryptography open it as well. */
static void
test_box_of_old (void)
{
  static const guint8 private_key[]
      = { 0x66, 0xe4, 0x85, 0xf4, 0xb9, 0x8b, 0xbb, 0x9a, 0xc7, 0xc0, 0x22,
          0xd8, 0xac, 0xe1, 0x40, 0x5b, 0x49, 0xab, 0x6b, 0x51, 0xfc, 0xff,
          0x7f, 0xac, 0xa0, 0x00, 0x70, 0x40, 0xfd, 0xb2, 0x3b, 0x5f };
  static const guint8 epk[] = { 0x5a, 0x45, 0xde, 0x52, 0xee, 0xe5, 0x50, 0x09, 0xd4, 0x37, 0x19,
                                0x61, 0x8c, 0xdc, 0xb3, 0x7d, 0xd7, 0x2f, 0x26, 0x66, 0x27, 0x5b,
                                0x95, 0x39, 0x41, 0xe3, 0xd7, 0x1b, 0x0d, 0x38, 0xd9, 0x4a };
  static const guint8 boxed[]
      = { 0x1b, 0x68, 0xc2, 0x05, 0x0e, 0xdb, 0xd1, 0xe6, 0xa4, 0x92, 0x62, 0x67,
          0xe5, 0xe9, 0x72, 0xfe, 0x92, 0x14, 0x8a, 0xd4, 0x5b, 0xbe, 0xcd, 0x45,
          0x63, 0xe3, 0xc0, 0xb4, 0xb4, 0x91, 0x13, 0x91, 0xa2, 0x31, 0x0e, 0xbf,
          0xe2, 0x90, 0x8a, 0x07, 0x68, 0x0d, 0x88, 0x22, 0xd4, 0xa2, 0x2d, 0x23 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) epk_bytes = g_bytes_new (epk, sizeof epk);
  g_autoptr (GBytes) boxed_bytes = g_bytes_new (boxed, sizeof boxed);
  guint8 opened[MADO_KEY_LEN];

  g_assert_true (mado_unbox_key (private_key, APPLICATION, epk_bytes, boxed_bytes, opened, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (opened, sizeof opened, key, sizeof key);
}

static void
test_start_serves_once (void)
{
  g_autoptr (GError) error = NULL;
  guint8       public_key[2][32], private_key[2][32], epk[32];
  MadoBoxStart start = { 0 };

  for (guint i = 0; i < 2; i++)
    mado_box_keypair_new (public_key[i], private_key[i]);
  g_assert_true (mado_box_start (public_key[0], &start, &error));
  memcpy (epk, start.epk, sizeof epk);
  g_assert_true (mado_box_start (public_key[0], &start, &error)); /* ready: nothing to do */
  g_assert_cmpmem (start.epk, 32, epk, 32);
  g_assert_true (mado_box_start (public_key[1], &start, &error)); /* the centre has another key */
  g_assert_cmpint (memcmp (start.epk, epk, 32), !=, 0);
  Boxed box = { .epk = NULL };
  mado_box_finish (&start, APPLICATION, key, &box.epk, &box.boxed);
  g_assert_false (start.is_ready);
  guint8 opened[MADO_KEY_LEN];
  g_assert_true (mado_unbox_key (private_key[1], APPLICATION, box.epk, box.boxed, opened, &error));
  box_clear (&box);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/box/the-centre-opens-it", test_round_trip);
  g_test_add_func ("/store/box/nobody-else-does", test_other_pair_or_application);
  g_test_add_func ("/store/box/one-of-an-earlier-version", test_box_of_old);
  g_test_add_func ("/store/box/what-is-made-ahead-serves-once", test_start_serves_once);
  g_test_add_func ("/store/box/a-key-of-small-order-is-refused", test_small_order);
  return g_test_run ();
}
