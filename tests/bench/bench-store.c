/* bench-store - a whole registration at the terminal's store beside bare SQLite with the same rows.
 *
 * A: mado_store_act, sealed, digested, folded, given: one acknowledgement, on the disk.
 * B: the same rows of the same lengths written by prepared statements under the same pragmas.
 * Before each, untimed, both are tidied as between two people at a counter. C: as A in a row, with
 * nobody tidying. Blocks are interleaved A B C, so that a slow disk is slow for all. */
#include "app/base/base64url.h"
#include "app/base/random.h"
#include "app/store/store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define BLOCKS 20
#define BLOCK 25
#define EVIDENCE_LEN 3600 /* a CMS signature with its certificate */

typedef struct {
  MadoClock  *clock;
  MadoStore  *store;
  JsonObject *body, *empty;
  GArray     *times, *burst; /* of acts, in microseconds */
} Ours;

typedef struct {
  sqlite3      *database;
  sqlite3_stmt *begin, *event, *journal, *line, *commit;
  gint64        n;
  GArray       *times;
} Bare;

static void
fail_on (gboolean bad, const char *what)
{
  if (!bad)
    return;
  g_printerr ("bench-store: %s\n", what);
  exit (1);
}

/* --- ours ------------------------------------------------------------------------------------ */

static JsonObject *
make_body (void)
{
  guint8      evidence[EVIDENCE_LEN];
  JsonObject *body = json_object_new ();
  JsonObject *fields = json_object_new ();

  mado_random (evidence, sizeof evidence);
  g_autofree char *text = mado_base64url (evidence, sizeof evidence);
  json_object_set_string_member (fields, "name", "見本　花子");
  json_object_set_string_member (fields, "address", "埼玉県熊谷市見本町1番地");
  json_object_set_string_member (fields, "birth_date", "1990-01-02");
  json_object_set_string_member (fields, "kana", "ミホンハナコ");
  json_object_set_string_member (fields, "phone", "0485550123");
  json_object_set_object_member (body, "fields", fields);
  json_object_set_string_member (body, "method", "sign");
  json_object_set_string_member (body, "evidence", text);
  return body;
}

static void
open_ours (Ours *ours, const char *dir)
{
  g_autoptr (GError) error = NULL;
  guint8 octets[32];

  mado_random (octets, sizeof octets);
  g_autoptr (GBytes) kek = g_bytes_new (octets, sizeof octets);
  ours->clock = mado_clock_new_real ();
  MadoStoreOptions options = { .dir = dir, .holder = "K-0001", .kek = kek, .clock = ours->clock };
  ours->store = mado_store_open (&options, &error);
  fail_on (ours->store == NULL, "cannot open the store");
  g_autoptr (GBytes) box_key = g_bytes_new (octets, sizeof octets);
  fail_on (!mado_store_set_box_key (ours->store, "k1", box_key, &error), "no box key");
  ours->body = make_body ();
  ours->empty = json_object_new ();
  ours->times = g_array_new (FALSE, FALSE, sizeof (double));
  ours->burst = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
register_once (Ours *ours, GArray *times)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = mado_uuid7 (mado_clock_now_ms (ours->clock));
  MadoAct          acts[]
      = { { "submitted", "agent", ours->body }, { "accepted", "staff:0001", ours->empty } };
  gint64 start = g_get_monotonic_time ();

  fail_on (!mado_store_act (ours->store, id, 0, id, acts, 2, TRUE, NULL, &error), "act failed");
  double us = (double)(g_get_monotonic_time () - start);
  g_array_append_val (times, us);
}

static void
register_tidied (Ours *ours)
{
  fail_on (!mado_store_tidy (ours->store, NULL), "not tidied");
  register_once (ours, ours->times);
}

static void
close_ours (Ours *ours)
{
  mado_store_free (ours->store);
  mado_clock_free (ours->clock);
  json_object_unref (ours->body);
  json_object_unref (ours->empty);
  g_array_unref (ours->times);
  g_array_unref (ours->burst);
}

/* --- bare ------------------------------------------------------------------------------------ */

static const char schema[]
    = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
      "PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
      "PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=0;"
      "CREATE TABLE line(application BLOB PRIMARY KEY, seq, head, state, sitting, wrapped, kek, "
      "box,"
      " sync, code, at) WITHOUT ROWID;"
      "CREATE TABLE event(application BLOB, seq INTEGER, digest, header, sealed, click,"
      " PRIMARY KEY(application, seq)) WITHOUT ROWID;"
      "CREATE TABLE journal(g INTEGER, n INTEGER, application, head, digest, PRIMARY KEY(g, n))"
      " WITHOUT ROWID;"
      "CREATE TABLE meta(key TEXT PRIMARY KEY, value);"
      "CREATE INDEX line_to_send ON line(sync) WHERE sync = 1;"
      "CREATE INDEX journal_of ON journal(application);";

static sqlite3_stmt *
prepare (Bare *bare, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  fail_on (sqlite3_prepare_v2 (bare->database, sql, -1, &statement, NULL) != SQLITE_OK, sql);
  return statement;
}

