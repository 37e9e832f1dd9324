/* What the virtual card answers, octet by octet. */
#include "app/base/octets.h"
#include "tests/card/rehearsal.h"
#include <openssl/evp.h>
#include <openssl/x509.h>

#define SELECT_JPKI "00A4040C0AD392F000260100000001"
#define SELECT_TEXT "00A4040C0AD3921000310001010408"

/* Sends @command and compares with @answer, in which "*" stands for the rest. */
static void
expect (MadoSimCard *card, const char *command, const char *answer)
{
  g_autoptr (GBytes) octets = mado_octets_from_hex (command);
  g_autoptr (GByteArray) got = NULL;
  g_autofree char *hex = NULL;

  g_assert_nonnull (octets);
  got = mado_sim_card_transmit (card, g_bytes_get_data (octets, NULL), g_bytes_get_size (octets));
  hex = mado_octets_to_hex (MADO_OCTETS (got->data, got->len));
  if (g_str_has_suffix (answer, "*"))
    g_assert_true (strncmp (hex, answer, strlen (answer) - 1) == 0);
  else
    g_assert_cmpstr (hex, ==, answer);
}

/* Pairs of command and answer, closed by NULL. */
static void
expect_all (MadoSimCard *card, const char *const *lines)
{
  for (; *lines != NULL; lines += 2)
    expect (card, lines[0], lines[1]);
}

static MadoSimCard *
powered (const char *name)
{
  MadoSimCard *card = mado_rehearsal_card (name);

  mado_sim_card_power (card, MADO_SIM_POWER_ON);
  return card;
}

static void
test_select (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    "00A4020C020006",
    "6986", /* no application yet */
    "00A4000C023F00",
    "6A86", /* P1=00 after reset */
    "00A4040C07A0000001510000",
    "6A82",
    "00A4040C09D392F0002601000000",
    "6A82", /* cut short */
    SELECT_JPKI,
    "9000",
    "00A404000AD392F00026010000000100",
    "6F0C840AD392F0002601000000019000",
    "00A4000C023F00",
    "9000", /* P1=00 inside an application: without effect */
    "00A4020C02FFFF",
    "6A82",
    "00A4020C0106",
    "6700",
    "00A40200020006",
    "6A86",
    "00A4030C020006",
    "6A86",
    "00A4020C020006",
    "9000",
    NULL,
  };

  expect_all (card, lines);
}

static void
test_label (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");

  expect (card, SELECT_JPKI, "9000");
  expect (card, "00A4020C020006", "9000");
  expect (card, "00B000000F", "4A504B494150494343544F4B454E329000"); /* JPKIAPICCTOKEN2 */
  expect (card, "00B0000F02", "20209000");
}

static void
test_read (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    "00B0000004",
    "6986", /* nothing selected */
    SELECT_JPKI,
    "9000",
    "00B0000004",
    "6986",
    "00A4020C020008",
    "9000",
    "00B0000003",
    "8F8F009000",
    "00B0000000",
    "8F8F009000", /* clipped at the end */
    "00B0000105",
    "8F009000", /* from inside */
    "00B0000300",
    "6B00",
    "00B0",
    "6700",
    "00B00000",
    "6700",
    "00B0000000000001",
    "6700", /* extended */
    "00B0860004",
    "4A504B499000", /* by short id, which makes it current */
    "00B0000104",
    "504B49419000",
    "00B09F0004",
    "6A82",
    "00A4020C020017",
    "9000",
    "00B0000004",
    "6981", /* a key */
    "00A4020C020001",
    "9000",
    "00B0000004",
    "6982", /* the signing certificate before its password */
    NULL,
  };

  expect_all (card, lines);
}

static void
test_certificate_ends_in_filler (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  g_autoptr (GBytes) der = mado_rehearsal_file ("adult", "auth.der");
  gsize         len;
  const guint8 *octets = g_bytes_get_data (der, &len);

  expect (card, SELECT_JPKI, "9000");
  expect (card, "00A4020C02000A", "9000");
  for (gsize at = 0; at < len; at++) {
    g_autofree char *command = g_strdup_printf ("00B0%04X01", (guint)at);
    g_autofree char *answer = g_strdup_printf ("%02X9000", octets[at]);
    expect (card, command, answer);
  }
  {
    g_autofree char *command = g_strdup_printf ("00B0%04X02", (guint)len);
    expect (card, command, "FFFF9000");
  }
}

static void
test_pin_counts_down (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    "00200080",
    "6986",
    SELECT_JPKI,
    "9000",
    "00A4020C020018",
    "9000",
    "00200080",
    "63C3",
    "002000800439393939",
    "63C2",
    "0020008006414243313233",
    "63C1", /* another length costs a try all the same */
    "00200080",
    "63C1",
    "002000800431323334",
    "9000",
    "00200080",
    "63C3", /* never 9000, not even logged in */
    "002000800439393939",
    "63C2",
    "002000800439393939",
    "63C1",
    "002000800439393939",
    "63C0",
    "002000800431323334",
    "6984", /* the right one comes too late */
    "00200080",
    "63C0",
    "00A4020C020006",
    "9000",
    "00200080",
    "6981", /* no PIN */
    "0020009B",
    "63C5", /* by short id */
    "0020019B",
    "6A86",
    NULL,
  };

  expect_all (card, lines);
}

