/* The JPKI application, octet for octet. */
#include "pcsc/error.h"
#include "pcsc/jpki.h"
#include "tests/lib/script.h"
#include "tests/lib/tape.h"

#include <string.h>

#define SELECT_AP "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01"
#define SELECT_AVAILABILITY "00 A4 02 0C 02 00 08"
#define SELECT_AUTH_CERT "00 A4 02 0C 02 00 0A"
#define SELECT_SIGN_KEY "00 A4 02 0C 02 00 1A"
#define SIGN                                                                                       \
  "80 2A 00 80 33 30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20"                        \
  "00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E "  \
  "1F"                                                                                             \
  "00"

typedef struct {
  MadoScript *script;
  MadoCard   *card;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  (void)data;
  fixture->script = mado_script_new ();
  fixture->card = mado_card_new (mado_script_transport (fixture->script), NULL);
  mado_script_expect (fixture->script, SELECT_AP, "9000");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_card_free (fixture->card);
  mado_script_finish (fixture->script);
}

/* --- EF 0008 --- */

static void
test_certificates_there (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *answer;
    gboolean    sign, auth;
  } rows[] = {
    { "8F 8F 00 9000", TRUE, TRUE },  { "00 8F 00 9000", FALSE, TRUE },
    { "8F 00 00 9000", TRUE, FALSE }, { "00 00 00 9000", FALSE, FALSE },
    { "FF 8F 00 9000", FALSE, TRUE },
  };

  (void)data;
  mado_script_expect (fixture->script, SELECT_AVAILABILITY, "9000");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gboolean has = 99;

    mado_script_expect (fixture->script, "00 B0 00 00 03", rows[i].answer);
    g_assert_true (mado_jpki_has_cert (fixture->card, MADO_JPKI_SIGN, &has, NULL));
    g_assert_cmpint (has, ==, rows[i].sign);
    mado_script_expect (fixture->script, "00 B0 00 00 03", rows[i].answer);
    g_assert_true (mado_jpki_has_cert (fixture->card, MADO_JPKI_AUTH, &has, NULL));
    g_assert_cmpint (has, ==, rows[i].auth);
  }
}

static void
test_availability_torn_or_refused (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "9000", "8F 9000", "8F 8F 9000", "6982", "6B00" };

  (void)data;
  mado_script_expect (fixture->script, SELECT_AVAILABILITY, "9000");
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (GError) error = NULL;
    gboolean has;

    mado_script_expect (fixture->script, "00 B0 00 00 03", answers[i]);
    g_assert_false (mado_jpki_has_cert (fixture->card, MADO_JPKI_SIGN, &has, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  }
}

static void
test_no_availability_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean has = FALSE;

  (void)data;
  mado_script_expect (fixture->script, SELECT_AVAILABILITY, "6A82");
  g_assert_true (mado_jpki_has_cert (fixture->card, MADO_JPKI_SIGN, &has, &error));
  g_assert_true (has);
}

/* --- certificates --- */

/* A file that begins like a certificate of @total octets and is filled up with FF. */
static GByteArray *
file_of (gsize total, gsize filler)
{
  GByteArray *file = g_byte_array_new ();
  gsize       content = total - 4;

  g_byte_array_set_size (file, (guint)(total + filler));
  memset (file->data, 0xFF, total + filler);
  for (gsize i = 0; i < total; i++)
    file->data[i] = (guint8)(i * 7 + i / 256);
  file->data[0] = 0x30;
  file->data[1] = 0x82;
  file->data[2] = (guint8)(content >> 8);
  file->data[3] = (guint8)content;
  return file;
}

/* The reads for the first @total octets of @file; how many there were. */
static guint
expect_reads (MadoScript *script, const GByteArray *file, gsize total)
{
  guint reads = 0;

  for (gsize offset = 0; offset < total; offset += 256, reads++) {
    gsize            want = reads == 0 ? 256 : MIN (256, total - offset);
    gsize            got = MIN (want, file->len - offset);
    g_autofree char *read = g_strdup_printf ("00 B0 %04X %02X", (guint)offset, (guint)want & 0xFF);

    mado_script_expect_data (script, read, file->data + offset, got, 0x9000);
  }
  return reads;
}

/* Exactly the certificate, in as few reads as can be: 8 for 2,048 octets. */
static void
test_certificate_of_every_length (void)
{
  static const gsize totals[] = { 4,   5,    127,  131,  255,  256,  257,  511,  512,
                                  513, 1301, 1767, 2047, 2048, 2049, 4096, 8191, 8192 };

  for (gsize i = 0; i < G_N_ELEMENTS (totals); i++) {
    g_autoptr (GByteArray) file = file_of (totals[i], 300);
    g_autoptr (GBytes) cert = NULL;
    g_autoptr (GError) error = NULL;
    Fixture fixture;

    set_up (&fixture, NULL);
    mado_script_expect (fixture.script, SELECT_AUTH_CERT, "9000");
    g_assert_cmpuint (expect_reads (fixture.script, file, totals[i]), ==, (totals[i] + 255) / 256);
    cert = mado_jpki_read_cert (fixture.card, MADO_JPKI_AUTH, &error);
    g_assert_no_error (error);
    g_assert_cmpmem (g_bytes_get_data (cert, NULL), g_bytes_get_size (cert), file->data, totals[i]);
    tear_down (&fixture, NULL);
  }
}

