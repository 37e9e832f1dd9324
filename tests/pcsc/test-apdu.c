/* Commands and answers on the wire: pieces, repetitions, torn answers, status words. */
#include "pcsc/apdu.h"
#include "pcsc/error.h"
#include "tests/lib/script.h"

#include <string.h>

#define SELECT_JPKI "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01"

typedef struct {
  MadoScript *script;
  MadoLink    link;
} Fixture;

/* A link with a readable file selected. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  (void)data;
  fixture->script = mado_script_new ();
  fixture->link = (MadoLink){ mado_script_transport (fixture->script),
                              NULL,
                              { MADO_AP_JPKI, &MADO_FILE_AUTH_CERT, FALSE },
                              TRUE,
                              -1 };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void)data;
  mado_transport_close (fixture->link.transport);
  mado_script_finish (fixture->script);
}

static void
assert_reply (const MadoReply *reply, guint16 status, const char *octets)
{
  g_assert_cmphex (reply->status, ==, status);
  g_assert_cmpmem (reply->data, reply->len, octets, strlen (octets));
}

static void
test_collect_what_is_announced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 05", "61 62 6103");
  mado_script_expect (fixture->script, "00 C0 00 00 03", "63 6102");
  mado_script_expect (fixture->script, "00 C0 00 00 02", "64 65 9000");
  g_assert_true (mado_apdu_read (&fixture->link, 0, 5, &reply, &error));
  g_assert_no_error (error);
  assert_reply (&reply, 0x9000, "abcde");
}

/* A reader that speaks T=0 hands 256 octets over as 6100. */
static void
test_collect_256_octets_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8    octets[256];
  MadoReply reply;

  (void)data;
  memset (octets, 0xA5, sizeof octets);
  mado_script_expect (fixture->script, "00 B0 00 00 00", "6100");
  mado_script_expect_data (fixture->script, "00 C0 00 00 00", octets, sizeof octets, 0x9000);
  g_assert_true (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  g_assert_cmpmem (reply.data, reply.len, octets, sizeof octets);
}