static void
test_wrong_pin_takes_login (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    SELECT_JPKI,
    "9000",
    "0020009B06414243313233",
    "9000",
    "00B0810002",
    "30829000",
    "0020009B06414243313234",
    "63C4",
    "00B0810002",
    "6982",
    NULL,
  };

  expect_all (card, lines);
}

static void
test_counters_outlive_power (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");

  expect (card, SELECT_JPKI, "9000");
  expect (card, "002000980431323335", "63C2");
  mado_sim_card_power (card, MADO_SIM_POWER_OFF);
  mado_sim_card_power (card, MADO_SIM_POWER_ON);
  expect (card, SELECT_JPKI, "9000");
  expect (card, "00200098", "63C2");
}

/* Whether the signing certificate is readable after @power, having logged in before. */
static void
expect_after (const char *profile, MadoSimPower power, const char *answer)
{
  g_autoptr (MadoSimCard) card = powered (profile);

  expect (card, SELECT_JPKI, "9000");
  expect (card, "0020009B06414243313233", "9000");
  mado_sim_card_power (card, power);
  expect (card, "00B0810002", "6986");
  expect (card, SELECT_JPKI, "9000");
  expect (card, "00B0810002", answer);
}

static void
test_what_ends_a_login (void)
{
  expect_after ("adult", MADO_SIM_RESET, "30829000");
  expect_after ("adult", MADO_SIM_POWER_OFF, "6982");
  expect_after ("reset-forgets", MADO_SIM_RESET, "6982");
}

static void
test_change (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    SELECT_JPKI,
    "9000",
    "00A4020C020018",
    "9000",
    "002401800435353535",
    "6982",
    "002000800431323334",
    "9000",
    "00240180053535353535",
    "6985",
    "002401800435353535",
    "9000",
    "002000800431323334",
    "63C2",
    "002000800435353535",
    "9000",
    NULL,
  };

  expect_all (card, lines);
}

static void
test_class_and_instruction (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    "01A4040C0AD392F000260100000001",
    "6881",
    "04A4040C0AD392F000260100000001",
    "6882",
    "90A4040C0AD392F000260100000001",
    "6E00",
    "00CA000000",
    "6D00",
    "80CA000000",
    "6D00",
    "00A4",
    "6700",
    "00A4040C0AD392",
    "6700",
    SELECT_JPKI,
    "9000",
    "002A009701AA00",
    "6E00", /* SIGN wants class 80 */
    "0084000008",
    "*",
    "0084000108",
    "6A86",
    NULL,
  };

  expect_all (card, lines);
}

/* --- signatures --- */

static void
test_sign_refusals (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  g_autofree char  *long_one = g_strdup_printf ("802A0080F6%0492d00", 0); /* 246 octets */
  const char *const lines[] = {
    SELECT_JPKI,
    "9000",
    "802A008001AA00",
    "6986",
    "00A4020C020017",
    "9000",
    "802A008001AA00",
    "6982",
    "0020009B06414243313233",
    "9000", /* the other use's PIN */
    "802A009701AA00",
    "6982",
    "002000980431323334",
    "9000",
    "802A009700",
    "6700",
    "802A009701AA",
    "6700",
    "802A019701AA00",
    "6A86",
    "802A009801AA00",
    "6981",
    NULL,
  };

  expect_all (card, lines);
  expect (card, "00A4020C020017", "9000");
  expect (card, long_one, "6985");
}

/* What @signature holds under the key of @der, its padding taken away. */
static GByteArray *
recover (GBytes *der, const guint8 *signature)
{
  const unsigned char *at = g_bytes_get_data (der, NULL);
  X509                *cert = d2i_X509 (NULL, &at, (long)g_bytes_get_size (der));
  EVP_PKEY_CTX        *context = EVP_PKEY_CTX_new (X509_get0_pubkey (cert), NULL);
  guint8               content[256];
  size_t               len = sizeof content;

  g_assert_cmpint (EVP_PKEY_verify_recover_init (context), ==, 1);
  g_assert_cmpint (EVP_PKEY_verify_recover (context, content, &len, signature, 256), ==, 1);
  EVP_PKEY_CTX_free (context);
  X509_free (cert);
  return g_byte_array_append (g_byte_array_new (), content, (guint)len);
}

