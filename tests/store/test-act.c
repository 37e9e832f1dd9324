#include "tests/store/people.h"

static void
act_one (Bench            *bench,
         const char       *id,
         gint64            expect,
         const char       *click,
         const char       *type,
         const char       *body_text,
         MadoApplication **ret,
         GError          **error)
{
  g_autoptr (JsonObject) body = body_of (body_text);
  MadoAct act = { type, "staff:0001", body };

  G_GNUC_UNUSED gboolean done
      = mado_store_act (bench->store, id, expect, click, &act, 1, FALSE, ret, error);
}

static gint64
seq_of (Bench *bench, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoApplication) application = mado_store_read (bench->store, id, &error);

  g_assert_no_error (error);
  return application->seq;
}

static void
test_birth (void)
{
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, FALSE);
  bench_reopen (&bench);
  g_autoptr (MadoApplication) read = mado_store_read (bench.store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->id, ==, id);
  g_assert_cmpint (read->state, ==, MADO_STATE_ACCEPTED);
  g_assert_cmpint (read->seq, ==, 2);
  g_assert_cmpstr (read->home, ==, "K-0001");
  g_assert_cmpstr (mado_json_string (read->fields, "name"), ==, planted_name);
  assert_verifies (bench.store);
  bench_tear_down (&bench);
}

static void
test_click_again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoApplication) first = NULL, again = NULL;
  g_autofree char *click = mado_uuid4 ();
  g_autofree char *later = mado_uuid4 ();
  Bench            bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, FALSE);
  act_one (&bench, id, 2, click, "amended", "{\"fields\":{\"phone\":\"1\"},\"reason\":\"typo\"}",
           &first, &error);
  g_assert_no_error (error);
  act_one (&bench, id, 3, later, "amended", "{\"fields\":{\"phone\":\"2\"},\"reason\":\"typo\"}",
           NULL, &error);
  g_assert_no_error (error);
  act_one (&bench, id, 2, click, "amended", "{\"fields\":{\"phone\":\"1\"},\"reason\":\"typo\"}",
           &again, &error);
  g_assert_no_error (error);
  g_assert_cmpint (again->seq, ==, 3);
  g_assert_cmpmem (again->head, 32, first->head, 32);
  g_assert_cmpstr (mado_json_string (again->fields, "phone"), ==, "1");
  g_assert_cmpint (seq_of (&bench, id), ==, 4);
  bench_tear_down (&bench);
}

static void
test_birth_again (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  Bench bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, TRUE);
  g_assert_true (try_register (bench.store, id, TRUE, &error));
  g_assert_no_error (error);
  list = mado_store_list (bench.store, &error);
  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpint (seq_of (&bench, id), ==, 2);
  g_assert_cmpuint (mado_store_waiting (bench.store), ==, 1);
  bench_tear_down (&bench);
}

static void
test_moved (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = mado_uuid4 ();
  g_autofree char *other = mado_uuid4 ();
  Bench            bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, FALSE);
  act_one (&bench, id, 2, one, "printed", "{\"what\":\"label\"}", NULL, &error);
  g_assert_no_error (error);
  act_one (&bench, id, 2, other, "printed", "{\"what\":\"label\"}", NULL, &error);
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_MOVED);
  g_clear_error (&error);
  act_one (&bench, id, 9, other, "printed", "{\"what\":\"label\"}", NULL, &error);
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_MOVED);
  g_assert_cmpint (seq_of (&bench, id), ==, 3);
  bench_tear_down (&bench);
}

static void
test_fold_says_no (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *click = mado_uuid4 ();
  Bench            bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, FALSE);
  act_one (&bench, id, 2, click, "submitted", "{}", NULL, &error);
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_FOLD);
  g_assert_true (g_str_has_suffix (error->message, ": state"));
  g_assert_cmpint (seq_of (&bench, id), ==, 2);
  assert_verifies (bench.store);
  bench_tear_down (&bench);
}

