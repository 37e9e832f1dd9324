/* The exchange as JSON: what is written is read back, and everything else is refused. */
#include "app/sync/answer.h"
#include "app/sync/deflate.h"
#include "app/sync/error.h"
#include "app/sync/request.h"

#include <string.h>

#define APPLICATION "0192f3a2-5c11-7c3e-9d0a-0123456789ab"
#define OTHER "0192f3a2-5c11-7c3e-9d0a-0123456789ac"
#define DIGEST "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE"

#define LINE                                                                                       \
  "{\"application\":\"" APPLICATION "\",\"n\":1,\"head\":\"" DIGEST                                \
  "\",\"box\":[\"k1\",\"AQ\",\"Ag\"],\"events\":[{\"actor\":\"agent\",\"time\":1,"                 \
  "\"type\":\"submitted\",\"b\":\"AXc9\"}]}"
#define REQUEST(members, lines)                                                                    \
  "{\"epoch\":1,\"anchor\":[0,\"\"],\"g\":1,\"wait\":0,\"seen\":[],"                               \
  "\"clock\":{\"local\":1,\"monotonic\":2,\"boot\":\"b\"},\"lines\":[" lines "]" members "}"

static MadoSyncRequest *
read_request (const char *text, GError **error)
{
  g_autoptr (GBytes) octets = g_bytes_new (text, strlen (text));

  return mado_sync_request_read (octets, error);
}

static void
assert_refused (const char *text)
{
  g_autoptr (GError) error = NULL;

  if (read_request (text, &error) != NULL)
    g_error ("taken: %s", text);
  g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_PROTOCOL);
}

static MadoGivenLine *
make_line (void)
{
  MadoGivenLine  *line = g_new0 (MadoGivenLine, 1);
  MadoGivenEvent *event = g_new0 (MadoGivenEvent, 1);

  line->application = g_strdup (APPLICATION);
  line->n = 42;
  memset (line->head, 7, sizeof line->head);
  line->box_key = g_strdup ("k1");
  line->box_epk = g_bytes_new ("epk", 3);
  line->boxed = g_bytes_new ("boxed", 5);
  line->events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_event_free);
  event->actor = g_strdup ("staff:0001");
  event->type = g_strdup ("accepted");
  event->time = 1795500000101;
  event->sealed = g_bytes_new ("\x01\x00\xff", 3);
  g_ptr_array_add (line->events, event);
  return line;
}

static void
test_request_round_trip (void)
{
  g_autoptr (MadoSyncRequest) request = mado_sync_request_new ();
  g_autoptr (GError) error = NULL;

  request->epoch = 7;
  request->anchor_at = 5120;
  memset (request->anchor_digest, 9, MADO_SHA256_LEN);
  request->g = 2;
  request->local_ms = 1795500000123;
  request->monotonic_ms = 88123;
  g_free (request->boot);
  request->boot = g_strdup ("b1");
  request->checkpoint.n = 42;
  memset (request->checkpoint.digest, 3, MADO_SHA256_LEN);
  request->checkpoint.signature = g_bytes_new ("sig", 3);
  g_ptr_array_add (request->lines, make_line ());
  g_autoptr (GBytes) text = mado_sync_request_write (request);
  g_autoptr (MadoSyncRequest) back = mado_sync_request_read (text, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) again = mado_sync_request_write (back);
  g_assert_true (g_bytes_equal (text, again));
  g_assert_cmpint (back->anchor_at, ==, 5120);
  const MadoGivenLine *line = back->lines->pdata[0];
  g_assert_cmpint (line->n, ==, 42);
  g_assert_cmpstr (line->box_key, ==, "k1");
  const MadoGivenEvent *event = line->events->pdata[0];
  g_assert_cmpstr (event->actor, ==, "staff:0001");
  g_assert_cmpuint (g_bytes_get_size (event->sealed), ==, 3);
}

/* Of a line whose keys and bodies were erased only place and head go to the centre. */
static void
test_erased_line (void)
{
  g_autoptr (MadoSyncRequest) request = mado_sync_request_new ();
  MadoGivenLine *line = make_line ();

  g_ptr_array_set_size (line->events, 0);
  g_clear_pointer (&line->box_key, g_free);
  g_free (request->boot);
  request->boot = g_strdup ("b1");
  g_ptr_array_add (request->lines, line);
  g_autoptr (GBytes) text = mado_sync_request_write (request);
  g_autoptr (MadoSyncRequest) back = mado_sync_request_read (text, NULL);
  g_assert_nonnull (back);
  const MadoGivenLine *read = back->lines->pdata[0];
  g_assert_null (read->box_key);
  g_assert_cmpuint (read->events->len, ==, 0);
  g_assert_cmpint (read->n, ==, 42);
}