static void
sign_and_recover (MadoSimCard *card, const char *key, guint len, const char *cert)
{
  g_autoptr (GBytes) der = mado_rehearsal_file ("adult", cert);
  g_autofree char *content = g_strnfill (2 * len, '7');
  g_autofree char *hex = g_strdup_printf ("802A00%s%02X%s00", key, len, content);
  g_autoptr (GBytes) command = mado_octets_from_hex (hex);
  g_autoptr (GByteArray) answer
      = mado_sim_card_transmit (card, g_bytes_get_data (command, NULL), g_bytes_get_size (command));
  g_autoptr (GByteArray) recovered = NULL;
  g_autofree char *got = NULL;

  g_assert_cmpuint (answer->len, ==, 258);
  recovered = recover (der, answer->data);
  got = mado_octets_to_hex (MADO_OCTETS (recovered->data, recovered->len));
  g_assert_cmpstr (got, ==, content);
}

static void
test_signature_is_the_certificates (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");

  expect (card, SELECT_JPKI, "9000");
  expect (card, "0020009B06414243313233", "9000");
  expect (card, "002000980431323334", "9000");
  sign_and_recover (card, "9A", 51, "sign.der");
  sign_and_recover (card, "9A", 245, "sign.der"); /* one login, several signatures */
  sign_and_recover (card, "97", 1, "auth.der");
}

/* --- the text application --- */

static void
test_basic_four (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    SELECT_TEXT,
    "9000",
    "00A4020C020002",
    "9000",
    "00B0000003",
    "6982",
    "00A4020C020011",
    "9000",
    "00200080",
    "63C3",
    "002000800431323334",
    "9000",
    "00A4020C020002",
    "9000",
    "00B0000012",
    "FF205FDF2108000E00200053005EDF220FE89000", /* lengths of adult.card */
    "00B0005311",
    "DF24083139393030313032DF250132FFFF9000",
    NULL,
  };

  expect_all (card, lines);
}

static void
test_long_form_of_the_basic_four (void)
{
  g_autoptr (MadoSimCard) card = powered ("big-certificate");
  const char *const lines[] = {
    SELECT_TEXT, "9000", "002000910431323334", "9000", "00B0820005", "FF208201*", NULL,
  };

  expect_all (card, lines);
}

static void
test_text_keys (void)
{
  g_autoptr (MadoSimCard) card = powered ("adult");
  const char *const lines[] = {
    SELECT_TEXT, "9000", "00200092", "63C0", "002000920431323334", "6984", NULL,
  };

  expect_all (card, lines);
  g_assert_null (mado_sim_card_tripped (card));
}

/* --- the tripwire --- */

static void
expect_trip (const char *command, const char *what)
{
  g_autoptr (MadoSimCard) card = powered ("adult");

  expect (card, SELECT_TEXT, "9000");
  g_assert_null (mado_sim_card_tripped (card));
  expect (card, command, "*");
  g_assert_cmpstr (mado_sim_card_tripped (card), ==, what);
}

static void
test_tripwire (void)
{
  expect_trip ("00A4020C020001", "text AP EF 0001");
  expect_trip ("00A4020C020003", "text AP EF 0003");
  expect_trip ("00A4020C020014", "text AP EF 0014");
  expect_trip ("00B0810000", "text AP EF 0001");
  expect_trip ("00B0830000", "text AP EF 0003");
  expect_trip ("00200094", "text AP EF 0014");
  expect_trip ("00A4040C0AD3921000310001010402", "surface AP");
  expect_trip ("00A4040C0AD3921000310001010100", "common AP");
}

static void
test_tripwire_stays_silent (void)
{
  expect_trip ("00A4020C020002", NULL);
  expect_trip ("00A4040C0AD392F000260100000001", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/model/select", test_select);
  g_test_add_func ("/card/model/label", test_label);
  g_test_add_func ("/card/model/read", test_read);
  g_test_add_func ("/card/model/certificate-ends-in-filler", test_certificate_ends_in_filler);
  g_test_add_func ("/card/model/pin-counts-down", test_pin_counts_down);
  g_test_add_func ("/card/model/wrong-pin-takes-login", test_wrong_pin_takes_login);
  g_test_add_func ("/card/model/counters-outlive-power", test_counters_outlive_power);
  g_test_add_func ("/card/model/what-ends-a-login", test_what_ends_a_login);
  g_test_add_func ("/card/model/change", test_change);
  g_test_add_func ("/card/model/class-and-instruction", test_class_and_instruction);
  g_test_add_func ("/card/model/sign-refusals", test_sign_refusals);
  g_test_add_func ("/card/model/signature-is-the-certificates", test_signature_is_the_certificates);
  g_test_add_func ("/card/model/basic-four", test_basic_four);
  g_test_add_func ("/card/model/long-form-of-the-basic-four", test_long_form_of_the_basic_four);
  g_test_add_func ("/card/model/text-keys", test_text_keys);
  g_test_add_func ("/card/model/tripwire", test_tripwire);
  g_test_add_func ("/card/model/tripwire-stays-silent", test_tripwire_stays_silent);
  return g_test_run ();
}
