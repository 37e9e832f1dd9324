/* Tries are asked, counted and never spent by mistake. */
#include "pcsc/error.h"
#include "pcsc/verify.h"
#include "tests/lib/script.h"

#include <string.h>

#define SELECT_AP "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01"
#define SELECT_AUTH "00 A4 02 0C 02 00 18"
#define SELECT_SIGN "00 A4 02 0C 02 00 1B"
#define QUERY "00 20 00 80"

typedef struct {
  MadoScript *script;
  MadoLink    link;
  MadoSecret *pin;
} Fixture;

static void
set_pin (Fixture *fixture, const char *pin)
{
  mado_secret_wipe (fixture->pin);
  for (gsize i = 0; i < strlen (pin); i++)
    mado_secret_push (fixture->pin, (guint8)pin[i]);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  (void)data;
  fixture->script = mado_script_new ();
  fixture->link = (MadoLink){
    mado_script_transport (fixture->script), NULL, { MADO_AP_JPKI, NULL, FALSE }, TRUE, -1
  };
  fixture->pin = mado_secret_new (NULL);
  set_pin (fixture, "1234");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_transport_close (fixture->link.transport);
  mado_script_finish (fixture->script);
  mado_secret_free (fixture->pin);
}

/* Sends the PIN and expects @code, or success when that is -1. */
static void
assert_verify (Fixture *fixture, const MadoFile *file, gboolean spend_last, int code, int tries)
{
  g_autoptr (GError) error = NULL;
  int      left = 99;
  gboolean done = mado_verify_pin (&fixture->link, file, fixture->pin, spend_last, &left, &error);

  g_assert_cmpint (done, ==, code < 0);
  if (code < 0) {
    g_assert_no_error (error);
    return;
  }
  g_assert_error (error, MADO_PCSC_ERROR, code);
  g_assert_cmpint (left, ==, tries);
}

static void
test_tries_as_the_card_says (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *answer;
    int         left;
  } rows[] = { { "63C3", 3 }, { "63C5", 5 }, { "63C1", 1 },
               { "63C0", 0 }, { "6983", 0 }, { "6984", 0 } };

  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    int left = 99;

    mado_script_expect (fixture->script, QUERY, rows[i].answer);
    g_assert_true (mado_verify_tries (&fixture->link, &MADO_FILE_AUTH_PIN, &left, &error));
    g_assert_cmpint (left, ==, rows[i].left);
  }
}

static void
test_no_such_pin (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int left = 99;

  (void)data;
  mado_script_expect (fixture->script, SELECT_SIGN, "6A82");
  g_assert_true (mado_verify_tries (&fixture->link, &MADO_FILE_SIGN_PIN, &left, &error));
  g_assert_cmpint (left, ==, -1);
  set_pin (fixture, "ABC123");
  mado_script_expect (fixture->script, SELECT_SIGN, "6A82");
  assert_verify (fixture, &MADO_FILE_SIGN_PIN, FALSE, MADO_PCSC_ERROR_NO_CERTIFICATE, -1);
}

/* 9000 among them: a card never says to the question that the PIN is verified. */
static void
test_odd_answers_to_the_question (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[]
      = { "9000", "6300", "6700", "6982", "6986", "6A86", "6D00", "6F00", "63D3", "6B00", "1234" };

  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (GError) error = NULL;
    int left = 99;

    mado_script_expect (fixture->script, QUERY, answers[i]);
    g_assert_false (mado_verify_tries (&fixture->link, &MADO_FILE_AUTH_PIN, &left, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
    g_assert_cmpint (left, ==, 99);
  }
}

static void
test_right_pin (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  mado_script_expect (fixture->script, QUERY, "63C3");
  mado_script_expect (fixture->script, "00 20 00 80 04 31 32 33 34", "9000");
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, -1, 0);
}

static void
test_tries_are_asked_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int left = 0;

  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  mado_script_expect (fixture->script, QUERY, "63C3");
  mado_script_expect (fixture->script, "00 20 00 80 04 31 32 33 34", "9000");
  g_assert_true (mado_verify_tries (&fixture->link, &MADO_FILE_AUTH_PIN, &left, &error));
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, -1, 0);
}

/* What the card said before another file was selected may not hold any more. */
static void
test_tries_are_asked_anew_after_other_work (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean found;
  int      left = 0;

  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  mado_script_expect (fixture->script, QUERY, "63C3");
  mado_script_expect (fixture->script, "00 A4 02 0C 02 00 0A", "9000");
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  mado_script_expect (fixture->script, QUERY, "63C1");
  g_assert_true (mado_verify_tries (&fixture->link, &MADO_FILE_AUTH_PIN, &left, &error));
  g_assert_true (mado_apdu_select (&fixture->link, &MADO_FILE_AUTH_CERT, &found, &error));
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, MADO_PCSC_ERROR_LAST_TRY, 1);
}

/* A success says nothing of the counter, so the next VERIFY asks again. */
static void
test_tries_are_asked_anew_after_success (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  for (int i = 0; i < 2; i++) {
    mado_script_expect (fixture->script, QUERY, "63C3");
    mado_script_expect (fixture->script, "00 20 00 80 04 31 32 33 34", "9000");
    assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, -1, 0);
  }
}

