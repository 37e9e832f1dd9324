#include "tests/store/exchange.h"
#include "tests/store/faulty-vfs.h"

/* --- one sync an acknowledgement ------------------------------------------------------------- */

static void
print_once (Bench *bench, const char *id, gint64 expect)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = body_of ("{\"what\":\"label\"}");
  g_autofree char *click = mado_uuid4 ();
  MadoAct          act = { "printed", "agent", body };

  g_assert_true (mado_store_act (bench->store, id, expect, click, &act, 1, FALSE, NULL, &error));
  g_assert_no_error (error);
}

static void
test_one_sync (void)
{
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_set_up (&bench);
  for (guint i = 0; i < 100; i++) {
    if (i == 50) /* an emptied log must not make the next act dearer */
      g_assert_true (mado_store_tidy (bench.store, &error));
    guint            before = faults.syncs;
    g_autofree char *id = register_person (&bench, TRUE);
    g_assert_cmpuint (faults.syncs - before, ==, 1);
  }
  g_autofree char *id = register_person (&bench, FALSE);
  guint            before = faults.syncs;
  print_once (&bench, id, 2);
  g_assert_cmpuint (faults.syncs - before, ==, 1);
  g_assert_true (mado_store_give (bench.store, id, &error));
  g_assert_cmpuint (faults.syncs - before, ==, 2);
  g_assert_true (try_register (bench.store, id, TRUE, &error)); /* said again: nothing to write */
  g_assert_cmpuint (faults.syncs - before, ==, 2);
  bench_tear_down (&bench);
}

/* --- the n-th operation fails ---------------------------------------------------------------- */

static void
assert_coded (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == MADO_STORE_ERROR);
  if (faults.code == SQLITE_FULL && !faults.reads)
    g_assert_true (error->code == MADO_STORE_ERROR_FULL || error->code == MADO_STORE_ERROR_IO);
  else
    g_assert_cmpint (error->code, ==, MADO_STORE_ERROR_IO);
}

/* What was acknowledged is whole; what was not is whole or absent; the store goes on. */
static void
assert_nothing_lost (Bench *bench, GPtrArray *acknowledged, const char *in_doubt)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < acknowledged->len; i++) {
    g_autoptr (MadoApplication) application
        = mado_store_read (bench->store, acknowledged->pdata[i], &error);
    g_assert_no_error (error);
    g_assert_cmpint (application->seq, ==, 2);
  }
  g_autoptr (MadoApplication) half = mado_store_read (bench->store, in_doubt, NULL);
  if (half != NULL)
    g_assert_cmpint (half->seq, ==, 2);
  assert_verifies (bench->store);
}

/* One registration with the n-th operation failing; whether the fault was met at all. */
static gboolean
register_with_fault (Bench *bench, GPtrArray *acknowledged, guint n, int code, gboolean for_ever)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mado_uuid7 (mado_clock_now_ms (bench->clock));

  mado_clock_move (bench->clock, 1);
  set_fault (n, code, for_ever, FALSE);
  gboolean done = try_register (bench->store, id, TRUE, &error);
  gboolean met = faults.failed > 0;
  if (!done)
    assert_coded (error);
  clear_fault ();
  assert_nothing_lost (bench, acknowledged, id);
  bench_reopen (bench);
  assert_nothing_lost (bench, acknowledged, id);
  if (done)
    g_ptr_array_add (acknowledged, g_steal_pointer (&id));
  return met;
}

static void
fail_everywhere (int code, gboolean for_ever)
{
  g_autoptr (GPtrArray) acknowledged = g_ptr_array_new_with_free_func (g_free);
  guint n = 1;
  Bench bench;

  bench_set_up (&bench);
  while (register_with_fault (&bench, acknowledged, n, code, for_ever))
    n++;
  g_test_message ("%u operations failed, one after the other", n - 1);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (acknowledged->len, >, 0);
  bench_tear_down (&bench);
}

static void
test_full_once (void)
{
  fail_everywhere (SQLITE_FULL, FALSE);
}

static void
test_full_for_ever (void)
{
  fail_everywhere (SQLITE_FULL, TRUE);
}