static void
test_request_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoSyncRequest) sound = read_request (REQUEST ("", LINE), &error);

  g_assert_no_error (error);
  g_assert_cmpuint (sound->lines->len, ==, 1);
  assert_refused ("");
  assert_refused ("[]");
  assert_refused ("{}");
  assert_refused (REQUEST (",\"more\":1", ""));
  assert_refused (REQUEST (",\"epoch\":2", "")); /* twice */
  assert_refused (
      REQUEST (",\"checkpoint\":{\"n\":0,\"digest\":\"" DIGEST "\",\"signature\":\"AQ\"}", ""));
  assert_refused (REQUEST (",\"checkpoint\":{\"n\":1,\"digest\":\"AQ\",\"signature\":\"AQ\"}", ""));
  assert_refused (REQUEST ("", "1"));
  assert_refused (REQUEST ("", "{\"application\":\"x\",\"n\":1,\"head\":\"" DIGEST "\"}"));
  assert_refused (
      REQUEST ("", "{\"application\":\"" APPLICATION "\",\"n\":0,\"head\":\"" DIGEST "\"}"));
}

static void
test_anchor_refused (void)
{
  static const char *const anchors[]
      = { "[]",           "[0]",   "[0,\"" DIGEST "\"]", "[1,\"\"]",      "[-1,\"\"]",
          "[\"0\",\"\"]", "[0,0]", "[1,\"AQ\"]",         "[0,\"\",\"\"]", "{}" };

  for (gsize i = 0; i < G_N_ELEMENTS (anchors); i++) {
    g_autofree char *text = g_strdup_printf (
        "{\"epoch\":1,\"anchor\":%s,\"g\":1,\"wait\":0,\"seen\":[],\"clock\":{\"local\":1,"
        "\"monotonic\":2,\"boot\":\"b\"},\"lines\":[]}",
        anchors[i]);
    assert_refused (text);
  }
}

/* A line that cannot be read is the centre's to refuse; its neighbour is not touched by it. */
static void
test_bad_line_stands_alone (void)
{
  static const char bad[]
      = REQUEST ("", "{\"application\":\"" OTHER "\",\"n\":2,\"head\":\"" DIGEST
                     "\",\"box\":[\"k1\",\"AQ\",\"Ag\"],\"events\":[{\"actor\":\"agent\"}]}," LINE);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoSyncRequest) request = read_request (bad, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (request->lines->len, ==, 2);
  const MadoGivenLine *first = request->lines->pdata[0];
  const MadoGivenLine *second = request->lines->pdata[1];
  g_assert_cmpuint (first->events->len, ==, 0);
  g_assert_nonnull (strstr (first->unreadable, OTHER));
  g_assert_cmpuint (second->events->len, ==, 1);
}

static void
test_too_many_lines (void)
{
  g_autoptr (GString) lines = g_string_new (LINE);

  for (guint i = 1; i < MADO_SYNC_LINES_MAX; i++)
    g_string_append (lines, "," LINE);
  g_autofree char *full = g_strdup_printf (REQUEST ("", "%s"), lines->str);
  g_autoptr (MadoSyncRequest) request = read_request (full, NULL);
  g_assert_nonnull (request);
  g_string_append (lines, "," LINE);
  g_autofree char *over = g_strdup_printf (REQUEST ("", "%s"), lines->str);
  assert_refused (over);
}

static MadoSyncAnswer *
make_answer (void)
{
  MadoSyncAnswer *answer = mado_sync_answer_new ();
  MadoLineAnswer *line = g_new0 (MadoLineAnswer, 1);
  MadoLineChange *change = g_new0 (MadoLineChange, 1);

  answer->epoch = 7;
  answer->anchor_at = 5123;
  memset (answer->anchor_digest, 5, MADO_SHA256_LEN);
  answer->backed_up = 5008;
  answer->time = 1795500000165;
  line->application = g_strdup (APPLICATION);
  line->answer = g_strdup ("refused");
  line->reason = g_strdup ("fold:state");
  line->at = 5121;
  g_ptr_array_add (answer->answers, line);
  change->application = g_strdup (OTHER);
  change->seq = 9;
  change->state = g_strdup ("purged");
  g_ptr_array_add (answer->changed, change);
  return answer;
}

