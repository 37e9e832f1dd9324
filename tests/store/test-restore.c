#include "tests/store/exchange.h"

static char *
folder (void)
{
  return g_dir_make_tmp ("mado-copy-XXXXXX", NULL);
}

static void
copy_centre_data (Town *town, const char *to)
{
  g_clear_pointer (&town->centre, mado_centre_free);
  copy_database (town->dir, "central.db", to);
  town_open_centre (town);
}

static void
put_centre_data_back (Town *town, const char *from)
{
  g_clear_pointer (&town->centre, mado_centre_free);
  copy_database (from, "central.db", town->dir);
  town_open_centre (town);
}

/* Nobody tells anybody that a backup was put back: the next anchor shows it. */
static void
test_centre_restored (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = folder ();
  gint64           epoch = 0;
  Town             town;

  town_set_up (&town);
  for (guint i = 0; i < 20; i++)
    g_ptr_array_add (ids, register_person (&town.terminal, TRUE));
  sync_with (&town, 7, NULL);
  copy_centre_data (&town, backup);
  for (guint i = 0; i < 20; i++)
    g_ptr_array_add (ids, register_person (&town.terminal, TRUE));
  sync_with (&town, 7, NULL);
  put_centre_data_back (&town, backup);
  g_assert_cmpuint (sync_with (&town, 7, NULL), ==, 1);
  for (guint i = 0; i < ids->len; i++)
    assert_at_centre (&town, ids->pdata[i]);
  g_assert_true (mado_centre_epoch (town.centre, &epoch, &error));
  g_assert_cmpint (epoch, ==, 2);
  g_assert_cmpuint (sync_with (&town, 7, NULL), ==, 0);
  assert_centre_verifies (&town);
  assert_verifies (town.terminal.store);
  remove_folder (backup);
  town_tear_down (&town);
}

/* A head a terminal was shown and the restored centre does not have: listed, and flagged. */
static void
test_witness (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) witnessed = g_ptr_array_new ();
  Town town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  sync_with (&town, 7, NULL);
  MadoLineChange seen = { .application = id, .seq = 4, .state = (char *)"numbered" };
  g_ptr_array_add (witnessed, &seen);
  g_assert_true (mado_centre_note_seen (town.centre, "K-0001", witnessed, &error));
  g_assert_true (mado_centre_note_seen (town.centre, "K-0001", witnessed, &error));
  g_assert_no_error (error);
  g_autoptr (MadoApplication) application = mado_centre_read (town.centre, id, &error);
  g_assert_true (mado_application_has_flag (application, "restored 4:numbered"));
  g_assert_cmpint (application->seq, ==, 3);
  assert_centre_verifies (&town);
  town_tear_down (&town);
}

/* The terminal's image of this morning is put back, and a new person comes. */
static void
test_image_put_back (void)
{
  g_autofree char *image = folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoStorePlace) place = NULL;
  g_autoptr (GPtrArray) alarms = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char *before = register_person (&town.terminal, TRUE);
  g_clear_pointer (&town.terminal.store, mado_store_free);
  copy_database (town.terminal.dir, "store.db", image);
  bench_reopen (&town.terminal);
  g_autofree char *lost = register_person (&town.terminal, TRUE);
  sync_with (&town, 7, NULL);

  g_clear_pointer (&town.terminal.store, mado_store_free);
  copy_database (image, "store.db", town.terminal.dir);
  bench_reopen (&town.terminal);
  g_autofree char *after = register_person (&town.terminal, TRUE);
  g_assert_cmpuint (sync_with (&town, 7, NULL), ==, 2); /* epoch unknown to the image, journal */
  assert_at_centre (&town, before);
  assert_at_centre (&town, lost);
  assert_at_centre (&town, after);
  place = mado_store_place (town.terminal.store, &error);
  g_assert_cmpint (place->g, ==, 2);
  alarms = mado_store_alarms (town.terminal.store, &error);
  g_assert_cmpuint (alarms->len, ==, 1);
  g_assert_true (mado_store_silence (town.terminal.store, &error));
  assert_verifies (town.terminal.store);
  assert_centre_verifies (&town);
  remove_folder (image);
  town_tear_down (&town);
}

/* An old line continued differently after the image was put back. */
static void
test_image_forks (void)
{
  g_autofree char *image = folder ();
  g_autofree char *click = mado_uuid4 ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = body_of ("{\"what\":\"label\"}");
  MadoAct act = { "printed", "agent", body };
  Town    town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, FALSE);
  g_clear_pointer (&town.terminal.store, mado_store_free);
  copy_database (town.terminal.dir, "store.db", image);
  bench_reopen (&town.terminal);
  g_assert_true (mado_store_give (town.terminal.store, id, &error));
  sync_with (&town, 7, NULL);

  g_clear_pointer (&town.terminal.store, mado_store_free);
  copy_database (image, "store.db", town.terminal.dir);
  bench_reopen (&town.terminal);
  g_assert_true (mado_store_act (town.terminal.store, id, 2, click, &act, 1, TRUE, NULL, &error));
  sync_with (&town, 7, NULL);
  g_assert_cmpstr (sync_of (&town, id), ==, "stored");
  g_autoptr (MadoApplication) application = mado_centre_read (town.centre, id, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (application->flags->len, ==, 1);
  assert_centre_verifies (&town);
  remove_folder (image);
  town_tear_down (&town);
}