static void
test_error_once (void)
{
  fail_everywhere (SQLITE_IOERR_WRITE, FALSE);
}

static void
test_error_for_ever (void)
{
  fail_everywhere (SQLITE_IOERR_WRITE, TRUE);
}

/* A disk that fails while the store is opened is no damaged file. */
static void
test_opening (void)
{
  gboolean met = TRUE;
  Bench    bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, TRUE);
  for (guint n = 1; met; n++) {
    g_autoptr (GError) error = NULL;
    g_clear_pointer (&bench.store, mado_store_free);
    set_fault (n, SQLITE_IOERR_WRITE, FALSE, TRUE);
    bench.store = open_store (&bench, FALSE, &error);
    met = faults.failed > 0;
    if (bench.store == NULL)
      assert_coded (error);
    clear_fault ();
    bench_reopen (&bench);
    g_assert_null (mado_store_set_aside (bench.store));
    g_autoptr (GError) lost = NULL;
    g_autoptr (MadoApplication) read = mado_store_read (bench.store, id, &lost);
    g_test_message ("operation %u", n);
    g_assert_no_error (lost);
  }
  bench_tear_down (&bench);
}

/* An answer of the centre is applied whole or not at all. */
static void
test_answers (void)
{
  gboolean met = TRUE;

  for (guint n = 1; met; n++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) failure = NULL;
    g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_new ();
    Town town;

    town_set_up (&town);
    g_autofree char *id = register_person (&town.terminal, TRUE);
    MadoLineAnswer  *stored = g_new0 (MadoLineAnswer, 1);
    stored->application = g_strdup (id);
    stored->answer = g_strdup ("stored");
    stored->at = 1;
    g_ptr_array_add (answer->answers, stored);
    answer->anchor_at = 1;
    set_fault (n, SQLITE_FULL, FALSE, FALSE);
    gboolean done = mado_store_apply (town.terminal.store, answer, &failure);
    met = faults.failed > 0;
    clear_fault ();
    g_autoptr (MadoStorePlace) place = mado_store_place (town.terminal.store, &error);
    g_assert_no_error (error);
    gboolean moved = place->anchor_at == 1;
    g_assert_true (moved || !done);
    g_assert_cmpstr (sync_of (&town, id), ==, moved ? "stored" : "given");
    assert_verifies (town.terminal.store);
    town_tear_down (&town);
  }
}

/* The centre answers "stored" only for what both of its files have. */
static void
test_receiving (void)
{
  gboolean met = TRUE;
  guint    n = 0;

  while (met) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) answers = NULL;
    gint64 number = 0;
    Town   town;

    town_set_up (&town);
    g_autofree char *id = register_person (&town.terminal, TRUE);
    g_autoptr (GPtrArray) lines = mado_store_outbox (town.terminal.store, 9, 1 << 20, NULL);
    set_fault (++n, SQLITE_IOERR_WRITE, FALSE, FALSE);
    gboolean done
        = mado_centre_receive (town.centre, "K-0001", 1, lines, &answers, &number, &error);
    met = faults.failed > 0;
    if (!done)
      assert_coded (error);
    clear_fault ();
    g_clear_pointer (&town.centre, mado_centre_free);
    town_open_centre (&town);
    assert_centre_verifies (&town);
    if (done)
      assert_at_centre (&town, id);
    sync_with (&town, 9, NULL);
    assert_at_centre (&town, id);
    town_tear_down (&town);
  }
  g_assert_cmpuint (n, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  install_faulty_vfs ();
  g_test_add_func ("/store/disk/one-sync-an-acknowledgement", test_one_sync);
  g_test_add_func ("/store/disk/full-at-every-operation", test_full_once);
  g_test_add_func ("/store/disk/full-from-every-operation-on", test_full_for_ever);
  g_test_add_func ("/store/disk/error-at-every-operation", test_error_once);
  g_test_add_func ("/store/disk/error-from-every-operation-on", test_error_for_ever);
  g_test_add_func ("/store/disk/error-while-opening", test_opening);
  g_test_add_func ("/store/disk/an-answer-is-applied-whole", test_answers);
  g_test_add_func ("/store/disk/stored-is-said-of-what-is-stored", test_receiving);
  return g_test_run ();
}