/* The second event is wrong: the first must not stay either. */
static void
test_all_or_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = submitted_body ();
  g_autoptr (JsonObject) empty = json_object_new ();
  MadoAct acts[] = { { "submitted", "agent", body }, { "claimed", "agent", empty } };
  Bench   bench;

  bench_set_up (&bench);
  g_autofree char *id = mado_uuid7 (NOON);
  g_assert_false (mado_store_act (bench.store, id, 0, id, acts, 2, TRUE, NULL, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_FOLD);
  g_clear_error (&error);
  g_assert_null (mado_store_read (bench.store, id, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND);
  g_assert_cmpuint (mado_store_waiting (bench.store), ==, 0);
  bench_tear_down (&bench);
}

static void
test_refusals (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = submitted_body ();
  g_autofree char *click = mado_uuid4 ();
  g_autofree char *nobody = mado_uuid4 ();
  MadoAct          act = { "submitted", "agent", body };
  Bench            bench;

  bench_set_up (&bench);
  g_assert_false (mado_store_act (bench.store, nobody, 0, click, &act, 1, FALSE, NULL, &error));
  g_assert_error (error, MADO_STORE_ERROR,
                  MADO_STORE_ERROR_REFUSED); /* a birth's click is its id */
  g_clear_error (&error);
  g_assert_false (mado_store_act (bench.store, "x", 0, "x", &act, 1, FALSE, NULL, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mado_store_act (bench.store, nobody, 1, click, &act, 1, FALSE, NULL, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_autofree char *given = register_person (&bench, TRUE);
  act_one (&bench, given, 2, click, "printed", "{\"what\":\"label\"}", NULL, &error);
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  bench_tear_down (&bench);
}

static void
test_give_later (void)
{
  g_autoptr (GError) error = NULL;
  guint8 digest[32];
  gint64 g = 0, n = 0;
  Bench  bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, FALSE);
  g_assert_true (mado_store_checkpoint (bench.store, &g, &n, digest, &error));
  g_assert_cmpint (n, ==, 0);
  g_assert_true (mado_store_give (bench.store, id, &error));
  g_assert_true (mado_store_give (bench.store, id, &error)); /* once only */
  g_assert_true (mado_store_checkpoint (bench.store, &g, &n, digest, &error));
  g_assert_cmpint (g, ==, 1);
  g_assert_cmpint (n, ==, 1);
  assert_verifies (bench.store);
  bench_tear_down (&bench);
}

static void
test_list (void)
{
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_set_up (&bench);
  g_autofree char *older = register_person (&bench, TRUE);
  g_autofree char *newer = register_person (&bench, FALSE);
  g_autoptr (GPtrArray) list = mado_store_list (bench.store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->len, ==, 2);
  MadoStoreRow *first = list->pdata[0], *second = list->pdata[1];
  g_assert_cmpstr (first->application, ==, newer);
  g_assert_cmpstr (first->sync, ==, "home");
  g_assert_cmpstr (second->application, ==, older);
  g_assert_cmpstr (second->sync, ==, "given");
  g_assert_cmpstr (second->state, ==, "accepted");
  g_assert_cmpint (second->time, ==, NOON);
  g_assert_cmpstr (mado_json_string (second->content->fields, "kana"), ==, planted_kana);
  bench_tear_down (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/act/a-birth-is-there-after-a-restart", test_birth);
  g_test_add_func ("/store/act/the-same-click-gets-the-first-answer", test_click_again);
  g_test_add_func ("/store/act/the-same-birth-is-one-line", test_birth_again);
  g_test_add_func ("/store/act/another-was-faster", test_moved);
  g_test_add_func ("/store/act/the-fold-says-no", test_fold_says_no);
  g_test_add_func ("/store/act/all-events-or-none", test_all_or_none);
  g_test_add_func ("/store/act/refusals-have-their-codes", test_refusals);
  g_test_add_func ("/store/act/given-later-has-one-place", test_give_later);
  g_test_add_func ("/store/act/the-list-says-where-each-line-is", test_list);
  return g_test_run ();
}