static void
test_answer_round_trip (void)
{
  g_autoptr (MadoSyncAnswer) answer = make_answer ();
  g_autoptr (GBytes) text = mado_sync_answer_write (answer);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoSyncAnswer) back = mado_sync_answer_read (text, &error);

  g_assert_no_error (error);
  g_autoptr (GBytes) again = mado_sync_answer_write (back);
  g_assert_true (g_bytes_equal (text, again));
  g_assert_cmpint (back->backed_up, ==, 5008);
  const MadoLineAnswer *line = back->answers->pdata[0];
  g_assert_cmpstr (line->reason, ==, "fold:state");
  g_assert_null (line->state);
  const MadoLineChange *change = back->changed->pdata[0];
  g_assert_cmpstr (change->state, ==, "purged");
}

static void
test_answer_refused (void)
{
  static const char *const texts[] = {
    "",
    "{}",
    "null",
    "{\"epoch\":0,\"anchor\":[0,\"\"],\"backed_up\":0,\"time\":0,\"answers\":[],\"changed\":[]}",
    "{\"epoch\":1,\"anchor\":[0,\"\"],\"backed_up\":0,\"time\":0,\"answers\":[{\"application\":"
    "\"" APPLICATION "\",\"answer\":\"perhaps\",\"at\":1}],\"changed\":[]}",
    "{\"epoch\":1,\"anchor\":[0,\"\"],\"backed_up\":0,\"time\":0,\"answers\":[],\"changed\":[{"
    "\"application\":\"" APPLICATION "\",\"seq\":0,\"head\":\"" DIGEST "\",\"state\":\"x\"}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) octets = g_bytes_new (texts[i], strlen (texts[i]));
    g_assert_null (mado_sync_answer_read (octets, &error));
    g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_PROTOCOL);
  }
}

static void
test_conflict (void)
{
  MadoSyncConflict epoch = { .epoch = 8 };
  MadoSyncConflict journal = { .g = 2 };
  MadoSyncConflict back;
  g_autoptr (GBytes) a = mado_sync_conflict_write (&epoch);
  g_autoptr (GBytes) b = mado_sync_conflict_write (&journal);
  g_autoptr (GBytes) neither = g_bytes_new_static ("{\"code\":\"moved\"}", 16);

  g_assert_true (mado_sync_conflict_read (a, &back, NULL));
  g_assert_cmpint (back.epoch, ==, 8);
  g_assert_cmpint (back.g, ==, 0);
  g_assert_true (mado_sync_conflict_read (b, &back, NULL));
  g_assert_cmpint (back.epoch, ==, 0);
  g_assert_cmpint (back.g, ==, 2);
  g_assert_false (mado_sync_conflict_read (neither, &back, NULL));
}

static void
test_deflate (void)
{
  g_autofree char *text = g_strnfill (1000000, 'a');
  g_autoptr (GBytes) plain = g_bytes_new (text, 1000000);
  g_autoptr (GBytes) packed = mado_deflate (plain);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) back = mado_inflate (packed, 1000000, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (plain, back));
  g_assert_cmpuint (g_bytes_get_size (packed), <, 2000);
  g_assert_null (mado_inflate (packed, 999999, NULL));
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 1);
  g_assert_null (mado_inflate (cut, 1000000, NULL));
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_assert_null (mado_inflate (none, 1000000, NULL));
  g_assert_null (mado_inflate (plain, 1000000, &error));
  g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/request/round-trip", test_request_round_trip);
  g_test_add_func ("/sync/request/erased-line", test_erased_line);
  g_test_add_func ("/sync/request/refused", test_request_refused);
  g_test_add_func ("/sync/request/anchor-refused", test_anchor_refused);
  g_test_add_func ("/sync/request/bad-line-stands-alone", test_bad_line_stands_alone);
  g_test_add_func ("/sync/request/too-many-lines", test_too_many_lines);
  g_test_add_func ("/sync/answer/round-trip", test_answer_round_trip);
  g_test_add_func ("/sync/answer/refused", test_answer_refused);
  g_test_add_func ("/sync/answer/conflict", test_conflict);
  g_test_add_func ("/sync/deflate", test_deflate);
  return g_test_run ();
}
