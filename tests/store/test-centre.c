#include "app/domain/event.h"
#include "app/store/box.h"
#include "tests/store/exchange.h"

static void
test_given_once (void)
{
  Town town;
  g_autoptr (MadoSyncAnswer) answer = NULL;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_assert_cmpuint (sync_with (&town, 500, NULL), ==, 1); /* the first epoch */
  assert_at_centre (&town, id);
  g_assert_cmpstr (sync_of (&town, id), ==, "stored");
  g_assert_cmpuint (sync_with (&town, 500, &answer), ==, 0);
  g_assert_cmpuint (answer->answers->len, ==, 0);
  g_assert_cmpuint (answer->changed->len, ==, 0);
  assert_centre_verifies (&town);
  assert_verifies (town.terminal.store);
  town_tear_down (&town);
}

static void
test_key_gone_after_stored (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  sync_with (&town, 500, NULL);
  g_assert_null (mado_store_read (town.terminal.store, id, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  town_tear_down (&town);
}

/* The answer is lost: the same lines come again, also out of order. */
static void
test_doubled_and_reordered (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) first = NULL, second = NULL;
  gint64 number = 0;
  Town   town;

  town_set_up (&town);
  g_autofree char *a = register_person (&town.terminal, TRUE);
  g_autofree char *b = register_person (&town.terminal, TRUE);
  g_autoptr (GPtrArray) lines = mado_store_outbox (town.terminal.store, 10, 1 << 20, &error);
  g_assert_cmpuint (lines->len, ==, 2);
  gpointer swapped = lines->pdata[0];
  lines->pdata[0] = lines->pdata[1];
  lines->pdata[1] = swapped;
  g_assert_true (mado_centre_receive (town.centre, "K-0001", 1, lines, &first, &number, &error));
  g_assert_true (mado_centre_receive (town.centre, "K-0001", 1, lines, &second, &number, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) {
    MadoLineAnswer *stored = first->pdata[i], *again = second->pdata[i];
    g_assert_cmpstr (stored->answer, ==, "stored");
    g_assert_cmpstr (again->answer, ==, "already");
    g_assert_cmpint (again->at, ==, stored->at);
    g_assert_cmpstr (again->state, ==, "accepted");
  }
  sync_with (&town, 500, NULL);
  g_assert_cmpstr (sync_of (&town, a), ==, "stored");
  g_assert_cmpstr (sync_of (&town, b), ==, "stored");
  assert_centre_verifies (&town);
  town_tear_down (&town);
}

static MadoLineAnswer *
receive_one (Town *town, MadoGivenLine *line, GPtrArray **ret_answers)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  gint64 number = 0;

  g_ptr_array_add (lines, line);
  g_assert_true (
      mado_centre_receive (town->centre, "K-0001", 1, lines, ret_answers, &number, &error));
  g_assert_no_error (error);
  return (*ret_answers)->pdata[0];
}

static GPtrArray *
one_line (Town *town, char **ret_id)
{
  g_autoptr (GError) error = NULL;

  *ret_id = register_person (&town->terminal, TRUE);
  GPtrArray *lines = mado_store_outbox (town->terminal.store, 1, 1 << 20, &error);
  g_assert_no_error (error);
  return lines;
}

static void
assert_refused (Town *town, MadoGivenLine *line, const char *reason)
{
  g_autoptr (GPtrArray) answers = NULL;
  MadoLineAnswer *answer = receive_one (town, line, &answers);

  g_assert_cmpstr (answer->answer, ==, "refused");
  g_assert_cmpstr (answer->reason, ==, reason);
}

static void
test_refused_digest (void)
{
  g_autofree char *id = NULL;
  Town             town;

  town_set_up (&town);
  g_autoptr (GPtrArray) lines = one_line (&town, &id);
  MadoGivenLine  *line = lines->pdata[0];
  MadoGivenEvent *event = line->events->pdata[0];
  event->time++;
  assert_refused (&town, line, "digest");
  town_tear_down (&town);
}

static void
test_refused_no_key (void)
{
  g_autofree char *id = NULL;
  Town             town;

  town_set_up (&town);
  g_autoptr (GPtrArray) lines = one_line (&town, &id);
  MadoGivenLine *line = lines->pdata[0];
  line->box_key[1] = '9';
  assert_refused (&town, line, "no_key");
  town_tear_down (&town);
}

static void
test_refused_schema (void)
{
  g_autofree char *id = NULL;
  Town             town;

  town_set_up (&town);
  g_autoptr (GPtrArray) lines = one_line (&town, &id);
  MadoGivenLine  *line = lines->pdata[0];
  MadoGivenEvent *event = line->events->pdata[0];
  g_free (event->actor);
  event->actor = g_strdup ("a name");
  assert_refused (&town, line, "schema");
  town_tear_down (&town);
}

static void
test_refused_too_large (void)
{
  g_autofree char *id = NULL;
  Town             town;

  town_set_up (&town);
  g_autoptr (GPtrArray) lines = one_line (&town, &id);
  MadoGivenLine  *line = lines->pdata[0];
  MadoGivenEvent *event = line->events->pdata[0];
  g_bytes_unref (event->sealed);
  event->sealed = g_bytes_new_take (g_malloc0 (100000), 100000);
  assert_refused (&town, line, "too_large");
  town_tear_down (&town);
}

/* Another terminal's certificate: the headers were made with ours, so the digest is another. */
static void
test_refused_other_holder (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autofree char *id = NULL;
  gint64           number = 0;
  Town             town;

  town_set_up (&town);
  g_autoptr (GPtrArray) lines = one_line (&town, &id);
  g_assert_true (mado_centre_receive (town.centre, "K-0002", 1, lines, &answers, &number, &error));
  MadoLineAnswer *answer = answers->pdata[0];
  g_assert_cmpstr (answer->reason, ==, "digest");
  town_tear_down (&town);
}

static MadoGivenEvent *
given_event (MadoGivenLine *line,
             const guint8   key[32],
             const char    *actor,
             const char    *type,
             const char    *body_text,
             guint8         head[32])
{
  g_autoptr (JsonObject) body = body_of (body_text);
  MadoGivenEvent *given = g_new0 (MadoGivenEvent, 1);
  MadoEvent       event = { .actor = (char *)actor,
                            .application = line->application,
                            .holder = (char *)"K-0001",
                            .type = (char *)type,
                            .seq = line->events->len + 1,
                            .time = NOON };

  given->actor = g_strdup (actor);
  given->type = g_strdup (type);
  given->time = NOON;
  given->sealed = mado_seal_body (key, line->application, event.seq, type, body, NULL);
  mado_sha256 (g_bytes_get_data (given->sealed, NULL), g_bytes_get_size (given->sealed),
               event.body_digest);
  memcpy (event.previous, head, 32);
  mado_event_digest (&event, head);
  return given;
}

/* A line written by hand: as a terminal with another program would. */
static MadoGivenLine *
forge_line (Town *town, const char *id, gint64 n, const char *first, const char *second)
{
  g_autoptr (GBytes) public_key = NULL;
  guint8         key[32];
  MadoBoxStart   start = { 0 };
  MadoGivenLine *line = g_new0 (MadoGivenLine, 1);

  memset (key, 7, sizeof key);
  line->application = g_strdup (id);
  line->n = n;
  line->box_key = g_strdup (mado_centre_box_key (town->centre, &public_key));
  line->events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_event_free);
  g_assert_true (mado_box_start (g_bytes_get_data (public_key, NULL), &start, NULL));
  mado_box_finish (&start, id, key, &line->box_epk, &line->boxed);
  g_ptr_array_add (line->events,
                   given_event (line, key, "agent", first, "{\"method\":\"none\"}", line->head));
  if (second != NULL)
    g_ptr_array_add (line->events, given_event (line, key, "agent", second, "{}", line->head));
  return line;
}