static void
test_new_generation_only_forward (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_assert_false (mado_store_new_generation (town.terminal.store, 1, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (mado_store_new_epoch (town.terminal.store, 5, &error));
  g_assert_false (mado_store_new_epoch (town.terminal.store, 4, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_EPOCH);
  town_tear_down (&town);
}

/* What was stored goes again as well: under the new number nobody has seen it. */
static void
test_new_generation_sends_again (void)
{
  g_autoptr (GError) error = NULL;
  guint8 digest[32];
  gint64 g = 0, n = 0;
  Town   town;

  town_set_up (&town);
  g_autofree char *one = register_person (&town.terminal, TRUE);
  g_autofree char *two = register_person (&town.terminal, TRUE);
  sync_with (&town, 7, NULL);
  g_assert_cmpuint (mado_store_waiting (town.terminal.store), ==, 0);
  g_assert_true (mado_store_new_generation (town.terminal.store, 2, &error));
  g_assert_cmpuint (mado_store_waiting (town.terminal.store), ==, 2);
  g_assert_true (mado_store_checkpoint (town.terminal.store, &g, &n, digest, &error));
  g_assert_cmpint (g, ==, 2);
  g_assert_cmpint (n, ==, 2);
  g_assert_cmpuint (sync_with (&town, 7, NULL), ==, 0);
  g_assert_cmpstr (sync_of (&town, one), ==, "stored");
  g_assert_cmpstr (sync_of (&town, two), ==, "stored");
  assert_verifies (town.terminal.store);
  assert_centre_verifies (&town);
  town_tear_down (&town);
}

static void
test_stale_answer (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_new ();
  Town town;

  town_set_up (&town);
  answer->epoch = 9;
  g_assert_false (mado_store_apply (town.terminal.store, answer, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_EPOCH);
  town_tear_down (&town);
}

/* --- the vault never goes back --------------------------------------------------------------- */

static void
test_old_vault_is_refused (void)
{
  g_autofree char *backup = folder ();
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_clear_pointer (&town.centre, mado_centre_free);
  copy_database (town.dir, "vault.db", backup);
  town_open_centre (&town);
  g_free (register_person (&town.terminal, TRUE));
  sync_with (&town, 7, NULL);
  g_clear_pointer (&town.centre, mado_centre_free);
  copy_database (backup, "vault.db", town.dir);
  g_assert_null (mado_centre_open (town.dir, town.kek, town.terminal.clock, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  remove_folder (backup);
  town_tear_down (&town);
}

static void
test_mirror_catches_up (void)
{
  g_autofree char *backup = folder ();
  g_autofree char *vault = NULL, *mirror = NULL;
  Town             town;

  town_set_up (&town);
  g_clear_pointer (&town.centre, mado_centre_free);
  copy_database (town.dir, "vault-mirror.db", backup);
  town_open_centre (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  sync_with (&town, 7, NULL);
  g_clear_pointer (&town.centre, mado_centre_free);
  copy_database (backup, "vault-mirror.db", town.dir); /* as a crash between the commits */
  town_open_centre (&town);
  g_clear_pointer (&town.centre, mado_centre_free);

  /* The vault's disk dies: the mirror is the vault. */
  vault = g_build_filename (town.dir, "vault.db", NULL);
  mirror = g_build_filename (town.dir, "vault-mirror.db", NULL);
  g_unlink (vault);
  g_assert_cmpint (g_rename (mirror, vault), ==, 0);
  town_open_centre (&town);
  assert_at_centre (&town, id);
  remove_folder (backup);
  town_tear_down (&town);
}

static void
test_other_kek (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) other = test_kek (0x54);
  Town town;

  town_set_up (&town);
  g_clear_pointer (&town.centre, mado_centre_free);
  g_assert_null (mado_centre_open (town.dir, other, town.terminal.clock, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_KEY);
  town_tear_down (&town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/restore/the-centre-from-an-older-copy", test_centre_restored);
  g_test_add_func ("/store/restore/what-a-terminal-was-shown-is-listed", test_witness);
  g_test_add_func ("/store/restore/a-terminals-image-put-back", test_image_put_back);
  g_test_add_func ("/store/restore/an-image-that-goes-on-is-a-fork", test_image_forks);
  g_test_add_func ("/store/restore/numbers-only-go-up", test_new_generation_only_forward);
  g_test_add_func ("/store/restore/a-new-generation-sends-again", test_new_generation_sends_again);
  g_test_add_func ("/store/restore/an-answer-of-another-epoch", test_stale_answer);
  g_test_add_func ("/store/restore/a-vault-behind-its-mirror-is-refused",
                   test_old_vault_is_refused);
  g_test_add_func ("/store/restore/the-mirror-catches-up-and-serves", test_mirror_catches_up);
  g_test_add_func ("/store/restore/another-kek-opens-nothing", test_other_kek);
  return g_test_run ();
}
