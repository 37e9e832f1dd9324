/* Event headers: their exact form, and what is none. */
#include "app/base/json.h"
#include "app/domain/error.h"
#include "app/domain/event.h"
#include "app/domain/line.h"

#include <string.h>

#define ZEROS "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define GOOD                                                                                       \
  "{\"actor\":\"agent\",\"application\":\"0192f3a2-0000-7000-8000-000000000000\",\"body\":"        \
  "\"" ZEROS "\",\"holder\":\"C-1\",\"previous\":\"" ZEROS                                         \
  "\",\"seq\":1,\"time\":1800000000000,\"type\":\"submitted\",\"v\":1}"

static JsonObject *
good_header (void)
{
  return mado_json_parse_object (GOOD, strlen (GOOD), NULL);
}

static void
test_round_trip (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoEvent) event = mado_event_parse_header (GOOD, strlen (GOOD), &error);
  g_assert_no_error (error);
  g_autoptr (MadoEvent) copy = mado_event_copy (event);
  g_autofree char *header = mado_event_header (copy);

  g_assert_cmpstr (header, ==, GOOD);
  g_assert_cmpstr (event->holder, ==, "C-1");
  g_assert_cmpint (event->seq, ==, 1);
  g_assert_null (event->body);
}

static void
assert_refused (JsonObject *header)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_event_from_json (header, &error));
  g_assert_error (error, MADO_DOMAIN_ERROR, MADO_DOMAIN_ERROR_HEADER);
}

static void
test_every_member_is_needed (void)
{
  static const char *const members[]
      = { "actor", "application", "body", "holder", "previous", "seq", "time", "type", "v" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++) {
    g_autoptr (JsonObject) header = good_header ();
    json_object_remove_member (header, members[i]);
    assert_refused (header);
    json_object_set_string_member (header, "other", "x");
    assert_refused (header);
  }
}

static void
test_one_more_member_is_too_many (void)
{
  g_autoptr (JsonObject) header = good_header ();

  json_object_set_int_member (header, "extra", 1);
  assert_refused (header);
}

static void
test_texts_have_their_form (void)
{
  static const struct {
    const char *member;
    const char *value;
  } bad[] = {
    { "actor", "" },
    { "actor", "staff 1" },
    { "holder", "端末" },
    { "type", "a234567890123456789012345678901234567890123456789012345678901234x" },
    { "application", "0192F3A2-0000-7000-8000-000000000000" },
    { "application", "0192f3a2" },
    { "body", "AAAA" },
    { "body", ZEROS "=" },
    { "previous", ZEROS "A" },
    { "seq", "1" },
    { "v", "1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (JsonObject) header = good_header ();
    json_object_set_string_member (header, bad[i].member, bad[i].value);
    assert_refused (header);
  }
}

static void
test_numbers_have_their_range (void)
{
  static const struct {
    const char *member;
    gint64      value;
  } bad[] = { { "seq", 0 }, { "seq", -1 }, { "time", -1 }, { "time", G_GINT64_CONSTANT (1) << 53 },
              { "v", 2 },   { "actor", 1 } };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (JsonObject) header = good_header ();
    json_object_set_int_member (header, bad[i].member, bad[i].value);
    assert_refused (header);
  }
}

static void
test_octets_must_be_canonical (void)
{
  static const char *const texts[] = { " " GOOD, GOOD "\n", "[]", "{", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (mado_event_parse_header (texts[i], strlen (texts[i]), &error));
    g_assert_error (error, MADO_DOMAIN_ERROR, MADO_DOMAIN_ERROR_HEADER);
  }
}

static void
test_digest_names_every_member (void)
{
  g_autoptr (MadoEvent) event = mado_event_parse_header (GOOD, strlen (GOOD), NULL);
  guint8 before[MADO_SHA256_LEN], after[MADO_SHA256_LEN];

  mado_event_digest (event, before);
  event->body_digest[31] ^= 1;
  mado_event_digest (event, after);
  g_assert_cmpint (memcmp (before, after, sizeof before), !=, 0);
  event->body_digest[31] ^= 1;
  event->time++;
  mado_event_digest (event, after);
  g_assert_cmpint (memcmp (before, after, sizeof before), !=, 0);
}

static void
test_a_line_begins_at_one (void)
{
  g_autoptr (MadoEvent) event = mado_event_parse_header (GOOD, strlen (GOOD), NULL);
  guint8 head[MADO_SHA256_LEN] = { 0 };

  g_assert_true (mado_line_follows (event, NULL, 0, head));
  g_assert_false (mado_line_follows (event, NULL, 1, head));
  g_assert_false (mado_line_follows (event, "0192f3a2-0000-7000-8000-000000000001", 0, head));
  head[0] = 1;
  g_assert_false (mado_line_follows (event, NULL, 0, head));
}

static void
test_an_empty_line_is_whole (void)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  guint8 head[MADO_SHA256_LEN] = { 1 };
  guint8 zeros[MADO_SHA256_LEN] = { 0 };

  g_assert_cmpuint (mado_line_check (headers, head), ==, 0);
  g_assert_cmpmem (head, sizeof head, zeros, sizeof zeros);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/event/round-trip", test_round_trip);
  g_test_add_func ("/domain/event/every-member-is-needed", test_every_member_is_needed);
  g_test_add_func ("/domain/event/one-more-member-is-too-many", test_one_more_member_is_too_many);
  g_test_add_func ("/domain/event/texts-have-their-form", test_texts_have_their_form);
  g_test_add_func ("/domain/event/numbers-have-their-range", test_numbers_have_their_range);
  g_test_add_func ("/domain/event/octets-must-be-canonical", test_octets_must_be_canonical);
  g_test_add_func ("/domain/event/digest-names-every-member", test_digest_names_every_member);
  g_test_add_func ("/domain/line/begins-at-one", test_a_line_begins_at_one);
  g_test_add_func ("/domain/line/an-empty-line-is-whole", test_an_empty_line_is_whole);
  return g_test_run ();
}
