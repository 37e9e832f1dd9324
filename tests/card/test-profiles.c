/* Every profile is a card, and what it is for shows. */
#include "app/base/octets.h"
#include "tests/card/error.h"
#include "tests/card/profile.h"
#include "tests/card/rehearsal.h"
#include <openssl/x509v3.h>
#include <glib/gstdio.h>
#include <string.h>

/* The status word of @command in hexadecimal. */
static guint16
status_of (MadoSimCard *card, const char *command)
{
  g_autoptr (GBytes) octets = mado_octets_from_hex (command);
  g_autoptr (GByteArray) answer
      = mado_sim_card_transmit (card, g_bytes_get_data (octets, NULL), g_bytes_get_size (octets));

  return (guint16)(answer->data[answer->len - 2] << 8 | answer->data[answer->len - 1]);
}

static guint16
status_in_jpki (const char *profile, const char *command)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card (profile);

  mado_sim_card_power (card, MADO_SIM_POWER_ON);
  g_assert_cmphex (status_of (card, "00A4040C0AD392F000260100000001"), ==, 0x9000);
  return status_of (card, command);
}

static void
test_all_load (void)
{
  g_autoptr (GDir) folder = g_dir_open ("tests/card/profiles", 0, NULL);
  const char *file;
  guint       count = 0;

  while ((file = g_dir_read_name (folder)) != NULL) {
    g_autofree char *name = g_strndup (file, strlen (file) - strlen (".card"));
    g_autoptr (MadoSimCard) card = mado_rehearsal_card (name);
    g_assert_cmpuint (g_bytes_get_size (mado_sim_card_atr (card)), >=, 9);
    count++;
  }
  g_assert_cmpuint (count, >=, 16);
}

static void
test_pins (void)
{
  g_assert_cmphex (status_in_jpki ("one-try-left", "0020009B"), ==, 0x63C1);
  g_assert_cmphex (status_in_jpki ("blocked", "00200098"), ==, 0x63C0);
  g_assert_cmphex (status_in_jpki ("blocked", "002000980431323334"), ==, 0x6984);
  g_assert_cmphex (status_in_jpki ("blocked-6983", "002000980431323334"), ==, 0x6983);
}

static void
test_child_has_no_signing_half (void)
{
  g_assert_cmphex (status_in_jpki ("child", "00A4020C020001"), ==, 0x6A82);
  g_assert_cmphex (status_in_jpki ("child", "00A4020C02001B"), ==, 0x6A82);
  g_assert_cmphex (status_in_jpki ("child", "00B08A0004"), ==, 0x9000);
}

static void
test_phone_shows_nothing_before_the_pin (void)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card ("android");

  g_assert_cmphex (status_in_jpki ("android", "00B08A0004"), ==, 0x6982);
  g_assert_cmphex (status_of (card, "00A4040C0AD3921000310001010408"), ==, 0x6A82);
}

static void
test_not_ours (void)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card ("not-ours");

  g_assert_cmphex (status_of (card, "00A4040C0AD392F000260100000001"), ==, 0x6A82);
}

static void
test_first_command_fails_once (void)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card ("odd-6f00-once");

  g_assert_cmphex (status_of (card, "00A4040C0AD392F000260100000001"), ==, 0x6F00);
  g_assert_cmphex (status_of (card, "00A4040C0AD392F000260100000001"), ==, 0x9000);
}

static void
test_slow (void)
{
  g_autoptr (MadoSimCard) slow = mado_rehearsal_card ("slow");
  g_autoptr (MadoSimCard) adult = mado_rehearsal_card ("adult");

  g_assert_cmpuint (mado_sim_card_delay_ms (slow), >, 0);
  g_assert_cmpuint (mado_sim_card_delay_ms (adult), ==, 0);
}

static void
test_odd_status (void)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card ("odd-status");

  g_assert_cmphex (status_of (card, "00A4040C0AD392F000260100000001"), ==, 0x9000);
  g_assert_cmphex (status_of (card, "0020009B06414243313233"), ==, 0x9000);
  g_assert_cmphex (status_of (card, "802A009A01AA00"), ==, 0x6F42);
}

static void
test_shortened_aid (void)
{
  g_autoptr (MadoSimCard) contact = mado_rehearsal_card ("contact");
  g_autoptr (MadoSimCard) adult = mado_rehearsal_card ("adult");

  g_assert_cmphex (status_of (contact, "00A4040C05D392F00026"), ==, 0x9000);
  g_assert_cmphex (status_of (adult, "00A4040C05D392F00026"), ==, 0x6A82);
}

