#define _GNU_SOURCE
#include "tests/store/exchange.h"

/* Every octet of every file in @dir. */
static GByteArray *
all_octets (const char *dir)
{
  GByteArray *all = g_byte_array_new ();
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);
    g_autofree char *octets = NULL;
    gsize            len = 0;
    if (g_file_get_contents (path, &octets, &len, NULL))
      g_byte_array_append (all, (const guint8 *)octets, (guint)len);
  }
  return all;
}

static gboolean
holds (const char *dir, const void *needle, gsize len)
{
  g_autoptr (GByteArray) all = all_octets (dir);

  return memmem (all->data, all->len, needle, len) != NULL;
}

static void
assert_no_person (const char *dir)
{
  g_assert_true (holds (dir, "submitted", 9)); /* the scan sees what is in clear */
  g_assert_false (holds (dir, planted_name, strlen (planted_name)));
  g_assert_false (holds (dir, planted_kana, strlen (planted_kana)));
  g_assert_false (holds (dir, planted_phone, strlen (planted_phone)));
  g_assert_false (holds (dir, "1990-01-02", 10));
  g_assert_false (holds (dir, "見本町", strlen ("見本町")));
}

static void
test_nobody_in_clear (void)
{
  Town town;

  town_set_up (&town);
  g_free (register_person (&town.terminal, FALSE));
  g_free (register_person (&town.terminal, TRUE));
  assert_no_person (town.terminal.dir);
  sync_with (&town, 7, NULL);
  assert_no_person (town.terminal.dir);
  assert_no_person (town.dir);
  town_tear_down (&town);
}

/* The first sealed body of a line as it lies in the file. */
static GBytes *
sealed_octets (Town *town)
{
  g_autoptr (GPtrArray) lines = mado_store_outbox (town->terminal.store, 1, 1 << 20, NULL);
  MadoGivenLine  *line = lines->pdata[0];
  MadoGivenEvent *event = line->events->pdata[0];

  return g_bytes_ref (event->sealed);
}

static GBytes *
boxed_octets (Town *town)
{
  g_autoptr (GPtrArray) lines = mado_store_outbox (town->terminal.store, 1, 1 << 20, NULL);
  MadoGivenLine *line = lines->pdata[0];

  return g_bytes_ref (line->boxed);
}

/* Any piece of them: a long body lies in several pages. */
static gboolean
holds_bytes (const char *dir, GBytes *bytes)
{
  gsize         len = 0;
  const guint8 *octets = g_bytes_get_data (bytes, &len);
  const gsize   piece = 16;

  for (gsize at = 0; at + piece <= len; at += piece)
    if (holds (dir, octets + at, piece))
      return TRUE;
  return FALSE;
}

static void
purge (Town *town, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) tombstone = body_of (
      "{\"rule\":\"wish\",\"outcome\":\"accepted\",\"days\":{},\"municipality\":\"112020\","
      "\"age_band\":\"30\",\"channel\":\"counter\",\"branch\":\"kumagaya\"}");

  g_assert_true (mado_centre_purge (town->centre, id, tombstone, &error));
  g_assert_no_error (error);
}

static void
test_purge_reaches_everything (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_autoptr (GBytes) sealed = sealed_octets (&town);
  g_autoptr (GBytes) boxed = boxed_octets (&town);
  sync_with (&town, 7, NULL);
  g_assert_true (holds_bytes (town.dir, sealed));
  g_assert_true (holds_bytes (town.terminal.dir, sealed));
  g_assert_true (holds_bytes (town.terminal.dir, boxed));

  purge (&town, id);
  g_assert_false (holds_bytes (town.dir, sealed));
  sync_with (&town, 7, NULL);
  g_assert_false (holds_bytes (town.terminal.dir, sealed));
  g_assert_false (holds_bytes (town.terminal.dir, boxed));

  g_autoptr (MadoApplication) left = mado_centre_read (town.centre, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (left->state, ==, MADO_STATE_PURGED);
  g_assert_cmpstr (mado_json_string (left->tombstone, "rule"), ==, "wish");
  g_assert_cmpint (json_object_get_size (left->fields), ==, 0);
  g_autoptr (GPtrArray) list = mado_store_list (town.terminal.store, &error);
  g_assert_cmpstr (find_row (list, id)->state, ==, "purged");
  assert_centre_verifies (&town);
  assert_verifies (town.terminal.store);
  town_tear_down (&town);
}

/* A purged line that comes late, from a disk that slept. */
static void
test_no_revival (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  gint64 number = 0;
  Town   town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_autoptr (GPtrArray) late = mado_store_outbox (town.terminal.store, 1, 1 << 20, &error);
  g_autoptr (GBytes) sealed = sealed_octets (&town);
  sync_with (&town, 7, NULL);
  purge (&town, id);
  g_assert_true (mado_centre_receive (town.centre, "K-0001", 1, late, &answers, &number, &error));
  MadoLineAnswer *answer = answers->pdata[0];
  g_assert_cmpstr (answer->answer, ==, "refused");
  g_assert_cmpstr (answer->reason, ==, "purged");
  g_assert_false (holds_bytes (town.dir, sealed));
  town_tear_down (&town);
}

/* Yesterday's backup of the data under today's vault: purged again at the start, and the terminal's
 * erased line is answered by the ledger. */
static void
test_backup_of_yesterday (void)
{
  g_autofree char *backup = g_dir_make_tmp ("mado-copy-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char *id = register_person (&town.terminal, TRUE);
  g_autoptr (GBytes) sealed = sealed_octets (&town);
  sync_with (&town, 7, NULL);
  g_clear_pointer (&town.centre, mado_centre_free);
  copy_database (town.dir, "central.db", backup);
  town_open_centre (&town);
  purge (&town, id);
  sync_with (&town, 7, NULL);

  g_clear_pointer (&town.centre, mado_centre_free);
  copy_database (backup, "central.db", town.dir);
  g_assert_true (holds_bytes (town.dir, sealed));
  town_open_centre (&town);
  g_assert_false (holds_bytes (town.dir, sealed));
  sync_with (&town, 7, NULL);
  g_autoptr (MadoApplication) left = mado_centre_read (town.centre, id, &error);
  g_assert_cmpint (left->state, ==, MADO_STATE_PURGED);
  assert_centre_verifies (&town);
  assert_verifies (town.terminal.store);
  remove_folder (backup);
  town_tear_down (&town);
}

static void
test_purge_nobody (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *id = mado_uuid4 ();
  Town             town;

  town_set_up (&town);
  g_assert_false (mado_centre_purge (town.centre, id, body, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND);
  town_tear_down (&town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/purge/nobody-is-in-the-files-in-clear", test_nobody_in_clear);
  g_test_add_func ("/store/purge/no-octet-of-body-or-box-is-left", test_purge_reaches_everything);
  g_test_add_func ("/store/purge/a-late-line-is-thrown-away", test_no_revival);
  g_test_add_func ("/store/purge/yesterdays-backup-is-purged-again", test_backup_of_yesterday);
  g_test_add_func ("/store/purge/nobody-of-that-id", test_purge_nobody);
  return g_test_run ();
}
