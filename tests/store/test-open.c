#define _GNU_SOURCE
#include "tests/store/exchange.h"

#include <sched.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <unistd.h>

static char *
file_of (Bench *bench)
{
  return g_build_filename (bench->dir, "store.db", NULL);
}

/* A statement behind the store's back. */
static void
meddle (Bench *bench, const char *sql)
{
  g_autofree char *path = file_of (bench);
  sqlite3         *database = NULL;

  g_clear_pointer (&bench->store, mado_store_free);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static void
assert_closed (Bench *bench, MadoStoreError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_store (bench, FALSE, &error));
  g_assert_error (error, MADO_STORE_ERROR, (int)code);
}

static gint64
number_of (const char *path, const char *sql)
{
  sqlite3      *database = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  gint64 value = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return value;
}

static void
test_form (void)
{
  GStatBuf info;
  Bench    bench;

  bench_set_up (&bench);
  g_autofree char *path = file_of (&bench);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (log, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_clear_pointer (&bench.store, mado_store_free);
  g_assert_cmpint (number_of (path, "PRAGMA application_id"), ==, 0x4D444F47);
  g_assert_cmpint (number_of (path, "PRAGMA user_version"), ==, 1);
  g_assert_cmpint (number_of (path, "SELECT count(*) FROM pragma_journal_mode"
                                    " WHERE journal_mode = 'wal'"),
                   ==, 1);
  bench_tear_down (&bench);
}

static void
test_second_opener (void)
{
  Bench bench;

  bench_set_up (&bench);
  assert_closed (&bench, MADO_STORE_ERROR_HELD);
  g_clear_pointer (&bench.store, mado_store_free);
  bench_reopen (&bench);
  bench_tear_down (&bench);
}

static void
test_newer (void)
{
  Bench bench;

  bench_set_up (&bench);
  g_autofree char *id = register_person (&bench, TRUE);
  meddle (&bench, "PRAGMA user_version=2");
  assert_closed (&bench, MADO_STORE_ERROR_NEWER);
  meddle (&bench, "PRAGMA user_version=1");
  bench_reopen (&bench);
  g_assert_cmpuint (mado_store_waiting (bench.store), ==, 1); /* and untouched */
  bench_tear_down (&bench);
}

static void
test_not_ours (void)
{
  Bench bench;

  bench_set_up (&bench);
  meddle (&bench, "PRAGMA application_id=1");
  assert_closed (&bench, MADO_STORE_ERROR_REFUSED);
  bench_tear_down (&bench);
}

static void
test_other_kek (void)
{
  Bench bench;

  bench_set_up (&bench);
  g_clear_pointer (&bench.store, mado_store_free);
  g_clear_pointer (&bench.kek, g_bytes_unref);
  bench.kek = test_kek (0x4C);
  assert_closed (&bench, MADO_STORE_ERROR_KEY);
  g_clear_pointer (&bench.kek, g_bytes_unref);
  bench.kek = g_bytes_new ("short", 5);
  assert_closed (&bench, MADO_STORE_ERROR_KEY);
  bench_tear_down (&bench);
}

static void
test_other_holder (void)
{
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_set_up (&bench);
  MadoStoreOptions options
      = { .dir = bench.dir, .holder = "K-0002", .kek = bench.kek, .clock = bench.clock };
  g_clear_pointer (&bench.store, mado_store_free);
  bench.store = mado_store_open (&options, &error); /* empty: a new name is fine */
  g_assert_no_error (error);
  g_free (register_person (&bench, FALSE));
  g_clear_pointer (&bench.store, mado_store_free);
  assert_closed (&bench, MADO_STORE_ERROR_REFUSED);
  bench_tear_down (&bench);
}

static void
test_not_writable (void)
{
  Bench bench;

  bench_set_up (&bench);
  g_clear_pointer (&bench.store, mado_store_free);
  char *dir = bench.dir;
  bench.dir = g_build_filename (dir, "store.db", "below", NULL);
  assert_closed (&bench, MADO_STORE_ERROR_NOT_WRITABLE);
  g_free (bench.dir);
  bench.dir = g_strdup ("/proc/self/fdinfo");
  assert_closed (&bench, MADO_STORE_ERROR_NOT_WRITABLE);
  g_free (bench.dir);
  bench.dir = dir;
  bench_tear_down (&bench);
}

/* --- full ------------------------------------------------------------------------------------ */

/* A disk of that size in a mount namespace of this process. */
static gboolean
mount_small_disk (const char *dir, const char *size)
{
  return unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
         && mount ("tmpfs", dir, "tmpfs", 0, size) == 0;
}

static void
fill_up (Bench *bench, GPtrArray *ids)
{
  g_autoptr (GError) error = NULL;

  for (;;) {
    g_autofree char *id = mado_uuid7 (NOON);
    if (!try_register (bench->store, id, TRUE, &error))
      break;
    g_ptr_array_add (ids, g_steal_pointer (&id));
  }
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_FULL);
}

