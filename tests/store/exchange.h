/* tests/store/exchange.h - a centre beside a terminal's store, and one sync exchange between them
 * as the wire would carry it. For the tests of the stores only. */
#pragma once
#include "app/store/centre.h"
#include "tests/store/people.h"

typedef struct {
  Bench       terminal;
  char       *dir;
  GBytes     *kek;
  MadoCentre *centre;
} Town;

G_GNUC_UNUSED static void
town_open_centre (Town *town)
{
  g_autoptr (GError) error = NULL;

  town->centre = mado_centre_open (town->dir, town->kek, town->terminal.clock, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
town_share_box_key (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) public_key = NULL;
  const char *id = mado_centre_box_key (town->centre, &public_key);

  g_assert_true (mado_store_set_box_key (town->terminal.store, id, public_key, &error));
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
town_set_up (Town *town)
{
  g_autoptr (GError) error = NULL;

  bench_set_up (&town->terminal);
  town->dir = g_dir_make_tmp ("mado-centre-XXXXXX", &error);
  g_assert_no_error (error);
  town->kek = test_kek (0x53);
  town_open_centre (town);
  town_share_box_key (town);
}

G_GNUC_UNUSED static void
town_tear_down (Town *town)
{
  g_clear_pointer (&town->centre, mado_centre_free);
  g_clear_pointer (&town->kek, g_bytes_unref);
  remove_folder (town->dir);
  g_clear_pointer (&town->dir, g_free);
  bench_tear_down (&town->terminal);
}

/* The centre's half of one request; %FALSE with its 409. */
G_GNUC_UNUSED static gboolean
ask_centre (Town           *town,
            MadoStorePlace *place,
            GPtrArray      *lines,
            GPtrArray      *seen,
            MadoSyncAnswer *answer,
            gint64         *reterr_number,
            GError        **error)
{
  g_clear_pointer (&answer->answers, g_ptr_array_unref);
  return mado_centre_check_anchor (town->centre, place->epoch, place->anchor_at,
                                   place->anchor_digest, reterr_number, error)
         && mado_centre_receive (town->centre, "K-0001", place->g, lines, &answer->answers,
                                 reterr_number, error)
         && mado_centre_note_seen (town->centre, "K-0001", seen, error)
         && mado_centre_changes (town->centre, place->anchor_at, place->anchor_digest, answer,
                                 error);
}

/* The terminal's half of a 409. */
G_GNUC_UNUSED static void
take_conflict (Town *town, GError *conflict, gint64 number)
{
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  if (g_error_matches (conflict, MADO_STORE_ERROR, MADO_STORE_ERROR_EPOCH))
    done = mado_store_new_epoch (town->terminal.store, number, &error);
  else if (g_error_matches (conflict, MADO_STORE_ERROR, MADO_STORE_ERROR_JOURNAL))
    done = mado_store_new_generation (town->terminal.store, number, &error);
  else
    g_assert_no_error (conflict);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* Syncs until nothing waits; how many 409 there were. The last answer goes to @ret_answer. */
G_GNUC_UNUSED static guint
sync_with (Town *town, guint lines_at_once, MadoSyncAnswer **ret_answer)
{
  guint conflicts = 0;

  for (guint round = 0; round < 100; round++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) conflict = NULL;
    g_autoptr (MadoStorePlace) place = mado_store_place (town->terminal.store, &error);
    g_assert_no_error (error);
    g_autoptr (GPtrArray) lines
        = mado_store_outbox (town->terminal.store, lines_at_once, 1 << 20, &error);
    g_assert_no_error (error);
    g_autoptr (GPtrArray) seen
        = place->tell_seen ? mado_store_seen (town->terminal.store, &error) : g_ptr_array_new ();
    g_assert_no_error (error);
    g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_new ();
    gint64 number = 0;

    if (!ask_centre (town, place, lines, seen, answer, &number, &conflict)) {
      take_conflict (town, conflict, number);
      conflicts++;
      continue;
    }
    g_assert_true (mado_store_apply (town->terminal.store, answer, &error));
    g_assert_no_error (error);
    if (mado_store_waiting (town->terminal.store) > 0)
      continue;
    if (ret_answer != NULL)
      *ret_answer = g_steal_pointer (&answer);
    return conflicts;
  }
  g_assert_not_reached ();
}

G_GNUC_UNUSED static MadoStoreRow *
find_row (GPtrArray *list, const char *id)
{
  for (guint i = 0; i < list->len; i++) {
    MadoStoreRow *row = list->pdata[i];
    if (g_str_equal (row->application, id))
      return row;
  }
  return NULL;
}

/* "stored" and its like, of that line at the terminal. */
G_GNUC_UNUSED static const char *
sync_of (Town *town, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = mado_store_list (town->terminal.store, &error);

  g_assert_no_error (error);
  MadoStoreRow *row = find_row (list, id);
  return row != NULL ? row->sync : NULL;
}

G_GNUC_UNUSED static void
assert_at_centre (Town *town, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoApplication) application = mado_centre_read (town->centre, id, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mado_json_string (application->fields, "name"), ==, planted_name);
}

G_GNUC_UNUSED static void
assert_centre_verifies (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) report = mado_centre_verify (town->centre, &error);

  g_assert_no_error (error);
  g_autofree char *text = mado_json_canonical_object (report);
  g_test_message ("%s", text);
  g_assert_true (mado_json_flag (report, "ok"));
}

G_GNUC_UNUSED static void
copy_file (const char *from_dir, const char *name, const char *to_dir)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *from = g_build_filename (from_dir, name, NULL);
  g_autofree char *to = g_build_filename (to_dir, name, NULL);
  g_autofree char *octets = NULL;
  gsize            len = 0;

  g_unlink (to);
  if (!g_file_get_contents (from, &octets, &len, NULL))
    return;
  g_file_set_contents (to, octets, (gssize)len, &error);
  g_assert_no_error (error);
}

/* All parts of a database that nobody has open. */
G_GNUC_UNUSED static void
copy_database (const char *from_dir, const char *name, const char *to_dir)
{
  g_autofree char *log = g_strconcat (name, "-wal", NULL);
  g_autofree char *index = g_strconcat (to_dir, "/", name, "-shm", NULL);

  copy_file (from_dir, name, to_dir);
  copy_file (from_dir, log, to_dir);
  g_unlink (index);
}