static void
test_repeat_with_the_right_length (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 00", "6C03");
  mado_script_expect (fixture->script, "00 B0 00 00 03", "61 62 63 9000");
  g_assert_true (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  assert_reply (&reply, 0x9000, "abc");
}

/* A card may name the length anew for what it has announced itself. */
static void
test_collect_with_the_right_length (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 00", "6100");
  mado_script_expect (fixture->script, "00 C0 00 00 00", "6C03");
  mado_script_expect (fixture->script, "00 C0 00 00 03", "61 62 63 9000");
  g_assert_true (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  g_assert_no_error (error);
  assert_reply (&reply, 0x9000, "abc");
}

static void
test_repeat_once_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 00", "6C03");
  mado_script_expect (fixture->script, "00 B0 00 00 03", "6C04");
  g_assert_true (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  assert_reply (&reply, 0x6C04, "");
}

static void
test_disbelieve_endless_pieces (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 00", "6101");
  for (int i = 0; i < 7; i++)
    mado_script_expect (fixture->script, "00 C0 00 00 01", "61 6101");
  g_assert_false (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
}

static void
test_disbelieve_more_than_a_reply_holds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint8    octets[256] = { 0 };
  MadoReply reply;

  (void)data;
  mado_script_expect_data (fixture->script, "00 B0 00 00 00", octets, 256, 0x6101);
  mado_script_expect (fixture->script, "00 C0 00 00 01", "61 9000");
  g_assert_false (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
}

static void
test_disbelieve_more_than_was_asked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 03", "61 62 63 64 9000");
  g_assert_false (mado_apdu_read (&fixture->link, 0, 3, &reply, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
}

static void
test_nothing_is_a_removed_card (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 00", "");
  g_assert_false (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_CARD_REMOVED);
}

static void
test_half_a_status_word_is_none (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 00", "90");
  g_assert_false (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
}

static void
test_pass_failures_on (Fixture *fixture, gconstpointer data)
{
  static const MadoPcscError codes[]
      = { MADO_PCSC_ERROR_CARD_REMOVED, MADO_PCSC_ERROR_TIMEOUT, MADO_PCSC_ERROR_BUSY };

  (void)data;
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (GError) error = NULL;
    MadoReply reply;

    mado_script_expect_failure (fixture->script, "00 B0 00 00 00", codes[i]);
    g_assert_false (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
    g_assert_error (error, MADO_PCSC_ERROR, (int)codes[i]);
  }
}

static void
test_refuse_before_the_reader (Fixture *fixture, gconstpointer data)
{
  const guint8 my_number[] = { 0x00, 0xA4, 0x02, 0x0C, 0x02, 0x00, 0x01 };
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  fixture->link.guard = (MadoGuard){ MADO_AP_TEXT, NULL, FALSE };
  g_assert_false (mado_apdu_send (&fixture->link, my_number, sizeof my_number, &reply, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_FORBIDDEN);
  g_assert_cmpuint (mado_script_count (fixture->script), ==, 0);
}

static void
test_cold_start_is_tried_once_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  (void)data;
  fixture->link.awake = FALSE;
  fixture->link.guard = (MadoGuard){ 0 };
  mado_script_expect (fixture->script, SELECT_JPKI, "6F00");
  mado_script_expect (fixture->script, SELECT_JPKI, "9000");
  g_assert_true (mado_apdu_select_ap (&fixture->link, MADO_AP_JPKI, &found, &error));
  g_assert_true (found);
}

static void
test_cold_start_twice_is_an_answer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  (void)data;
  fixture->link.awake = FALSE;
  fixture->link.guard = (MadoGuard){ 0 };
  mado_script_expect (fixture->script, SELECT_JPKI, "6F00");
  mado_script_expect (fixture->script, SELECT_JPKI, "6F00");
  g_assert_false (mado_apdu_select_ap (&fixture->link, MADO_AP_JPKI, &found, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
}

static void
test_later_6f00_is_not_repeated (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  MadoReply reply;

  (void)data;
  mado_script_expect (fixture->script, "00 B0 00 00 00", "6F00");
  g_assert_true (mado_apdu_read (&fixture->link, 0, 256, &reply, &error));
  assert_reply (&reply, 0x6F00, "");
}

/* Not even when the card answers as if it wanted another length. */
static void
test_verify_is_never_repeated (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[] = { "6C04", "6F00", "6CFF" };
  const guint8             verify[] = { 0x00, 0x20, 0x00, 0x80, 0x04, '1', '2', '3', '4' };

  (void)data;
  fixture->link.guard.file = &MADO_FILE_AUTH_PIN;
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (GError) error = NULL;
    MadoReply reply;

    mado_script_expect (fixture->script, "00 20 00 80 04 **", answers[i]);
    g_assert_true (mado_apdu_send (&fixture->link, verify, sizeof verify, &reply, &error));
  }
}

static void
test_select_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  (void)data;
  fixture->link.guard = (MadoGuard){ 0 };
  mado_script_expect (fixture->script, SELECT_JPKI, "9000");
  mado_script_expect (fixture->script, "00 A4 02 0C 02 00 06", "9000");
  for (int i = 0; i < 3; i++) {
    g_assert_true (mado_apdu_select (&fixture->link, &MADO_FILE_TOKEN_INFO, &found, &error));
    g_assert_true (found);
  }
}

static void
test_select_without_the_application (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean found;

  (void)data;
  fixture->link.guard = (MadoGuard){ 0 };
  mado_script_expect (fixture->script, SELECT_JPKI, "6A82");
  g_assert_false (mado_apdu_select (&fixture->link, &MADO_FILE_TOKEN_INFO, &found, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_WRONG_CARD);
}

#define ADD(name, test) g_test_add ("/pcsc/apdu/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("collect-what-is-announced", test_collect_what_is_announced);
  ADD ("collect-256-octets-at-once", test_collect_256_octets_at_once);
  ADD ("repeat-with-the-right-length", test_repeat_with_the_right_length);
  ADD ("collect-with-the-right-length", test_collect_with_the_right_length);
  ADD ("repeat-once-only", test_repeat_once_only);
  ADD ("disbelieve-endless-pieces", test_disbelieve_endless_pieces);
  ADD ("disbelieve-more-than-a-reply-holds", test_disbelieve_more_than_a_reply_holds);
  ADD ("disbelieve-more-than-was-asked", test_disbelieve_more_than_was_asked);
  ADD ("nothing-is-a-removed-card", test_nothing_is_a_removed_card);
  ADD ("half-a-status-word-is-none", test_half_a_status_word_is_none);
  ADD ("pass-failures-on", test_pass_failures_on);
  ADD ("refuse-before-the-reader", test_refuse_before_the_reader);
  ADD ("cold-start-is-tried-once-more", test_cold_start_is_tried_once_more);
  ADD ("cold-start-twice-is-an-answer", test_cold_start_twice_is_an_answer);
  ADD ("later-6f00-is-not-repeated", test_later_6f00_is_not_repeated);
  ADD ("verify-is-never-repeated", test_verify_is_never_repeated);
  ADD ("select-once", test_select_once);
  ADD ("select-without-the-application", test_select_without_the_application);
  return g_test_run ();
}
