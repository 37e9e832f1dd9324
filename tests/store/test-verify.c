#include "tests/store/exchange.h"

#include <sqlite3.h>

static void
meddle_in (const char *dir, const char *name, const char *sql)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  sqlite3         *database = NULL;
  char            *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  g_assert_cmpint (sqlite3_changes (database), >, 0);
  sqlite3_close (database);
}

/* Changes with the key in hand, so digests of single rows fit again where @sql sees to it. */
static JsonObject *
verify_after (const char *sql)
{
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_set_up (&bench);
  for (guint i = 0; i < 3; i++)
    g_free (register_person (&bench, TRUE));
  assert_verifies (bench.store);
  g_clear_pointer (&bench.store, mado_store_free);
  meddle_in (bench.dir, "store.db", sql);
  bench_reopen (&bench);
  JsonObject *report = mado_store_verify (bench.store, &error);
  g_assert_no_error (error);
  bench_tear_down (&bench);
  return report;
}

static void
assert_bad_line (const char *sql, gint64 seq, const char *what)
{
  g_autoptr (JsonObject) report = verify_after (sql);
  JsonObject *bad = mado_json_object (report, "first_bad");

  g_assert_false (mado_json_flag (report, "ok"));
  g_assert_nonnull (bad);
  g_assert_true (mado_uuid_is_valid (mado_json_string (bad, "application")));
  g_assert_cmpint (json_object_get_int_member (bad, "seq"), ==, seq);
  g_assert_cmpstr (mado_json_string (bad, "what"), ==, what);
}

static void
assert_bad_place (const char *sql, gint64 n, const char *what)
{
  g_autoptr (JsonObject) report = verify_after (sql);
  JsonObject *bad = mado_json_object (report, "first_bad");

  g_assert_false (mado_json_flag (report, "ok"));
  g_assert_cmpint (json_object_get_int_member (bad, "g"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (bad, "n"), ==, n);
  g_assert_cmpstr (mado_json_string (bad, "what"), ==, what);
}

static void
test_headers (void)
{
  assert_bad_line ("UPDATE event SET header = replace(header, 'agent', 'agenT') WHERE seq = 1", 1,
                   "digest");
  assert_bad_line ("UPDATE event SET header = header || ' ' WHERE seq = 2", 2, "header");
  assert_bad_line ("UPDATE event SET header = 'x' WHERE seq = 1", 1, "header");
  assert_bad_line ("UPDATE event SET digest = zeroblob(32) WHERE seq = 2", 2, "digest");
}

static void
test_bodies (void)
{
  assert_bad_line ("UPDATE event SET sealed = zeroblob(length(sealed)) WHERE seq = 1", 1, "body");
  assert_bad_line ("UPDATE event SET sealed = NULL WHERE seq = 2", 2, "body");
}

static void
test_lines (void)
{
  assert_bad_line ("DELETE FROM event WHERE seq = 2", 2, "head");
  assert_bad_line ("DELETE FROM event WHERE seq = 1", 1, "line");
  assert_bad_line ("UPDATE event SET seq = 3 - seq + 10; UPDATE event SET seq = seq - 10", 1,
                   "line");
  assert_bad_line ("UPDATE line SET head = zeroblob(32)", 3, "head");
}

static void
test_places (void)
{
  assert_bad_place ("DELETE FROM journal WHERE n = 2", 2, "place");
  assert_bad_place ("UPDATE journal SET digest = zeroblob(32) WHERE n = 3", 3, "digest");
  assert_bad_place ("UPDATE journal SET head = zeroblob(32) WHERE n = 1", 1, "digest");
}

/* A place cut off at the end shows at the line that was given and has none. */
static void
test_cut_tail (void)
{
  assert_bad_line ("DELETE FROM journal WHERE n = 3", 2, "place");
}

static void
test_centre (void)
{
  static const char *const attacks[] = {
    "UPDATE event SET header = replace(header, 'agent', 'agenT') WHERE seq = 1",
    "UPDATE event SET sealed = zeroblob(length(sealed)) WHERE seq = 1",
    "DELETE FROM event WHERE seq = 2",
    "DELETE FROM journal WHERE n = 1",
    "UPDATE journal SET digest = zeroblob(32) WHERE n = 2",
    "UPDATE line SET head = zeroblob(32)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (attacks); i++) {
    g_autoptr (GError) error = NULL;
    Town town;

    town_set_up (&town);
    g_free (register_person (&town.terminal, TRUE));
    g_free (register_person (&town.terminal, TRUE));
    sync_with (&town, 9, NULL);
    assert_centre_verifies (&town);
    g_clear_pointer (&town.centre, mado_centre_free);
    meddle_in (town.dir, "central.db", attacks[i]);
    town_open_centre (&town);
    g_autoptr (JsonObject) report = mado_centre_verify (town.centre, &error);
    g_assert_no_error (error);
    g_assert_false (mado_json_flag (report, "ok"));
    g_assert_nonnull (mado_json_object (report, "first_bad"));
    town_tear_down (&town);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/verify/a-changed-header-is-named", test_headers);
  g_test_add_func ("/store/verify/a-changed-body-is-named", test_bodies);
  g_test_add_func ("/store/verify/a-line-cut-or-turned-is-named", test_lines);
  g_test_add_func ("/store/verify/a-changed-place-is-named", test_places);
  g_test_add_func ("/store/verify/a-journal-cut-short-is-named", test_cut_tail);
  g_test_add_func ("/store/verify/the-centre-names-them-too", test_centre);
  return g_test_run ();
}