static void
test_wrong_pin_down_to_the_last_try (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  mado_script_expect (fixture->script, QUERY, "63C3");
  mado_script_expect (fixture->script, "00 20 00 80 04 **", "63C2");
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, MADO_PCSC_ERROR_PIN_WRONG, 2);
  mado_script_expect (fixture->script, "00 20 00 80 04 **", "63C1");
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, MADO_PCSC_ERROR_PIN_WRONG, 1);
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, MADO_PCSC_ERROR_LAST_TRY, 1);
  mado_script_expect (fixture->script, "00 20 00 80 04 **", "63C0");
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, TRUE, MADO_PCSC_ERROR_PIN_LOCKED, 0);
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, TRUE, MADO_PCSC_ERROR_PIN_LOCKED, 0);
}

static void
test_last_try_may_be_right (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  mado_script_expect (fixture->script, QUERY, "63C1");
  mado_script_expect (fixture->script, "00 20 00 80 04 31 32 33 34", "9000");
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, TRUE, -1, 0);
}

static void
test_locked_is_not_tried (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "63C0", "6983", "6984" };

  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    fixture->link.tries_left = -1;
    mado_script_expect (fixture->script, QUERY, answers[i]);
    assert_verify (fixture, &MADO_FILE_AUTH_PIN, TRUE, MADO_PCSC_ERROR_PIN_LOCKED, 0);
  }
}

/* Every status word a VERIFY can be answered with, but 61xx, which asks for more octets. */
static void
test_every_status_word (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  for (guint status = 0; status <= 0xFFFF; status++) {
    g_autofree char *answer = g_strdup_printf ("%04X", status);
    gboolean         locked = status == 0x63C0 || status == 0x6983 || status == 0x6984;
    gboolean         wrong = status > 0x63C0 && status <= 0x63CF;
    int              code = locked  ? MADO_PCSC_ERROR_PIN_LOCKED
                            : wrong ? MADO_PCSC_ERROR_PIN_WRONG
                                    : MADO_PCSC_ERROR_PROTOCOL;

    if (status >> 8 == 0x61)
      continue;
    fixture->link.tries_left = -1;
    mado_script_expect (fixture->script, QUERY, "63C3");
    mado_script_expect (fixture->script, "00 20 00 80 04 **", answer);
    assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, status == 0x9000 ? -1 : code,
                   locked  ? 0
                   : wrong ? (int)(status & 0x0F)
                           : -1);
  }
}

/* Nothing at all is sent. */
static void
test_malformed_stays_here (Fixture *fixture, gconstpointer data)
{
  static const char *const four[] = { "", "123", "12345", "abcd", "１２３", "12 4", "123\n" };
  static const char *const password[]
      = { "", "ABC12", "abc123", "ABCDEFGHIJKLMNOPQ", "ABC 123", "ＡＢＣ", "1234" };

  (void)data;
  for (gsize i = 0; i < G_N_ELEMENTS (four); i++) {
    set_pin (fixture, four[i]);
    assert_verify (fixture, &MADO_FILE_AUTH_PIN, TRUE, MADO_PCSC_ERROR_PIN_MALFORMED, -1);
    assert_verify (fixture, &MADO_FILE_TEXT_PIN, TRUE, MADO_PCSC_ERROR_PIN_MALFORMED, -1);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (password); i++) {
    set_pin (fixture, password[i]);
    assert_verify (fixture, &MADO_FILE_SIGN_PIN, TRUE, MADO_PCSC_ERROR_PIN_MALFORMED, -1);
  }
  g_assert_cmpuint (mado_script_count (fixture->script), ==, 0);
}

static void
test_removed_while_verifying (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_script_expect (fixture->script, SELECT_AUTH, "9000");
  mado_script_expect (fixture->script, QUERY, "63C3");
  mado_script_expect_failure (fixture->script, "00 20 00 80 04 **", MADO_PCSC_ERROR_CARD_REMOVED);
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, MADO_PCSC_ERROR_CARD_REMOVED, -1);
}

static void
test_another_card (Fixture *fixture, gconstpointer data)
{
  (void)data;
  fixture->link.guard = (MadoGuard){ 0 };
  mado_script_expect (fixture->script, SELECT_AP, "6A82");
  assert_verify (fixture, &MADO_FILE_AUTH_PIN, FALSE, MADO_PCSC_ERROR_WRONG_CARD, -1);
}

#define ADD(name, test) g_test_add ("/pcsc/verify/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("tries-as-the-card-says", test_tries_as_the_card_says);
  ADD ("no-such-pin", test_no_such_pin);
  ADD ("odd-answers-to-the-question", test_odd_answers_to_the_question);
  ADD ("right-pin", test_right_pin);
  ADD ("tries-are-asked-once", test_tries_are_asked_once);
  ADD ("tries-are-asked-anew-after-other-work", test_tries_are_asked_anew_after_other_work);
  ADD ("tries-are-asked-anew-after-success", test_tries_are_asked_anew_after_success);
  ADD ("wrong-pin-down-to-the-last-try", test_wrong_pin_down_to_the_last_try);
  ADD ("last-try-may-be-right", test_last_try_may_be_right);
  ADD ("locked-is-not-tried", test_locked_is_not_tried);
  ADD ("every-status-word", test_every_status_word);
  ADD ("malformed-stays-here", test_malformed_stays_here);
  ADD ("removed-while-verifying", test_removed_while_verifying);
  ADD ("another-card", test_another_card);
  return g_test_run ();
}