static void
test_refused_fold_holds_up_nobody (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autofree char *wrong_id = mado_uuid7 (NOON);
  g_autofree char *right_id = mado_uuid7 (NOON);
  gint64           number = 0;
  Town             town;

  town_set_up (&town);
  g_autoptr (GPtrArray) lines
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_line_free);
  g_ptr_array_add (lines, forge_line (&town, wrong_id, 1, "submitted", "claimed"));
  g_ptr_array_add (lines, forge_line (&town, right_id, 2, "submitted", "printed"));
  g_assert_true (mado_centre_receive (town.centre, "K-0001", 1, lines, &answers, &number, &error));
  g_assert_no_error (error);
  MadoLineAnswer *wrong = answers->pdata[0], *right = answers->pdata[1];
  g_assert_cmpstr (wrong->answer, ==, "refused");
  g_assert_cmpstr (wrong->reason, ==, "fold:actor");
  g_assert_cmpint (wrong->at, ==, 1); /* what is aside has a place */
  g_assert_cmpstr (right->answer, ==, "stored");
  g_assert_cmpint (right->at, ==, 2);
  g_assert_null (mado_centre_read (town.centre, wrong_id, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND);
  g_autoptr (JsonObject) counts = mado_centre_counts (town.centre, NULL);
  g_assert_cmpint (json_object_get_int_member (counts, "aside"), ==, 1);
  assert_centre_verifies (&town);
  town_tear_down (&town);
}

