/* The guard lets through what is on the list and nothing else. */
#include "pcsc/digestinfo.h"
#include "pcsc/error.h"
#include "pcsc/guard.h"
#include "tests/lib/hex.h"

#include <string.h>

static const MadoFile *const ours[] = {
  &MADO_FILE_TOKEN_INFO, &MADO_FILE_AVAILABILITY, &MADO_FILE_AUTH_CERT, &MADO_FILE_AUTH_PIN,
  &MADO_FILE_AUTH_KEY,   &MADO_FILE_SIGN_CERT,    &MADO_FILE_SIGN_PIN,  &MADO_FILE_SIGN_KEY,
  &MADO_FILE_TEXT_PIN,   &MADO_FILE_BASIC_FOUR,
};

#define SELECT_JPKI "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01"
#define SELECT_TEXT "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08"
#define INFO                                                                                       \
  "30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20"                                       \
  "00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E "  \
  "1F"

static gboolean
allows (MadoGuard guard, const char *hex)
{
  g_autoptr (GBytes) command = mado_test_octets (hex);
  g_autoptr (GError) error = NULL;
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (command, &len);
  gboolean      allowed = mado_guard_allows (&guard, data, len, &error);

  if (!allowed)
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_FORBIDDEN);
  return allowed;
}

static gboolean
allows_octets (MadoGuard guard, const guint8 *command, gsize len)
{
  return mado_guard_allows (&guard, command, len, NULL);
}

static MadoGuard
with (const MadoFile *file)
{
  return (MadoGuard){ file->ap, file, FALSE };
}

/* Sends @hex through and answers it with @status. */
static void
step (MadoGuard *guard, const char *hex, guint16 status)
{
  g_autoptr (GBytes) command = mado_test_octets (hex);
  g_autoptr (GError) error = NULL;
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (command, &len);

  g_assert_true (mado_guard_allows (guard, data, len, &error));
  g_assert_no_error (error);
  mado_guard_learn (guard, data, len, status);
}

static void
test_applications_by_whole_identifier (void)
{
  static const char *const forbidden[] = {
    "00 A4 04 0C 09 D3 92 F0 00 26 01 00 00 00",          /* a prefix */
    "00 A4 04 0C 05 D3 92 F0 00 26",                      /* a shorter one */
    "00 A4 04 0C 0B D3 92 F0 00 26 01 00 00 00 01 00",    /* longer */
    "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01 00",    /* with Le */
    "00 A4 04 00 0A D3 92 F0 00 26 01 00 00 00 01",       /* with FCI */
    "00 A4 04 02 0A D3 92 F0 00 26 01 00 00 00 01",       /* next occurrence */
    "01 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01",       /* another channel */
    "10 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01",       /* chained */
    "0C A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01",       /* secure messaging */
    "80 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01",       /* proprietary class */
    "00 A4 04 0C 00 00 0A D3 92 F0 00 26 01 00 00 00 01", /* extended length */
    "00 A4 04 0C 0B D3 92 F0 00 26 01 00 00 00 01",       /* Lc too long */
    "00 A4 04 0C 09 D3 92 F0 00 26 01 00 00 00 01",       /* Lc too short */
    "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 02",       /* surface */
    "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 01",       /* resident registration */
    "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 01 00",       /* common card */
    "00 A4 04 0C 07 A0 00 00 01 51 00 00",                /* issuer security domain */
    "00 A4 04 0C",
    "00 A4 04 0C 00",
    "00 A4 00 0C 02 3F 00",
    "00 A4 00 0C",
    "",
    "00",
    "00 A4",
    "00 A4 04",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++) {
    g_assert_false (allows ((MadoGuard){ 0 }, forbidden[i]));
    for (gsize file = 0; file < G_N_ELEMENTS (ours); file++)
      g_assert_false (allows (with (ours[file]), forbidden[i]));
  }
  g_assert_true (allows ((MadoGuard){ 0 }, SELECT_JPKI));
  g_assert_true (allows ((MadoGuard){ 0 }, SELECT_TEXT));
}

/* All 65,536 file identifiers, without an application and in each. */
static void
test_files_on_the_list_only (void)
{
  for (MadoAp ap = MADO_AP_NONE; ap <= MADO_AP_TEXT; ap++)
    for (guint id = 0; id <= 0xFFFF; id++) {
      const guint8 command[] = { 0x00, 0xA4, 0x02, 0x0C, 2, (guint8)(id >> 8), (guint8)id };
      gboolean     expected = FALSE;

      for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
        expected |= ours[i]->ap == ap && ours[i]->id == id;
      g_assert_cmpint (allows_octets ((MadoGuard){ ap, NULL, FALSE }, command, sizeof command), ==,
                       expected);
    }
}