/* The card ends the file at the certificate's last octet, or has short pieces on the way. */
static void
test_certificate_in_short_pieces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) file = file_of (700, 0);
  g_autoptr (GBytes) cert = NULL;
  g_autoptr (GError) error = NULL;
  MadoScript *script = fixture->script;

  (void)data;
  mado_script_expect (script, SELECT_AUTH_CERT, "9000");
  mado_script_expect_data (script, "00 B0 00 00 00", file->data, 200, 0x9000);
  mado_script_expect_data (script, "00 B0 00 C8 00", file->data + 200, 1, 0x9000);
  mado_script_expect_data (script, "00 B0 00 C9 00", file->data + 201, 256, 0x9000);
  mado_script_expect_data (script, "00 B0 01 C9 F3", file->data + 457, 243, 0x9000);
  cert = mado_jpki_read_cert (fixture->card, MADO_JPKI_AUTH, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (cert, NULL), g_bytes_get_size (cert), file->data, 700);
}

/* After the first @good reads of a certificate of 700 octets comes @answer. */
static void
assert_torn (guint good, const char *answer, int code)
{
  g_autoptr (GByteArray) file = file_of (700, 0);
  g_autoptr (GError) error = NULL;
  static const char *const reads[] = { "00 B0 00 00 00", "00 B0 01 00 00", "00 B0 02 00 BC" };
  Fixture                  fixture;

  set_up (&fixture, NULL);
  mado_script_expect (fixture.script, SELECT_AUTH_CERT, "9000");
  for (guint i = 0; i < good; i++)
    mado_script_expect_data (fixture.script, reads[i], file->data + 256 * i, 256, 0x9000);
  if (answer != NULL)
    mado_script_expect (fixture.script, reads[good], answer);
  else
    mado_script_expect_failure (fixture.script, reads[good], (MadoPcscError)code);
  g_assert_null (mado_jpki_read_cert (fixture.card, MADO_JPKI_AUTH, &error));
  g_assert_error (error, MADO_PCSC_ERROR, code);
  tear_down (&fixture, NULL);
}

static void
test_torn_certificate_is_none (void)
{
  static const char *const answers[]
      = { "9000", "6B00", "6982", "6A82", "6986", "6282", "AA BB CC 6282", "6F00", "63C3", "9001" };

  for (guint good = 0; good < 3; good++) {
    for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
      assert_torn (good, answers[i], MADO_PCSC_ERROR_PROTOCOL);
    assert_torn (good, "", MADO_PCSC_ERROR_CARD_REMOVED);
    assert_torn (good, NULL, MADO_PCSC_ERROR_CARD_REMOVED);
    assert_torn (good, NULL, MADO_PCSC_ERROR_TIMEOUT);
  }
}

static void
test_no_certificate_by_its_first_octets (Fixture *fixture, gconstpointer data)
{
  static const char *const heads[] = {
    "FF FF FF FF 9000", /* filler */
    "00 00 00 00 9000",    "31 82 01 00 9000", "30 9000",
    "30 82 9000",          "30 82 05 9000",    "30 80 00 00 9000", /* indefinite length */
    "30 83 00 01 00 9000",                                         /* three octets of length */
    "30 82 1F FD 9000",                                            /* 8,193 octets */
    "30 82 FF FF 9000",
  };

  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH_CERT, "9000");
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autoptr (GError) error = NULL;

    mado_script_expect (fixture->script, "00 B0 00 00 00", heads[i]);
    g_assert_null (mado_jpki_read_cert (fixture->card, MADO_JPKI_AUTH, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  }
}

static void
test_no_certificate_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH_CERT, "6A82");
  g_assert_null (mado_jpki_read_cert (fixture->card, MADO_JPKI_AUTH, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_CERTIFICATE);
}

/* --- signature --- */

static GBytes *
sign (Fixture *fixture, GError **error)
{
  guint8 digest[32];

  for (guint8 i = 0; i < sizeof digest; i++)
    digest[i] = i;
  return mado_jpki_sign (fixture->card, MADO_JPKI_SIGN, digest, error);
}

static void
test_sign (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) signature = NULL;
  guint8 octets[256];

  (void)data;
  memset (octets, 0x5A, sizeof octets);
  mado_script_expect (fixture->script, SELECT_SIGN_KEY, "9000");
  mado_script_expect_data (fixture->script, SIGN, octets, sizeof octets, 0x9000);
  signature = sign (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (signature, NULL), g_bytes_get_size (signature), octets, 256);
}