static void
open_bare (Bare *bare, const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "bare.db", NULL);

  fail_on (sqlite3_open (path, &bare->database) != SQLITE_OK, "cannot open bare SQLite");
  fail_on (sqlite3_exec (bare->database, schema, NULL, NULL, NULL) != SQLITE_OK, "no schema");
  bare->begin = prepare (bare, "BEGIN IMMEDIATE");
  bare->commit = prepare (bare, "COMMIT");
  bare->event = prepare (bare, "INSERT INTO event VALUES(?1, ?2, zeroblob(32), ?3, ?4, ?1)");
  bare->journal = prepare (bare, "INSERT INTO journal VALUES(1, ?2, ?1, zeroblob(32),"
                                 " zeroblob(32))");
  bare->line = prepare (bare, "INSERT INTO line VALUES(?1, 2, zeroblob(32), 'accepted', 0,"
                              " zeroblob(61), 1, zeroblob(83), 1, NULL, NULL)");
  bare->times = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
run (sqlite3_stmt *statement)
{
  fail_on (sqlite3_step (statement) != SQLITE_DONE, "bare SQLite failed");
  sqlite3_reset (statement);
}

static void
insert_event (Bare         *bare,
              const guint8  id[16],
              int           seq,
              const char   *header,
              gconstpointer sealed,
              int           sealed_len)
{
  sqlite3_bind_blob (bare->event, 1, id, 16, SQLITE_STATIC);
  sqlite3_bind_int (bare->event, 2, seq);
  sqlite3_bind_text (bare->event, 3, header, -1, SQLITE_STATIC);
  sqlite3_bind_blob (bare->event, 4, sealed, sealed_len, SQLITE_STATIC);
  run (bare->event);
}

static void
insert_once (Bare *bare, const char *header, gconstpointer sealed, int sealed_len)
{
  g_autofree char *uuid = mado_uuid7 (g_get_real_time () / 1000);
  guint8           id[16];
  gint64           start = g_get_monotonic_time ();

  mado_uuid_to_octets (uuid, id);
  run (bare->begin);
  insert_event (bare, id, 1, header, sealed, sealed_len);
  insert_event (bare, id, 2, header, sealed, 32);
  sqlite3_bind_blob (bare->journal, 1, id, 16, SQLITE_STATIC);
  sqlite3_bind_int64 (bare->journal, 2, ++bare->n);
  run (bare->journal);
  sqlite3_bind_blob (bare->line, 1, id, 16, SQLITE_STATIC);
  run (bare->line);
  run (bare->commit);
  double us = (double)(g_get_monotonic_time () - start);
  g_array_append_val (bare->times, us);
}

/* With the small write behind it, which pays for the new log's header. */
static void
tidy_bare (Bare *bare)
{
  int rc = sqlite3_wal_checkpoint_v2 (bare->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);

  fail_on (rc != SQLITE_OK, "not tidied");
  fail_on (sqlite3_exec (bare->database, "INSERT OR REPLACE INTO meta VALUES('tidied', 1)", NULL,
                         NULL, NULL)
               != SQLITE_OK,
           "not tidied");
}

static void
close_bare (Bare *bare)
{
  sqlite3_finalize (bare->begin);
  sqlite3_finalize (bare->commit);
  sqlite3_finalize (bare->event);
  sqlite3_finalize (bare->journal);
  sqlite3_finalize (bare->line);
  sqlite3_close (bare->database);
  g_array_unref (bare->times);
}

/* --- figures --------------------------------------------------------------------------------- */

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

static double
quantile (GArray *times, double q)
{
  g_array_sort (times, compare);
  return g_array_index (times, double, (guint)((times->len - 1) * q));
}

/* What one registration of ours writes into its first body. */
static int
sealed_len (Ours *ours, char **ret_header)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = mado_store_outbox (ours->store, 1, 1 << 20, &error);

  fail_on (lines == NULL || lines->len == 0, "no line");
  MadoGivenLine  *line = lines->pdata[0];
  MadoGivenEvent *event = line->events->pdata[0];
  *ret_header = g_strnfill (330, 'h');
  return (int)g_bytes_get_size (event->sealed);
}

static void
remove_folder (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);
    g_unlink (path);
  }
  g_rmdir (dir);
}

static void
report (Ours *ours, Bare *bare, int len)
{
  double a = quantile (ours->times, 0.5), b = quantile (bare->times, 0.5);

  g_print ("store: registration median %.0f us p99 %.0f us, bare SQLite median %.0f us p99 %.0f us,"
           " in a row median %.0f us\n",
           a, quantile (ours->times, 0.99), b, quantile (bare->times, 0.99),
           quantile (ours->burst, 0.5));
  g_print ("store: %.2f of bare SQLite's rate with the same rows (%d octets of body)\n", b / a,
           len);
}

int
main (void)
{
  g_autofree char *dir = g_dir_make_tmp ("mado-bench-XXXXXX", NULL);
  g_autofree char *header = NULL;
  Ours             ours = { 0 };
  Bare             bare = { 0 };

  open_ours (&ours, dir);
  open_bare (&bare, dir);
  register_once (&ours, ours.burst);
  int                len = sealed_len (&ours, &header);
  g_autofree guint8 *sealed = g_malloc ((gsize)len);
  mado_random (sealed, (gsize)len);
  for (guint block = 0; block < BLOCKS; block++) {
    for (guint i = 0; i < BLOCK; i++)
      register_tidied (&ours);
    for (guint i = 0; i < BLOCK; i++) {
      tidy_bare (&bare);
      insert_once (&bare, header, sealed, len);
    }
    for (guint i = 0; i < BLOCK; i++)
      register_once (&ours, ours.burst);
  }
  report (&ours, &bare, len);
  close_ours (&ours);
  close_bare (&bare);
  remove_folder (dir);
  return 0;
}