static void
test_individual_number_is_out_of_reach (void)
{
  static const char *const files[] = { "0001", "0003", "0004", "0005", "0006", "0007",
                                       "0012", "0014", "0015", "0013", "2F01", "3F00" };
  const MadoGuard          text = { MADO_AP_TEXT, &MADO_FILE_TEXT_PIN, FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *select = g_strconcat ("00 A4 02 0C 02 ", files[i], NULL);
    g_assert_false (allows (text, select));
  }
}

static void
test_select_by_two_octets_only (void)
{
  static const char *const forbidden[] = {
    "00 A4 02 0C 01 06",    "00 A4 02 0C 03 00 06 00", "00 A4 02 0C 02 00 06 00",
    "00 A4 00 0C 02 00 06", "00 A4 01 0C 02 00 06",    "00 A4 08 0C 02 00 06",
    "00 A4 09 0C 02 00 06", "00 A4 02 00 02 00 06",    "00 A4 02 04 02 00 06",
    "01 A4 02 0C 02 00 06", "80 A4 02 0C 02 00 06",    "10 A4 02 0C 02 00 06",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_assert_false (allows ((MadoGuard){ MADO_AP_JPKI, NULL, FALSE }, forbidden[i]));
  g_assert_true (allows ((MadoGuard){ MADO_AP_JPKI, NULL, FALSE }, "00 A4 02 0C 02 00 06"));
}

static void
test_read_a_readable_file_only (void)
{
  g_assert_false (allows ((MadoGuard){ 0 }, "00 B0 00 00 00"));
  g_assert_false (allows ((MadoGuard){ MADO_AP_TEXT, NULL, FALSE }, "00 B0 00 00 00"));
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    g_assert_cmpint (allows (with (ours[i]), "00 B0 00 00 00"), ==,
                     ours[i]->use == MADO_FILE_READABLE);
}

/* P1 with the highest bit names a file by short identifier: one octet past the guard's table. */
static void
test_read_never_by_short_identifier (void)
{
  for (guint p1 = 0; p1 <= 0xFF; p1++) {
    const guint8 command[] = { 0x00, 0xB0, (guint8)p1, 0x00, 0x00 };
    g_assert_cmpint (allows_octets (with (&MADO_FILE_BASIC_FOUR), command, sizeof command), ==,
                     p1 < 0x20);
  }
}

static void
test_read_in_one_shape (void)
{
  static const char *const forbidden[] = {
    "00 B0 00 00",    "00 B0 00 00 00 00 00", "00 B0 00 00 01 00",
    "00 B1 00 00 00", "00 B2 01 0C 00",       "80 B0 00 00 00",
    "01 B0 00 00 00", "0C B0 00 00 00",       "00 B0 00 00 00 01",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_assert_false (allows (with (&MADO_FILE_AUTH_CERT), forbidden[i]));
}

/* Every class and instruction, with no data, with an Le and with data, on every file of ours. */
static void
test_no_other_instruction (void)
{
  guint forbidden = 0;

  for (guint cla = 0; cla <= 0xFF; cla++)
    for (guint ins = 0; ins <= 0xFF; ins++) {
      const guint8 command[] = { (guint8)cla, (guint8)ins, 0x00, 0x00, 0x04, '1', '2', '3', '4' };
      gboolean     read = cla == 0 && ins == 0xB0;

      for (gsize i = 0; i < G_N_ELEMENTS (ours); i++) {
        g_assert_false (allows_octets (with (ours[i]), command, 4));
        g_assert_false (allows_octets (with (ours[i]), command, sizeof command));
        g_assert_cmpint (allows_octets (with (ours[i]), command, 5), ==,
                         read && ours[i]->use == MADO_FILE_READABLE);
        forbidden += 3;
      }
    }
  g_assert_cmpuint (forbidden, >, 100000);
}

static void
test_tries_on_a_pin_file_only (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    g_assert_cmpint (allows (with (ours[i]), "00 20 00 80"), ==, ours[i]->use == MADO_FILE_PIN);
  g_assert_false (allows ((MadoGuard){ 0 }, "00 20 00 80"));
}

static gboolean
allows_verify (const MadoFile *file, const char *pin)
{
  guint8 command[5 + 64] = { 0x00, 0x20, 0x00, 0x80, (guint8)strlen (pin) };

  memcpy (command + 5, pin, strlen (pin));
  return allows_octets (with (file), command, 5 + strlen (pin));
}

static void
test_verify_in_the_form_of_its_pin (void)
{
  static const MadoFile *const four[] = { &MADO_FILE_AUTH_PIN, &MADO_FILE_TEXT_PIN };
  static const char *const     not_four[]
      = { "", "1", "123", "12345", "12AB", "12 4", "1234567", "123456789012" };
  static const char *const not_password[]
      = { "", "ABC12", "ABCDEFGHIJKLMNOPQ", "abc123", "ABC 12", "ABC-123", "ABC12\xEF", "12345" };

  for (gsize i = 0; i < G_N_ELEMENTS (four); i++) {
    g_assert_true (allows_verify (four[i], "1234"));
    for (gsize j = 0; j < G_N_ELEMENTS (not_four); j++)
      g_assert_false (allows_verify (four[i], not_four[j]));
  }
  g_assert_true (allows_verify (&MADO_FILE_SIGN_PIN, "ABC123"));
  g_assert_true (allows_verify (&MADO_FILE_SIGN_PIN, "0123456789ABCDEF"));
  for (gsize j = 0; j < G_N_ELEMENTS (not_password); j++)
    g_assert_false (allows_verify (&MADO_FILE_SIGN_PIN, not_password[j]));
  g_assert_false (allows_verify (&MADO_FILE_SIGN_KEY, "ABC123"));
  g_assert_false (allows_verify (&MADO_FILE_AUTH_CERT, "1234"));
}

static void
test_verify_in_one_shape (void)
{
  static const char *const forbidden[] = {
    "00 20 00 98 04 31 32 33 34", /* by short identifier */
    "00 20 00 00 04 31 32 33 34", /* a global PIN */
    "00 20 01 80 04 31 32 33 34",       "80 20 00 80 04 31 32 33 34",
    "00 21 00 80 04 31 32 33 34",       "00 24 00 80 04 31 32 33 34", /* change */
    "00 24 01 80 04 31 32 33 34",       "00 2C 00 80 04 31 32 33 34", /* unblock */
    "00 20 00 80 05 31 32 33 34",       "00 20 00 80 03 31 32 33 34",
    "00 20 00 80 04 31 32 33 34 00",    "00 20 00 80 00",
    "00 20 00 80 00 00 04 31 32 33 34", "00 20 00 80 08 31 32 33 34 FF FF FF FF",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_assert_false (allows (with (&MADO_FILE_AUTH_PIN), forbidden[i]));
}

static void
test_sign_a_digest_info_only (void)
{
  static const char *const forbidden[] = {
    "00 2A 00 80 33 " INFO "00", /* class */
    "80 2A 00 80 33 " INFO,      /* no Le */
    "80 2A 01 80 33 " INFO "00", /* hash on card */
    "80 2A 9E 9A 33 " INFO "00",
    "80 2A 00 9A 33 " INFO "00",
    "80 2A 00 80 34 " INFO "00 00",
    "80 2A 00 80 32 " INFO "00",
    "80 2A 00 80 20 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16 17 18 19"
    "1A 1B 1C 1D 1E 1F 00", /* a bare digest */
    "80 2A 00 80 01 00 00",
    "80 2A 00 80 00",
    "80 2A 00 80 00 00 33 " INFO "00 00",
    "80 2A 00 80",
  };
  guint8 sha1[5 + MADO_DIGEST_INFO_LEN + 1]
      = { 0x80, 0x2A, 0x00, 0x80, MADO_DIGEST_INFO_LEN, 0x30, 0x21, 0x30, 0x09 };

  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    g_assert_cmpint (allows (with (ours[i]), "80 2A 00 80 33 " INFO "00"), ==,
                     ours[i]->use == MADO_FILE_KEY);
  for (gsize i = 0; i < G_N_ELEMENTS (forbidden); i++)
    g_assert_false (allows (with (&MADO_FILE_SIGN_KEY), forbidden[i]));
  g_assert_false (allows_octets (with (&MADO_FILE_SIGN_KEY), sha1, sizeof sha1));
}

static void
test_get_response_right_after_61xx_only (void)
{
  MadoGuard guard = with (&MADO_FILE_AUTH_CERT);

  g_assert_false (allows (guard, "00 C0 00 00 10"));
  step (&guard, "00 B0 00 00 00", 0x6110);
  g_assert_true (allows (guard, "00 C0 00 00 10"));
  g_assert_false (allows (guard, "80 C0 00 00 10"));
  g_assert_false (allows (guard, "00 C0 00 01 10"));
  g_assert_false (allows (guard, "00 C0 00 00"));
  step (&guard, "00 B0 00 00 00", 0x9000);
  g_assert_false (allows (guard, "00 C0 00 00 10"));
}

static void
test_forget_what_the_card_did_not_select (void)
{
  static const guint16 refusals[] = { 0x6A82, 0x6986, 0x6F00, 0x6283, 0x63C0, 0x6C00 };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++) {
    MadoGuard guard = with (&MADO_FILE_BASIC_FOUR);

    step (&guard, "00 A4 02 0C 02 00 11", refusals[i]);
    g_assert_false (allows (guard, "00 B0 00 00 00"));
    g_assert_false (allows (guard, "00 20 00 80"));
    step (&guard, SELECT_JPKI, refusals[i]);
    g_assert_false (allows (guard, "00 A4 02 0C 02 00 06"));
    g_assert_false (allows (guard, "00 A4 02 0C 02 00 11"));
  }
}

/* A SELECT whose answer never came may have worked: nothing is selected for us until one says so.
 */
static void
test_forget_while_a_select_is_under_way (void)
{
  g_autoptr (GBytes) select = mado_test_octets (SELECT_TEXT);
  g_autoptr (GError) error = NULL;
  MadoGuard guard = with (&MADO_FILE_AVAILABILITY);

  g_assert_true (mado_guard_allows (&guard, g_bytes_get_data (select, NULL),
                                    g_bytes_get_size (select), &error));
  g_assert_false (allows (guard, "00 B0 00 00 00"));
  g_assert_false (allows (guard, "00 A4 02 0C 02 00 06"));
}

/* JPKI 0001 may be read; the same number in the other application is the individual number. */
static void
test_keep_applications_apart (void)
{
  MadoGuard guard = { 0 };

  step (&guard, SELECT_JPKI, 0x9000);
  step (&guard, "00 A4 02 0C 02 00 01", 0x9000);
  g_assert_true (allows (guard, "00 B0 00 00 00"));
  step (&guard, SELECT_TEXT, 0x9000);
  g_assert_false (allows (guard, "00 B0 00 00 00"));
  g_assert_false (allows (guard, "00 A4 02 0C 02 00 01"));
  step (&guard, "00 A4 02 0C 02 00 02", 0x9000);
  g_assert_true (allows (guard, "00 B0 00 00 00"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/guard/applications-by-whole-identifier",
                   test_applications_by_whole_identifier);
  g_test_add_func ("/pcsc/guard/files-on-the-list-only", test_files_on_the_list_only);
  g_test_add_func ("/pcsc/guard/individual-number-is-out-of-reach",
                   test_individual_number_is_out_of_reach);
  g_test_add_func ("/pcsc/guard/select-by-two-octets-only", test_select_by_two_octets_only);
  g_test_add_func ("/pcsc/guard/read-a-readable-file-only", test_read_a_readable_file_only);
  g_test_add_func ("/pcsc/guard/read-never-by-short-identifier",
                   test_read_never_by_short_identifier);
  g_test_add_func ("/pcsc/guard/read-in-one-shape", test_read_in_one_shape);
  g_test_add_func ("/pcsc/guard/no-other-instruction", test_no_other_instruction);
  g_test_add_func ("/pcsc/guard/tries-on-a-pin-file-only", test_tries_on_a_pin_file_only);
  g_test_add_func ("/pcsc/guard/verify-in-the-form-of-its-pin", test_verify_in_the_form_of_its_pin);
  g_test_add_func ("/pcsc/guard/verify-in-one-shape", test_verify_in_one_shape);
  g_test_add_func ("/pcsc/guard/sign-a-digest-info-only", test_sign_a_digest_info_only);
  g_test_add_func ("/pcsc/guard/get-response-right-after-61xx-only",
                   test_get_response_right_after_61xx_only);
  g_test_add_func ("/pcsc/guard/forget-what-the-card-did-not-select",
                   test_forget_what_the_card_did_not_select);
  g_test_add_func ("/pcsc/guard/forget-while-a-select-is-under-way",
                   test_forget_while_a_select_is_under_way);
  g_test_add_func ("/pcsc/guard/keep-applications-apart", test_keep_applications_apart);
  return g_test_run ();
}