static void
test_signature_of_another_length (Fixture *fixture, gconstpointer data)
{
  static const gsize lens[] = { 0, 1, 128, 255 };
  guint8             octets[256] = { 0 };

  (void)data;
  mado_script_expect (fixture->script, SELECT_SIGN_KEY, "9000");
  for (gsize i = 0; i < G_N_ELEMENTS (lens); i++) {
    g_autoptr (GError) error = NULL;

    mado_script_expect_data (fixture->script, SIGN, octets, lens[i], 0x9000);
    g_assert_null (sign (fixture, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  }
}

/* Every status word but 9000, and 61xx and 6Cxx, which ask for more. */
static void
test_signature_refused (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_script_expect (fixture->script, SELECT_SIGN_KEY, "9000");
  for (guint status = 0x6000; status <= 0x9FFF; status++) {
    g_autofree char *answer = g_strdup_printf ("%04X", status);
    g_autoptr (GError) error = NULL;

    if (status == 0x9000 || status >> 8 == 0x61 || status >> 8 == 0x6C)
      continue;
    mado_script_expect (fixture->script, SIGN, answer);
    g_assert_null (sign (fixture, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  }
}

static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  mado_script_expect (fixture->script, SELECT_SIGN_KEY, "6A82");
  g_assert_null (sign (fixture, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_CERTIFICATE);
}

/* --- the application --- */

static void
test_select (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void)data;
  g_assert_true (mado_jpki_select (fixture->card, &error));
  g_assert_true (mado_jpki_select (fixture->card, &error));
  g_assert_cmpuint (mado_script_count (fixture->script), ==, 1);
}

static void
test_card_without_the_application (void)
{
  MadoScript *script = mado_script_new ();
  g_autoptr (MadoCard) card = mado_card_new (mado_script_transport (script), NULL);
  g_autoptr (GError) error = NULL;

  mado_script_expect (script, SELECT_AP, "6A82");
  g_assert_false (mado_jpki_select (card, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_WRONG_CARD);
  mado_card_free (g_steal_pointer (&card));
  mado_script_finish (script);
}

/* --- a recorded session --- */

static void
test_tape_of_a_signature (void)
{
  MadoScript *script = mado_tape_load (MADO_TEST_DATA "/pcsc/data/auth-sign.tape");
  MadoCard   *card = mado_card_new (mado_script_transport (script), NULL);
  g_autoptr (MadoSecret) pin = mado_secret_new (NULL);
  g_autoptr (GBytes) cert = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 digest[32] = { 1, 2, 3 };
  MadoCardKind kind;
  int          left;

  for (guint8 i = 0; i < 4; i++)
    mado_secret_push (pin, (guint8)('9' - i));
  g_assert_true (mado_card_recognise (card, &kind, &error));
  g_assert_cmpint (kind, ==, MADO_CARD_MY_NUMBER);
  cert = mado_jpki_read_cert (card, MADO_JPKI_AUTH, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (cert), ==, 20);
  g_assert_true (mado_jpki_tries (card, MADO_JPKI_AUTH, &left, &error));
  g_assert_cmpint (left, ==, mado_jpki_tries_max (MADO_JPKI_AUTH));
  g_assert_true (mado_jpki_verify_pin (card, MADO_JPKI_AUTH, pin, FALSE, NULL, &error));
  signature = mado_jpki_sign (card, MADO_JPKI_AUTH, digest, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (signature), ==, MADO_JPKI_SIGNATURE_LEN);
  mado_card_free (card);
  mado_script_finish (script);
}

#define ADD(name, test) g_test_add ("/pcsc/jpki/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("certificates-there", test_certificates_there);
  ADD ("availability-torn-or-refused", test_availability_torn_or_refused);
  ADD ("no-availability-file", test_no_availability_file);
  g_test_add_func ("/pcsc/jpki/certificate-of-every-length", test_certificate_of_every_length);
  ADD ("certificate-in-short-pieces", test_certificate_in_short_pieces);
  g_test_add_func ("/pcsc/jpki/torn-certificate-is-none", test_torn_certificate_is_none);
  ADD ("no-certificate-by-its-first-octets", test_no_certificate_by_its_first_octets);
  ADD ("no-certificate-file", test_no_certificate_file);
  ADD ("sign", test_sign);
  ADD ("signature-of-another-length", test_signature_of_another_length);
  ADD ("signature-refused", test_signature_refused);
  ADD ("no-key", test_no_key);
  ADD ("select", test_select);
  g_test_add_func ("/pcsc/jpki/card-without-the-application", test_card_without_the_application);
  g_test_add_func ("/pcsc/jpki/tape-of-a-signature", test_tape_of_a_signature);
  return g_test_run ();
}