static void
test_big_certificate (void)
{
  g_autoptr (GBytes) der = mado_rehearsal_file ("big-certificate", "sign.der");

  g_assert_cmpuint (g_bytes_get_size (der), >, 2000);
  g_assert_cmpuint (g_bytes_get_size (der), <=, 2048);
}

/* --- certificates --- */

static X509 *
parse (const char *profile, const char *file)
{
  g_autoptr (GBytes) der = mado_rehearsal_file (profile, file);
  const unsigned char *at = g_bytes_get_data (der, NULL);
  X509                *cert = d2i_X509 (NULL, &at, (long)g_bytes_get_size (der));

  g_assert_nonnull (cert);
  return cert;
}

static gboolean
is_over (const char *profile)
{
  X509 *cert = parse (profile, "sign.der");
  int   order = X509_cmp_time (X509_get0_notAfter (cert), NULL);

  X509_free (cert);
  return order < 0;
}

static void
test_dates (void)
{
  g_assert_true (is_over ("expired"));
  g_assert_false (is_over ("adult"));
  g_assert_false (is_over ("revoked"));
}

/* Whether the signing certificate of @profile was signed by the root on the card of @other. */
static gboolean
was_signed_by (const char *profile, const char *other)
{
  X509    *cert = parse (profile, "sign.der"), *root = parse (other, "sign-ca.der");
  gboolean yes = X509_verify (cert, X509_get0_pubkey (root)) == 1;

  X509_free (cert);
  X509_free (root);
  return yes;
}

/* Path building by name alone must meet two roots of one name. */
static void
test_generations (void)
{
  X509 *older = parse ("neighbour", "sign-ca.der"), *newer = parse ("adult", "sign-ca.der");

  g_assert_cmpint (X509_NAME_cmp (X509_get_subject_name (older), X509_get_subject_name (newer)), ==,
                   0);
  g_assert_cmpint (
      ASN1_STRING_cmp (X509_get0_subject_key_id (older), X509_get0_subject_key_id (newer)), !=, 0);
  X509_free (older);
  X509_free (newer);
  g_assert_true (was_signed_by ("revoked", "adult"));
  g_assert_true (was_signed_by ("neighbour", "neighbour"));
  g_assert_false (was_signed_by ("neighbour", "adult"));
  g_assert_false (was_signed_by ("stranger", "adult"));
}

/* --- files that are no profile --- */

static void
expect_refused (const char *text)
{
  g_autofree char *folder = g_dir_make_tmp ("mado-profile-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "odd.card", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_null (mado_sim_profile_load (path, &error));
  g_assert_error (error, MADO_SIM_ERROR, MADO_SIM_ERROR_PROFILE);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_no_profile (void)
{
  expect_refused ("");
  expect_refused ("[card]\natr=3B\nlabel=x\napplications=\nodd=1\n");
  expect_refused ("[card]\natr=XY\napplications=\n");
  expect_refused ("[card]\natr=3B00\napplications=\n[sign]\nleft=1\n");
  expect_refused ("[card]\natr=3B00\napplications=\n[sign]\npin=ABC123\nleft=6\n");
  expect_refused ("[card]\natr=3B00\napplications=text\n");
  expect_refused ("[card]\nbased-on=odd\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/profiles/all-load", test_all_load);
  g_test_add_func ("/card/profiles/pins", test_pins);
  g_test_add_func ("/card/profiles/child-has-no-signing-half", test_child_has_no_signing_half);
  g_test_add_func ("/card/profiles/phone-shows-nothing-before-the-pin",
                   test_phone_shows_nothing_before_the_pin);
  g_test_add_func ("/card/profiles/not-ours", test_not_ours);
  g_test_add_func ("/card/profiles/first-command-fails-once", test_first_command_fails_once);
  g_test_add_func ("/card/profiles/slow", test_slow);
  g_test_add_func ("/card/profiles/odd-status", test_odd_status);
  g_test_add_func ("/card/profiles/shortened-aid", test_shortened_aid);
  g_test_add_func ("/card/profiles/big-certificate", test_big_certificate);
  g_test_add_func ("/card/profiles/dates", test_dates);
  g_test_add_func ("/card/profiles/generations", test_generations);
  g_test_add_func ("/card/profiles/no-profile", test_no_profile);
  return g_test_run ();
}
