/* What may be read in a trace, and what not. */
#include "app/base/json.h"
#include "pcsc/apdu.h"
#include "pcsc/error.h"
#include "tests/lib/script.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  (void)data;
  fixture->folder = g_dir_make_tmp ("mado-trace-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "trace", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void)data;
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static guint
mode_of (const char *path)
{
  GStatBuf what;

  g_assert_cmpint (g_stat (path, &what), ==, 0);
  return what.st_mode & 07777;
}

/* One exchange of @command, answered with @answer, in state @guard: the only line of its trace. */
static JsonObject *
trace_of_link (
    Fixture *fixture, MadoGuard guard, const guint8 *command, gsize len, const char *answer)
{
  MadoScript      *script = mado_script_new ();
  MadoTrace       *trace = mado_trace_open (fixture->path, NULL);
  g_autofree char *hex = mado_octets_to_hex (MADO_OCTETS (command, len));
  g_autofree char *text = NULL;
  MadoLink         link = { mado_script_transport (script), trace, guard, TRUE, -1 };
  MadoReply        reply;
  gsize            text_len = 0;
  JsonObject      *line;

  mado_script_expect (script, hex, answer);
  g_assert_true (mado_apdu_send (&link, command, len, &reply, NULL));
  mado_transport_close (link.transport);
  mado_script_finish (script);
  mado_trace_close (trace);
  g_assert_true (g_file_get_contents (fixture->path, &text, &text_len, NULL));
  line = mado_json_parse_object (text, text_len, NULL);
  g_assert_nonnull (line);
  return line;
}

static JsonObject *
trace_of (
    Fixture *fixture, const MadoFile *file, const guint8 *command, gsize len, const char *answer)
{
  return trace_of_link (fixture, (MadoGuard){ file->ap, file, FALSE }, command, len, answer);
}

static void
assert_line (JsonObject *line,
             const char *command,
             gint64      command_len,
             const char *response,
             gint64      response_len)
{
  gint64 value = 0;

  g_assert_cmpstr (mado_json_string (line, "command"), ==, command);
  g_assert_cmpstr (mado_json_string (line, "response"), ==, response);
  g_assert_true (mado_json_integer (line, "command_len", &value));
  g_assert_cmpint (value, ==, command_len);
  g_assert_true (mado_json_integer (line, "response_len", &value));
  g_assert_cmpint (value, ==, response_len);
  g_assert_true (mado_json_integer (line, "us", &value));
  g_assert_cmpint (value, >=, 0);
  g_assert_true (mado_json_integer (line, "n", &value));
  g_assert_cmpint (value, ==, 1);
}

static void
test_label_is_shown (Fixture *fixture, gconstpointer data)
{
  const guint8 read[] = { 0x00, 0xB0, 0x00, 0x00, 0x04 };
  g_autoptr (JsonObject) line
      = trace_of (fixture, &MADO_FILE_TOKEN_INFO, read, sizeof read, "4A504B49 9000");

  (void)data;
  assert_line (line, "00B0000004", 5, "4A504B499000", 6);
}

static void
test_pin_is_blanked (Fixture *fixture, gconstpointer data)
{
  const guint8 verify[] = { 0x00, 0x20, 0x00, 0x80, 0x04, '1', '2', '3', '4' };
  g_autoptr (JsonObject) line
      = trace_of (fixture, &MADO_FILE_AUTH_PIN, verify, sizeof verify, "63C2");

  (void)data;
  assert_line (line, "0020008004**", 9, "63C2", 2);
}

static void
test_pin_played_back_is_blanked (Fixture *fixture, gconstpointer data)
{
  const guint8 verify[] = { 0x00, 0x20, 0x00, 0x80, 0x04, '1', '2', '3', '4' };
  g_autoptr (JsonObject) line
      = trace_of (fixture, &MADO_FILE_AUTH_PIN, verify, sizeof verify, "31 32 33 34 9000");

  (void)data;
  assert_line (line, "0020008004**", 9, "**9000", 6);
}

/* The same by 61xx: it comes with the next command. */
static void
test_pin_played_back_later_is_blanked (Fixture *fixture, gconstpointer data)
{
  const guint8 fetch[] = { 0x00, 0xC0, 0x00, 0x00, 0x04 };
  g_autoptr (JsonObject) line
      = trace_of_link (fixture, (MadoGuard){ MADO_AP_JPKI, &MADO_FILE_AUTH_PIN, TRUE }, fetch,
                       sizeof fetch, "31 32 33 34 9000");

  (void)data;
  assert_line (line, "00C0000004", 5, "**9000", 6);
}

static void
test_signature_is_blanked (Fixture *fixture, gconstpointer data)
{
  guint8 sign[57] = { 0x80, 0x2A, 0x00, 0x80, 0x33, 0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60,
                      0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };
  g_autoptr (JsonObject) line
      = trace_of (fixture, &MADO_FILE_SIGN_KEY, sign, sizeof sign, "A1 A2 A3 9000");
  g_autofree char *hex = mado_octets_to_hex (MADO_OCTETS (sign, sizeof sign));

  (void)data;
  assert_line (line, hex, 57, "**9000", 5);
}

static void
test_question_for_tries_is_shown (Fixture *fixture, gconstpointer data)
{
  const guint8 query[] = { 0x00, 0x20, 0x00, 0x80 };
  g_autoptr (JsonObject) line
      = trace_of (fixture, &MADO_FILE_AUTH_PIN, query, sizeof query, "63C3");

  (void)data;
  assert_line (line, "00200080", 4, "63C3", 2);
}

static void
test_person_and_certificates_are_blanked (Fixture *fixture, gconstpointer data)
{
  static const MadoFile *const files[]
      = { &MADO_FILE_AUTH_CERT, &MADO_FILE_SIGN_CERT, &MADO_FILE_BASIC_FOUR };
  const guint8 read[] = { 0x00, 0xB0, 0x00, 0x00, 0x04 };

  (void)data;
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (JsonObject) line = trace_of (fixture, files[i], read, sizeof read, "30820102 9000");
    assert_line (line, "00B0000004", 5, "**9000", 6);
  }
}

