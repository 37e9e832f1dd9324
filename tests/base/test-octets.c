#include "app/base/error.h"
#include "app/base/octets.h"

static void
test_takes_what_is_there (void)
{
  static const guint8 data[] = { 1, 2, 3, 4 };
  MadoOctets          octets = MADO_OCTETS (data, sizeof data);
  MadoOctets          part;
  guint16             two;
  guint8              one;

  g_assert_true (mado_octets_take_u8 (&octets, &one, NULL));
  g_assert_cmpuint (one, ==, 1);
  g_assert_true (mado_octets_take_u16 (&octets, &two, NULL));
  g_assert_cmpuint (two, ==, 0x0203);
  g_assert_true (mado_octets_take (&octets, 1, &part, NULL));
  g_assert_cmpuint (octets.len, ==, 0);
}

static void
test_never_past_the_end (void)
{
  static const guint8 data[] = { 1 };
  g_autoptr (GError) error = NULL;
  MadoOctets octets = MADO_OCTETS (data, sizeof data);
  guint16    two = 7;

  g_assert_false (mado_octets_take_u16 (&octets, &two, &error));
  g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_TRUNCATED);
  g_assert_cmpuint (octets.len, ==, 1);
  g_assert_cmpuint (two, ==, 7);
}

typedef struct {
  const char *hex;
  guint16     tag;
  gsize       len;
  gsize       rest;
} TlvCase;

static void
test_tlv (void)
{
  static const TlvCase cases[] = {
    { "0400", 0x04, 0, 0 },
    { "DF2203414243", 0xDF22, 3, 0 },
    { "FF208103AABBCC11", 0xFF20, 3, 1 },
    { "30820002AABB", 0x30, 2, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = mado_octets_from_hex (cases[i].hex);
    MadoOctets octets = mado_octets_of (bytes);
    MadoOctets value;
    guint16    tag;
    g_assert_true (mado_octets_take_tlv (&octets, &tag, &value, NULL));
    g_assert_cmpuint (tag, ==, cases[i].tag);
    g_assert_cmpuint (value.len, ==, cases[i].len);
    g_assert_cmpuint (octets.len, ==, cases[i].rest);
  }
}

static void
test_bad_tlv (void)
{
  /* nothing, no length, cut value, indefinite, too wide, endless tag, cut length */
  static const char *const cases[]
      = { "", "30", "3003AABB", "3080", "3085000000000100", "DFFF0100", "308201" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = mado_octets_from_hex (cases[i]);
    g_autoptr (GError) error = NULL;
    MadoOctets octets = mado_octets_of (bytes);
    MadoOctets value;
    guint16    tag;
    gsize      before = octets.len;
    g_assert_false (mado_octets_take_tlv (&octets, &tag, &value, &error));
    g_assert_nonnull (error);
    g_assert_cmpuint (octets.len, ==, before);
  }
}

static void
test_hex_round_trip (void)
{
  g_autoptr (GBytes) bytes = mado_octets_from_hex ("00ff7F");
  g_autofree char *hex = mado_octets_to_hex (mado_octets_of (bytes));

  g_assert_cmpstr (hex, ==, "00FF7F");
  g_assert_null (mado_octets_from_hex ("0"));
  g_assert_null (mado_octets_from_hex ("0G"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/octets/takes-what-is-there", test_takes_what_is_there);
  g_test_add_func ("/base/octets/never-past-the-end", test_never_past_the_end);
  g_test_add_func ("/base/octets/tlv", test_tlv);
  g_test_add_func ("/base/octets/bad-tlv-takes-nothing", test_bad_tlv);
  g_test_add_func ("/base/octets/hex-round-trip", test_hex_round_trip);
  return g_test_run ();
}