static void
run_full (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_set_up (&bench);
  g_clear_pointer (&bench.store, mado_store_free);
  g_assert_true (mount_small_disk (bench.dir, "size=512k"));
  bench.store = open_store (&bench, FALSE, &error);
  g_assert_no_error (error);
  g_autofree char *ballast = g_build_filename (bench.dir, "ballast", NULL);
  g_autofree char *octets = g_strnfill (100000, 'x');
  g_assert_true (g_file_set_contents (ballast, octets, 100000, &error));
  fill_up (&bench, ids);
  g_assert_cmpuint (ids->len, >, 3);
  g_assert_cmpuint (mado_store_waiting (bench.store), ==, ids->len);
  g_assert_cmpint (g_unlink (ballast), ==, 0);
  g_free (register_person (&bench, TRUE)); /* room again: the same store goes on */
  g_assert_cmpuint (mado_store_waiting (bench.store), ==, ids->len + 1);
  assert_verifies (bench.store);
  umount2 (bench.dir, MNT_DETACH);
  bench_tear_down (&bench);
}

/* In a process of its own: the mount namespace goes with it. */
static void
test_full (void)
{
  if (g_test_subprocess ()) {
    run_full ();
    return;
  }
  if (geteuid () != 0) {
    g_test_skip ("only root mounts a small disk");
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* --- damaged --------------------------------------------------------------------------------- */

static void
assert_set_aside (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  bench_reopen (bench);
  const char *name = mado_store_set_aside (bench->store);
  g_assert_nonnull (name);
  g_autofree char *aside = g_build_filename (bench->dir, name, NULL);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_autoptr (GPtrArray) alarms = mado_store_alarms (bench->store, &error);
  g_assert_cmpuint (alarms->len, ==, 1);
  MadoStoreAlarm *alarm = alarms->pdata[0];
  g_assert_cmpstr (alarm->code, ==, "damaged");
  g_assert_cmpstr (alarm->detail, ==, name);
  g_free (register_person (bench, TRUE)); /* the counter is open */
  bench_reopen (bench);
  g_assert_null (mado_store_set_aside (bench->store));
  g_assert_cmpuint (mado_store_waiting (bench->store), ==, 1);
}

static void
test_no_database (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *rubbish = g_strnfill (20000, 'x');
  Bench            bench;

  bench_set_up (&bench);
  g_clear_pointer (&bench.store, mado_store_free);
  g_autofree char *path = file_of (&bench);
  g_assert_true (g_file_set_contents (path, rubbish, 20000, &error));
  assert_set_aside (&bench);
  bench_tear_down (&bench);
}

static void
test_torn_pages (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *octets = NULL;
  gsize            len = 0;
  Bench            bench;

  bench_set_up (&bench);
  for (guint i = 0; i < 20; i++)
    g_free (register_person (&bench, TRUE));
  g_clear_pointer (&bench.store, mado_store_free);
  g_autofree char *path = file_of (&bench);
  g_assert_true (g_file_get_contents (path, &octets, &len, &error));
  memset (octets + 4096, 0xFF, len - 4096);
  g_assert_true (g_file_set_contents (path, octets, (gssize)len, &error));
  assert_set_aside (&bench);
  bench_tear_down (&bench);
}

/* --- alarms ---------------------------------------------------------------------------------- */

static void
test_alarms (void)
{
  g_autoptr (GError) error = NULL;
  Bench bench;

  bench_set_up (&bench);
  g_assert_true (mado_store_alarm (bench.store, "clock", "drift 90 s", &error));
  g_assert_true (mado_store_alarm (bench.store, "clock", "drift 90 s", &error));
  g_assert_true (mado_store_alarm (bench.store, "clock", "drift 95 s", &error));
  g_autoptr (GPtrArray) alarms = mado_store_alarms (bench.store, &error);
  g_assert_cmpuint (alarms->len, ==, 2); /* said once until seen */
  g_assert_true (mado_store_silence (bench.store, &error));
  g_autoptr (GPtrArray) seen = mado_store_alarms (bench.store, &error);
  g_assert_cmpuint (seen->len, ==, 0);
  bench_tear_down (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/open/ids-version-and-modes", test_form);
  g_test_add_func ("/store/open/a-second-opener-is-refused", test_second_opener);
  g_test_add_func ("/store/open/a-newer-file-is-refused", test_newer);
  g_test_add_func ("/store/open/another-programs-file-is-refused", test_not_ours);
  g_test_add_func ("/store/open/another-kek-is-refused", test_other_kek);
  g_test_add_func ("/store/open/another-terminals-lines-are-refused", test_other_holder);
  g_test_add_func ("/store/open/not-writable-has-its-code", test_not_writable);
  g_test_add_func ("/store/open/full-has-its-code", test_full);
  g_test_add_func ("/store/open/rubbish-is-set-aside", test_no_database);
  g_test_add_func ("/store/open/torn-pages-are-set-aside", test_torn_pages);
  g_test_add_func ("/store/open/alarms-are-said-once", test_alarms);
  return g_test_run ();
}