static void
test_fork_is_kept_and_flagged (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mado_uuid7 (NOON);
  g_autoptr (GPtrArray) first = NULL, second = NULL, third = NULL;
  Town town;

  town_set_up (&town);
  g_autoptr (MadoGivenLine) line = forge_line (&town, id, 1, "submitted", NULL);
  g_autoptr (MadoGivenLine) longer = forge_line (&town, id, 2, "submitted", "printed");
  g_assert_cmpstr (receive_one (&town, line, &first)->answer, ==, "stored");
  MadoLineAnswer *fork = receive_one (&town, longer, &second);
  g_assert_cmpstr (fork->answer, ==, "fork");
  g_assert_cmpint (fork->at, ==, 2);
  g_assert_cmpint (receive_one (&town, longer, &third)->at, ==, 2); /* again: nothing new */
  g_autoptr (MadoApplication) application = mado_centre_read (town.centre, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (application->seq, ==, 2);
  g_assert_cmpuint (application->flags->len, ==, 1);
  g_assert_true (g_str_has_prefix (application->flags->pdata[0], "fork "));
  g_assert_cmpstr (application->home, ==, "S");
  assert_centre_verifies (&town);
  town_tear_down (&town);
}

static void
test_quarantine_at_the_terminal (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_autofree char *good = register_person (&town.terminal, TRUE);
  g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_new ();
  MadoLineAnswer *refused = g_new0 (MadoLineAnswer, 1);
  refused->application = g_strdup (id);
  refused->answer = g_strdup ("refused");
  refused->reason = g_strdup ("fold:state");
  refused->at = 3;
  g_ptr_array_add (answer->answers, refused);
  g_assert_true (mado_store_apply (town.terminal.store, answer, &error));
  g_assert_no_error (error);
  list = mado_store_list (town.terminal.store, &error);
  g_assert_cmpstr (find_row (list, id)->sync, ==, "quarantined");
  g_assert_cmpstr (find_row (list, id)->code, ==, "fold:state");
  g_assert_nonnull (find_row (list, id)->content); /* still readable: somebody must look */
  g_assert_cmpuint (mado_store_waiting (town.terminal.store), ==, 1);
  g_assert_cmpstr (sync_of (&town, good), ==, "given");
  town_tear_down (&town);
}

static void
test_box_key_later (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  bench_set_up (&town.terminal);
  town.dir = g_dir_make_tmp ("mado-centre-XXXXXX", NULL);
  town.kek = test_kek (0x53);
  town_open_centre (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_autoptr (GPtrArray) before = mado_store_outbox (town.terminal.store, 5, 1 << 20, &error);
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (mado_store_waiting (town.terminal.store), ==, 1);
  town_share_box_key (&town);
  sync_with (&town, 500, NULL);
  assert_at_centre (&town, id);
  town_tear_down (&town);
}

static void
test_kiosk (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *early = mado_uuid7 (NOON);
  g_autofree char *id = mado_uuid7 (NOON);
  Town             town;

  bench_set_up (&town.terminal);
  town.dir = g_dir_make_tmp ("mado-centre-XXXXXX", NULL);
  town.kek = test_kek (0x53);
  town_open_centre (&town);
  mado_store_free (town.terminal.store);
  town.terminal.store = open_store (&town.terminal, TRUE, &error);
  g_assert_no_error (error);
  g_assert_false (try_register (town.terminal.store, early, TRUE, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  g_clear_error (&error);
  town_share_box_key (&town);
  g_assert_true (try_register (town.terminal.store, id, TRUE, &error));
  g_assert_no_error (error);
  g_assert_null (mado_store_read (town.terminal.store, id, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  sync_with (&town, 500, NULL);
  assert_at_centre (&town, id);
  assert_verifies (town.terminal.store);
  town_tear_down (&town);
}

static void
test_backed_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) seen = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  sync_with (&town, 500, NULL);
  g_autofree char *later = register_person (&town.terminal, TRUE);
  g_assert_true (mado_centre_announce_backup (town.centre, 1, &error));
  g_assert_true (mado_centre_announce_backup (town.centre, 0, &error)); /* never back */
  sync_with (&town, 500, NULL);
  g_assert_cmpstr (sync_of (&town, id), ==, "backed-up");
  g_assert_cmpstr (sync_of (&town, later), ==, "stored");
  seen = mado_store_seen (town.terminal.store, &error);
  g_assert_cmpuint (seen->len, ==, 1); /* the one shown after that backup */
  assert_verifies (town.terminal.store);
  town_tear_down (&town);
}

static void
test_checkpoint (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) signature = g_bytes_new ("s", 1);
  guint8 digest[32];
  gint64 g = 0, n = 0;
  Town   town;

  town_set_up (&town);
  for (guint i = 0; i < 3; i++)
    g_free (register_person (&town.terminal, TRUE));
  sync_with (&town, 2, NULL);
  g_assert_true (mado_store_checkpoint (town.terminal.store, &g, &n, digest, &error));
  g_assert_cmpint (n, ==, 3);
  g_assert_true (
      mado_centre_keep_checkpoint (town.centre, "K-0001", g, n, digest, signature, 0, &error));
  assert_centre_verifies (&town);
  digest[0] ^= 1;
  g_assert_true (
      mado_centre_keep_checkpoint (town.centre, "K-0001", g + 1, 0, digest, signature, 0, &error));
  g_autoptr (JsonObject) report = mado_centre_verify (town.centre, &error);
  g_assert_false (mado_json_flag (report, "ok"));
  town_tear_down (&town);
}

/* A cursor: what is new comes in portions, and nothing twice. */
static void
test_changes (void)
{
  g_autoptr (GError) error = NULL;
  guint8 zeros[32] = { 0 };
  Town   town;

  town_set_up (&town);
  for (guint i = 0; i < 5; i++)
    g_free (register_person (&town.terminal, TRUE));
  sync_with (&town, 500, NULL);
  g_autoptr (MadoSyncAnswer) all = mado_sync_answer_new ();
  g_assert_true (mado_centre_changes (town.centre, 0, zeros, all, &error));
  g_assert_cmpuint (all->changed->len, ==, 5);
  g_assert_cmpint (all->anchor_at, ==, 5);
  g_autoptr (MadoSyncAnswer) none = mado_sync_answer_new ();
  g_assert_true (mado_centre_changes (town.centre, 5, all->anchor_digest, none, &error));
  g_assert_cmpuint (none->changed->len, ==, 0);
  g_assert_cmpint (none->anchor_at, ==, 5);
  town_tear_down (&town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/centre/a-line-arrives-once", test_given_once);
  g_test_add_func ("/store/centre/stored-ends-the-terminals-key", test_key_gone_after_stored);
  g_test_add_func ("/store/centre/doubled-and-reordered", test_doubled_and_reordered);
  g_test_add_func ("/store/centre/refused-digest", test_refused_digest);
  g_test_add_func ("/store/centre/refused-no-key", test_refused_no_key);
  g_test_add_func ("/store/centre/refused-schema", test_refused_schema);
  g_test_add_func ("/store/centre/refused-too-large", test_refused_too_large);
  g_test_add_func ("/store/centre/refused-from-another-terminal", test_refused_other_holder);
  g_test_add_func ("/store/centre/a-refused-line-holds-up-nobody",
                   test_refused_fold_holds_up_nobody);
  g_test_add_func ("/store/centre/a-fork-is-kept-and-flagged", test_fork_is_kept_and_flagged);
  g_test_add_func ("/store/centre/refused-is-quarantined", test_quarantine_at_the_terminal);
  g_test_add_func ("/store/centre/the-box-key-may-come-later", test_box_key_later);
  g_test_add_func ("/store/centre/a-kiosk-keeps-boxes-only", test_kiosk);
  g_test_add_func ("/store/centre/backed-up-bodies-go", test_backed_up);
  g_test_add_func ("/store/centre/a-checkpoint-is-rebuilt", test_checkpoint);
  g_test_add_func ("/store/centre/changes-by-cursor", test_changes);
  return g_test_run ();
}