static void
test_refusal_is_shown (Fixture *fixture, gconstpointer data)
{
  const guint8 read[] = { 0x00, 0xB0, 0x00, 0x00, 0x04 };
  g_autoptr (JsonObject) line = trace_of (fixture, &MADO_FILE_SIGN_CERT, read, sizeof read, "6982");

  (void)data;
  assert_line (line, "00B0000004", 5, "6982", 2);
}

static void
test_no_pin_nor_person_in_the_file (Fixture *fixture, gconstpointer data)
{
  const guint8 verify[] = { 0x00, 0x20, 0x00, 0x80, 0x06, 'Z', 'Q', 'X', '7', '7', '7' };
  g_autoptr (JsonObject) line
      = trace_of (fixture, &MADO_FILE_SIGN_PIN, verify, sizeof verify, "9000");
  g_autofree char *text = NULL;

  (void)data;
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_null (strstr (text, "ZQX777"));
  g_assert_null (strstr (text, "5A5158373737"));
}

static void
test_file_is_private (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadoTrace) trace = mado_trace_open (fixture->path, NULL);

  (void)data;
  g_assert_nonnull (trace);
  g_assert_cmphex (mode_of (fixture->path), ==, 0600);
}

static void
test_older_file_becomes_private (Fixture *fixture, gconstpointer data)
{
  MadoTrace       *trace;
  g_autofree char *text = NULL;

  (void)data;
  g_assert_true (g_file_set_contents (fixture->path, "left over", -1, NULL));
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  trace = mado_trace_open (fixture->path, NULL);
  mado_trace_close (trace);
  g_assert_cmphex (mode_of (fixture->path), ==, 0600);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "");
}

static void
test_say_when_it_cannot_be_written (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "such", "folder", NULL);
  g_autoptr (GError) error = NULL;

  (void)data;
  g_assert_null (mado_trace_open (nowhere, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_TRACE);
}

static void
test_count_without_a_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (MadoTrace) trace = mado_trace_open (NULL, NULL);
  const guint8 octets[] = { 0x90, 0x00 };

  (void)data;
  (void)fixture;
  g_assert_cmpuint (mado_trace_count (trace), ==, 0);
  for (int i = 0; i < 3; i++)
    mado_trace_add (trace, octets, 2, octets, 2, 1, MADO_TRACE_SHOW_ALL);
  g_assert_cmpuint (mado_trace_count (trace), ==, 3);
}

#define ADD(name, test) g_test_add ("/pcsc/trace/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("label-is-shown", test_label_is_shown);
  ADD ("pin-is-blanked", test_pin_is_blanked);
  ADD ("pin-played-back-is-blanked", test_pin_played_back_is_blanked);
  ADD ("pin-played-back-later-is-blanked", test_pin_played_back_later_is_blanked);
  ADD ("signature-is-blanked", test_signature_is_blanked);
  ADD ("question-for-tries-is-shown", test_question_for_tries_is_shown);
  ADD ("person-and-certificates-are-blanked", test_person_and_certificates_are_blanked);
  ADD ("refusal-is-shown", test_refusal_is_shown);
  ADD ("no-pin-nor-person-in-the-file", test_no_pin_nor_person_in_the_file);
  ADD ("file-is-private", test_file_is_private);
  ADD ("older-file-becomes-private", test_older_file_becomes_private);
  ADD ("say-when-it-cannot-be-written", test_say_when_it_cannot_be_written);
  ADD ("count-without-a-file", test_count_without_a_file);
  return g_test_run ();
}
