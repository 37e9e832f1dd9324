/* The sixty vectors of the journal: fold, line, header, journal, give. */
#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/domain/fold.h"
#include "app/domain/line.h"

#include <string.h>

#define APPLICATION "0192f3a2-0000-7000-8000-000000000000"

static char *
canonical_member (JsonObject *object, const char *member)
{
  g_autoptr (GError) error = NULL;
  char *text = mado_json_canonical (json_object_get_member (object, member), &error);

  g_assert_no_error (error);
  return text;
}

/* --- fold ------------------------------------------------------------------------------------ */

static MadoEvent *
make_event (JsonObject *vector, gint64 seq, const guint8 *previous)
{
  MadoEvent *event = mado_event_new ();

  event->actor = g_strdup (mado_json_string (vector, "actor"));
  event->application = g_strdup (APPLICATION);
  event->holder = g_strdup (mado_json_string (vector, "holder"));
  event->type = g_strdup (mado_json_string (vector, "type"));
  event->body = json_object_ref (mado_json_object (vector, "body"));
  event->seq = seq;
  memcpy (event->previous, previous, sizeof event->previous);
  return event;
}

static GPtrArray *
make_events (JsonArray *vectors)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_event_free);
  guint8     head[MADO_SHA256_LEN] = { 0 };

  for (guint i = 0; i < json_array_get_length (vectors); i++) {
    g_ptr_array_add (events, make_event (json_array_get_object_element (vectors, i), i + 1, head));
    mado_event_digest (events->pdata[i], head);
  }
  return events;
}

static JsonObject *
fold_answer (GPtrArray *events)
{
  MadoFoldFault fault;
  gint64        seq;
  g_autoptr (MadoApplication) application = mado_fold (events, &fault, &seq);

  if (application != NULL)
    return mado_application_to_json (application);
  JsonObject *answer = json_object_new ();
  json_object_set_string_member (answer, "error", mado_fold_fault_name (fault));
  json_object_set_int_member (answer, "seq", seq);
  return answer;
}

static void
check_fold (JsonObject *vector)
{
  g_autoptr (GPtrArray) events = make_events (json_object_get_array_member (vector, "events"));
  g_autoptr (JsonObject) answer = fold_answer (events);
  g_autofree char *got = mado_json_canonical_object (answer);
  g_autofree char *expected = canonical_member (vector, "expect");

  g_assert_cmpstr (got, ==, expected);
}

/* --- line, header, journal, give ------------------------------------------------------------- */

static void
assert_digest (const guint8 *digest, const char *expected)
{
  g_autofree char *text = mado_base64url (digest, MADO_SHA256_LEN);

  g_assert_cmpstr (text, ==, expected);
}

static void
check_line (JsonObject *vector)
{
  JsonArray  *array = json_object_get_array_member (vector, "headers");
  JsonObject *expect = json_object_get_object_member (vector, "expect");
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  guint8 head[MADO_SHA256_LEN] = { 0 };
  gint64 first_bad = 0;

  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (headers, json_array_get_object_element (array, i));
  mado_json_integer (expect, "first_bad", &first_bad);
  g_assert_cmpint (mado_line_check (headers, head), ==, first_bad);
  g_assert_true (mado_json_flag (expect, "valid") == (first_bad == 0));
  if (first_bad == 0)
    assert_digest (head, mado_json_string (expect, "head"));
}

static void
check_header (JsonObject *vector)
{
  g_autoptr (GError) error = NULL;
  const char *canonical = mado_json_string (vector, "canonical");
  g_autoptr (MadoEvent) event
      = mado_event_from_json (json_object_get_object_member (vector, "header"), &error);
  g_assert_no_error (error);
  g_autoptr (MadoEvent) parsed = mado_event_parse_header (canonical, strlen (canonical), &error);
  g_assert_no_error (error);
  g_autofree char *header = mado_event_header (event);
  guint8           digest[MADO_SHA256_LEN];

  g_assert_cmpstr (header, ==, canonical);
  mado_event_digest (parsed, digest);
  assert_digest (digest, mado_json_string (vector, "digest"));
}

static GByteArray *
digests_of (JsonObject *vector, const char *member)
{
  JsonArray  *array = json_object_get_array_member (vector, member);
  GByteArray *digests = g_byte_array_new ();

  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autoptr (GBytes) digest = mado_base64url_decode (json_array_get_string_element (array, i));
    g_assert_cmpuint (g_bytes_get_size (digest), ==, MADO_SHA256_LEN);
    g_byte_array_append (digests, g_bytes_get_data (digest, NULL), MADO_SHA256_LEN);
  }
  return digests;
}

static void
check_journal (JsonObject *vector)
{
  g_autoptr (GByteArray) heads = digests_of (vector, "heads");
  JsonArray *digests = json_object_get_array_member (vector, "digests");
  guint8     running[MADO_SHA256_LEN] = { 0 };

  for (guint i = 0; i < json_array_get_length (digests); i++) {
    mado_journal_digest (running, heads->data + (gsize)i * MADO_SHA256_LEN, running);
    assert_digest (running, json_array_get_string_element (digests, i));
  }
}

static void
check_give (JsonObject *vector)
{
  g_autoptr (GByteArray) have = digests_of (vector, "have");
  g_autoptr (GByteArray) offered = digests_of (vector, "offered");
  MadoLineGift gift = mado_line_compare (have->data, have->len / MADO_SHA256_LEN, offered->data,
                                         offered->len / MADO_SHA256_LEN);

  g_assert_cmpstr (mado_line_gift_name (gift), ==, mado_json_string (vector, "answer"));
}

/* --- one test a vector ----------------------------------------------------------------------- */

static const struct {
  const char *kind;
  void (*check) (JsonObject *vector);
} kinds[] = {
  { "fold", check_fold },       { "line", check_line }, { "header", check_header },
  { "journal", check_journal }, { "give", check_give },
};

static void
check_vector (gconstpointer data)
{
  JsonObject *vector = (JsonObject *)data;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].kind, mado_json_string (vector, "kind"))) {
      kinds[i].check (vector);
      return;
    }
  g_assert_not_reached ();
}

static JsonObject *
load_vectors (void)
{
  g_autofree char *text = NULL;
  gsize            len;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (MADO_TEST_DATA "/domain/data/fold-vectors.json", &text, &len, &error);
  g_assert_no_error (error);
  JsonObject *vectors = mado_json_parse_object (text, len, &error);
  g_assert_no_error (error);
  return vectors;
}

static void
test_there_are_sixty (gconstpointer vectors)
{
  g_assert_cmpuint (json_array_get_length ((JsonArray *)vectors), ==, 60);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (JsonObject) file = load_vectors ();
  JsonArray *vectors = json_object_get_array_member (file, "vectors");

  g_test_add_data_func ("/domain/vectors/there-are-sixty", vectors, test_there_are_sixty);
  for (guint i = 0; i < json_array_get_length (vectors); i++) {
    JsonObject      *vector = json_array_get_object_element (vectors, i);
    g_autofree char *name = g_strdup (mado_json_string (vector, "name"));
    g_autofree char *path = g_strdup_printf ("/domain/vectors/%s/%02u %s",
                                             mado_json_string (vector, "kind"), i, name);
    g_test_add_data_func (path, vector, check_vector);
  }
  return g_test_run ();
}
