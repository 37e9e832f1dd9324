/* Lines from terminals to the centre: once each, whatever is killed, repeated or put back. */
#include "app/base/base64url.h"
#include "tests/central/fixture.h"

typedef struct {
  Server   server;
  Terminal terminal, second;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  server_set_up (&fixture->server);
  server_start (&fixture->server);
  terminal_set_up (&fixture->terminal, &fixture->server, "K-0001");
  terminal_set_up (&fixture->second, &fixture->server, "V-0001");
  terminal_enrol (&fixture->terminal);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  terminal_tear_down (&fixture->terminal);
  terminal_tear_down (&fixture->second);
  server_tear_down (&fixture->server);
}

static void
assert_local (Terminal *terminal, const char *application, const char *sync)
{
  g_autofree char *state = terminal_state_of (terminal, application);

  g_assert_cmpstr (state, ==, sync);
}

static void
assert_lines_at_centre (const Server *server, gint64 n)
{
  g_assert_cmpint (server_count (server, "madoguchi_applications{state=\"received\"}"), ==, n);
}

static void
test_stored (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *application = terminal_register (terminal);

  g_assert_cmpuint (mado_store_waiting (terminal->store), ==, 1);
  MadoSyncReport report = terminal_sync (terminal);
  g_assert_cmpuint (report.given, ==, 1);
  g_assert_cmpuint (report.refused, ==, 0);
  g_assert_cmpuint (report.waiting, ==, 0);
  assert_local (terminal, application, "stored");
  assert_at_centre (terminal, application, "received");
  g_autoptr (JsonObject) shown = terminal_show (terminal, application);
  g_assert_cmpstr (mado_json_string (mado_json_object (shown, "fields"), "name"), ==, "見本　花子");
  g_assert_cmpstr (mado_json_string (shown, "home"), ==, "K-0001");
}

static void
test_nothing_to_give (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  MadoSyncReport report = terminal_sync (&fixture->terminal);

  g_assert_cmpuint (report.given, ==, 0);
  g_assert_false (report.new_epoch);
  report = terminal_sync (&fixture->terminal);
  g_assert_cmpuint (report.given, ==, 0);
  g_assert_false (report.new_epoch);
}

static void
test_many (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal *terminal = &fixture->terminal;

  for (guint i = 0; i < 120; i++) {
    g_autofree char *application = terminal_register (terminal);
  }
  guint given = 0;
  for (guint i = 0; i < 5 && mado_store_waiting (terminal->store) > 0; i++)
    given += terminal_sync (terminal).given;
  g_assert_cmpuint (given, ==, 120);
  assert_lines_at_centre (&fixture->server, 120);
}

/* A folder copied file by file: an image of a disk. */
static void
copy_folder (const char *from, const char *to)
{
  const char *const argv[] = { "cp", "-a", from, to, NULL };

  g_assert_cmpint (mado_child_run (argv, NULL), ==, 0);
}

static void
remove_folder (const char *path)
{
  const char *const argv[] = { "rm", "-rf", path, NULL };

  g_assert_cmpint (mado_child_run (argv, NULL), ==, 0);
}

/* The terminal's disk as it was when @work had not been done yet. */
static void
put_terminal_back (Terminal *terminal, const char *image)
{
  g_clear_pointer (&terminal->store, mado_store_free);
  remove_folder (terminal->dir);
  copy_folder (image, terminal->dir);
  terminal_open (terminal);
}

static void
take_terminal_image (Terminal *terminal, const char *image)
{
  g_clear_pointer (&terminal->store, mado_store_free);
  copy_folder (terminal->dir, image);
  terminal_open (terminal);
}

static void
test_already (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *application = terminal_register (terminal);
  g_autofree char *image = g_build_filename (fixture->server.folder, "image", NULL);

  /* The answer was lost: the terminal does not know that the centre has it. */
  terminal_sync (terminal);
  g_autofree char *second = terminal_register (terminal);
  take_terminal_image (terminal, image);
  terminal_sync (terminal);
  put_terminal_back (terminal, image);
  assert_local (terminal, second, "given");
  terminal_sync (terminal);
  assert_local (terminal, second, "stored");
  g_assert_cmpint (server_count (&fixture->server, "madoguchi_lines_total{answer=\"already\"}"), ==,
                   1);
  assert_lines_at_centre (&fixture->server, 2);
}

static void
test_fork (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  Terminal        *second = &fixture->second;
  g_autofree char *application = terminal_register (terminal);

  terminal_enrol (second);
  terminal_sync (terminal);
  /* The same application with another life: kept aside, the first one stands and is flagged. */
  terminal_register_as (second, application, "見本　太郎");
  MadoSyncReport report = terminal_sync (second);
  g_assert_cmpuint (report.given, ==, 1);
  g_assert_cmpint (server_count (&fixture->server, "madoguchi_lines_total{answer=\"fork\"}"), ==,
                   1);
  g_assert_cmpint (server_count (&fixture->server, "madoguchi_aside"), ==, 1);
  g_autoptr (JsonObject) shown = terminal_show (terminal, application);
  g_assert_cmpstr (mado_json_string (mado_json_object (shown, "fields"), "name"), ==, "見本　花子");
  g_assert_cmpuint (json_array_get_length (mado_json_array (shown, "flags")), >, 0);
  assert_local (second, application, "stored");
}

static void
test_refused_holds_up_nobody (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal *terminal = &fixture->second;
  guint8    lost[32];

  /* Boxed for a key the centre never had: nobody can open it there. */
  memset (lost, 9, sizeof lost);
  g_autoptr (GBytes) lost_key = g_bytes_new (lost, sizeof lost);
  g_assert_true (mado_store_set_box_key (terminal->store, "lost", lost_key, NULL));
  g_autofree char *bad = terminal_register (terminal);
  terminal_enrol (terminal);
  g_autofree char *good = terminal_register (terminal);
  MadoSyncReport   report = terminal_sync (terminal);
  g_assert_cmpuint (report.given, ==, 2);
  g_assert_cmpuint (report.refused, ==, 1);
  g_assert_cmpuint (report.waiting, ==, 0);
  assert_local (terminal, bad, "quarantined");
  assert_local (terminal, good, "stored");
  assert_at_centre (terminal, good, "received");
  g_assert_null (terminal_show (terminal, bad));
}

static void
test_server_killed (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *first = terminal_register (terminal);
  g_autoptr (GError) error = NULL;
  MadoSyncReport report;

  terminal_sync (terminal);
  g_autofree char *second = terminal_register (terminal);
  g_autofree char *url = g_strdup (fixture->server.url);
  server_stop (&fixture->server, SIGKILL);
  fixture->server.url = g_steal_pointer (&url);
  g_assert_false (terminal_try_sync (terminal, &report, &error));
  g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_UNREACHABLE);
  g_assert_cmpuint (report.waiting, ==, 1);
  g_clear_pointer (&fixture->server.url, g_free);
  server_start (&fixture->server);
  report = terminal_sync (terminal);
  g_assert_false (report.new_epoch);
  assert_at_centre (terminal, first, "received");
  assert_at_centre (terminal, second, "received");
  assert_lines_at_centre (&fixture->server, 2);
}

/* A file may grow no further: what SQLite meets on a full disk. */
static void
test_server_disk_full (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server   *server = &fixture->server;
  Terminal *terminal = &fixture->terminal;
  g_autoptr (GError) error = NULL;
  MadoSyncReport report;
  gint64         registered = 0;

  server_stop (server, SIGTERM);
  server_start_limited (server, 400);
  for (gboolean good = TRUE; good && registered < 1000; registered++) {
    g_autofree char *application = terminal_register (terminal);
    good = terminal_try_sync (terminal, &report, &error);
  }
  g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_BUSY);
  g_assert_cmpint (report.retry_after, ==, 30);
  g_assert_cmpuint (report.waiting, >, 0);
  /* Room again: nothing that was acknowledged is missing, nothing comes twice. */
  server_stop (server, SIGTERM);
  server_start (server);
  terminal_sync (terminal);
  g_assert_cmpuint (mado_store_waiting (terminal->store), ==, 0);
  assert_lines_at_centre (server, registered);
}

/* Nobody says that the data was put back; the vault beside it was not. */
static void
test_server_restored (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *first = terminal_register (terminal);
  g_autofree char *backup = g_build_filename (server->folder, "central.db.backup", NULL);
  g_autofree char *database = g_build_filename (server->state, "central.db", NULL);
  g_autofree char *log = g_strconcat (database, "-wal", NULL);
  g_autofree char *shared = g_strconcat (database, "-shm", NULL);

  terminal_sync (terminal);
  server_stop (server, SIGTERM);
  copy_folder (database, backup);
  server_start (server);
  g_autofree char *second = terminal_register (terminal);
  terminal_sync (terminal);
  server_stop (server, SIGTERM);
  remove_folder (log);
  remove_folder (shared);
  copy_folder (backup, database);
  server_start (server);
  assert_lines_at_centre (server, 1);
  MadoSyncReport report = terminal_sync (terminal);
  g_assert_true (report.new_epoch);
  g_assert_cmpuint (report.waiting, ==, 0);
  assert_at_centre (terminal, first, "received");
  assert_at_centre (terminal, second, "received");
  assert_lines_at_centre (server, 2);
  g_assert_false (terminal_sync (terminal).new_epoch);
}

static void
test_terminal_restored (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *image = g_build_filename (fixture->server.folder, "image", NULL);
  g_autofree char *first = terminal_register (terminal);

  terminal_sync (terminal);
  take_terminal_image (terminal, image);
  g_autofree char *second = terminal_register (terminal);
  terminal_sync (terminal);
  put_terminal_back (terminal, image);
  /* A new line at the place the second one had: the centre sees two lives of one terminal. */
  g_autofree char *third = terminal_register (terminal);
  MadoSyncReport   report = terminal_sync (terminal);
  g_assert_true (report.new_g);
  g_assert_cmpuint (report.waiting, ==, 0);
  assert_at_centre (terminal, first, "received");
  assert_at_centre (terminal, second, "received");
  assert_at_centre (terminal, third, "received");
  assert_lines_at_centre (&fixture->server, 3);
}

static void
write_event (Terminal *terminal, const char *application, gint64 expect, const MadoAct *act)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *click = expect > 0 ? mado_uuid4 () : g_strdup (application);
  gboolean         done
      = mado_store_act (terminal->store, application, expect, click, act, 1, FALSE, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (done);
}

/* A terminal is told of every line of the library; the person is its own branch's to see. */
static void
test_other_branch (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  Terminal        *elsewhere = &fixture->second;
  g_autofree char *application = terminal_register (terminal);
  g_autofree char *password
      = SERVER_RUN (&fixture->server, 0, "terminal", "add", elsewhere->id, "--branch", "osato");
  g_autoptr (GError) error = NULL;

  terminal_sync (terminal);
  terminal_try_enrol (elsewhere, password, &error);
  g_assert_no_error (error);
  assert_at_centre (terminal, application, "received");
  g_assert_null (terminal_show (elsewhere, application));
}

/* A person whose line has @octets more that nothing shortens. */
static char *
register_at_length (Terminal *terminal, gsize octets)
{
  char  *application = mado_uuid7 (mado_clock_now_ms (terminal->clock));
  guint8 piece[32 * 1024];

  for (gint64 expect = 0; octets > 0; expect++) {
    g_autoptr (JsonObject) body = json_object_new ();
    gsize len = MIN (octets, sizeof piece);
    mado_random (piece, len);
    g_autofree char *note = mado_base64url (piece, len);
    json_object_set_string_member (body, "note", note);
    MadoAct act = { expect == 0 ? "submitted" : "amended", "staff:0001", body };
    write_event (terminal, application, expect, &act);
    octets -= len;
  }
  g_assert_true (mado_store_give (terminal->store, application, NULL));
  return application;
}

/* Every line the outbox lets out fits into one request; one that fits into none waits for nobody's
 * sake. */
static void
test_long_lines (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *fits = register_at_length (terminal, 740 * 1024);
  g_autofree char *too_long = register_at_length (terminal, 1100 * 1024);
  g_autofree char *after = terminal_register (terminal);

  for (guint i = 0; i < 3; i++)
    terminal_sync (terminal);
  assert_local (terminal, fits, "stored");
  assert_local (terminal, too_long, "quarantined");
  assert_local (terminal, after, "stored");
  g_assert_cmpuint (mado_store_waiting (terminal->store), ==, 0);
  assert_at_centre (terminal, fits, "received");
  g_autoptr (GPtrArray) alarms = mado_store_alarms (terminal->store, NULL);
  g_assert_cmpuint (alarms->len, ==, 1);
  const MadoStoreAlarm *alarm = alarms->pdata[0];
  g_assert_cmpstr (alarm->code, ==, "too_large");
  g_assert_cmpstr (alarm->detail, ==, too_long);
}

static MadoLineChange *
make_witness (guint i)
{
  MadoLineChange *change = g_new0 (MadoLineChange, 1);

  change->application = mado_uuid7 (1795500000000 + i);
  change->seq = 1;
  mado_random (change->head, sizeof change->head);
  change->state = g_strdup ("received");
  return change;
}

#define WITNESSES 24000 /* a request has room for some 20,000 */

/* More heads than one request may show: all of them arrive, and the lines behind them. */
static void
test_many_witnesses (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal *terminal = &fixture->terminal;
  g_autoptr (MadoSyncAnswer) told = mado_sync_answer_new ();
  g_autoptr (GError) error = NULL;

  terminal_sync (terminal);
  told->epoch = 1;
  told->anchor_at = WITNESSES;
  for (guint i = 0; i < WITNESSES; i++)
    g_ptr_array_add (told->changed, make_witness (i));
  g_assert_true (mado_store_apply (terminal->store, told, &error));
  g_assert_no_error (error);
  g_autofree char *application = terminal_register (terminal);
  g_assert_true (terminal_sync (terminal).new_epoch);
  assert_local (terminal, application, "stored");
  /* Beside them the alarm of the restore itself. */
  g_assert_cmpint (server_count (&fixture->server, "madoguchi_alarms"), ==, WITNESSES + 1);
}

/* --- several at once, and the server killed under them --- */

#define WORKERS 3
#define EACH 15

static GMutex url_lock;

/* One terminal on a thread of its own; the server's address changes with each start. */
typedef struct {
  Terminal *terminal;
  Server   *server;
  Server    own; /* what the terminal sees */
} Worker;

static gboolean
worker_sync (Worker *worker)
{
  MadoSyncReport report;

  g_mutex_lock (&url_lock);
  g_free (worker->own.url);
  worker->own.url
      = g_strdup (worker->server->url != NULL ? worker->server->url : "https://[::1]:9");
  g_mutex_unlock (&url_lock);
  return terminal_try_sync (worker->terminal, &report, NULL);
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;

  g_mutex_lock (&url_lock);
  worker->own = *worker->server;
  worker->own.url = NULL;
  g_mutex_unlock (&url_lock);
  worker->terminal->server = &worker->own;
  for (guint i = 0; i < EACH; i++) {
    g_autofree char *application = terminal_register (worker->terminal);
    worker_sync (worker);
  }
  while (mado_store_waiting (worker->terminal->store) > 0)
    if (!worker_sync (worker))
      g_usleep (10000);
  worker->terminal->server = worker->server;
  g_free (worker->own.url);
  return NULL;
}

static void
kill_and_start (Server *server)
{
  g_mutex_lock (&url_lock);
  server_stop (server, SIGKILL);
  server_start (server);
  g_mutex_unlock (&url_lock);
}

static void
test_killed_under_several (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal  third = { 0 };
  Terminal *terminals[WORKERS] = { &fixture->terminal, &fixture->second, &third };
  Worker    workers[WORKERS] = { 0 };
  GThread  *threads[WORKERS];

  terminal_set_up (&third, &fixture->server, "K-0002");
  terminal_enrol (&fixture->second);
  terminal_enrol (&third);
  for (guint i = 0; i < WORKERS; i++) {
    workers[i].terminal = terminals[i];
    workers[i].server = &fixture->server;
    threads[i] = g_thread_new ("terminal", work, &workers[i]);
  }
  for (guint i = 0; i < 5; i++) {
    g_usleep (50000);
    kill_and_start (&fixture->server);
  }
  for (guint i = 0; i < WORKERS; i++)
    g_thread_join (threads[i]);
  assert_lines_at_centre (&fixture->server, WORKERS * EACH);
  g_assert_cmpint (server_count (&fixture->server, "madoguchi_aside"), ==, 0);
  terminal_tear_down (&third);
}

static void
assert_sync_refused (Fixture    *fixture,
                     const char *body,
                     gsize       len,
                     const char *header,
                     guint       status,
                     const char *code)
{
  g_auto (Answer) answer = { 0 };

  terminal_ask (&fixture->terminal,
                (Asked){ .path = "/v1/sync",
                         .body = body,
                         .body_len = len,
                         .content_type = "application/json",
                         .header = header },
                &answer);
  assert_fault (&answer, status, code);
}

#define EMPTY                                                                                      \
  "{\"epoch\":1,\"anchor\":[0,\"\"],\"g\":1,\"wait\":0,\"seen\":[],\"clock\":{\"local\":1,"        \
  "\"monotonic\":1,\"boot\":\"b\"},\"lines\":[]"

static void
test_bad_requests (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char forged[]
      = EMPTY ",\"checkpoint\":{\"n\":1,\"digest\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\","
              "\"signature\":\"AQ\"}}";

  assert_sync_refused (fixture, "{", 0, NULL, 400, "malformed");
  assert_sync_refused (fixture, "{}", 0, "Content-Encoding: deflate", 400, "malformed");
  assert_sync_refused (fixture, EMPTY "}", 0, "Content-Encoding: gzip", 400, "malformed");
  assert_sync_refused (fixture, forged, 0, NULL, 400, "checkpoint");
}

static void
test_faces (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *method, *path;
    guint       status;
  } asked[] = {
    { "GET", "/healthz", 200 },
    { "HEAD", "/healthz", 200 },
    { "GET", "/readyz", 200 },
    { "POST", "/healthz", 405 },
    { "GET", "/", 404 },
    { "GET", "/v1/applications/", 404 },
    { "GET", "/metrics", 404 },
    { "DELETE", "/v1/sync", 405 },
    { "GET", "/.well-known/est/cacerts", 200 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++) {
    g_auto (Answer) answer = { 0 };
    server_ask (&fixture->server, &(Asked){ .method = asked[i].method, .path = asked[i].path },
                &answer);
    g_assert_cmpuint (answer.status, ==, asked[i].status);
  }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/central/sync/stored", test_stored);
  ADD ("/central/sync/nothing-to-give", test_nothing_to_give);
  ADD ("/central/sync/many", test_many);
  ADD ("/central/sync/already-on-repetition", test_already);
  ADD ("/central/sync/fork", test_fork);
  ADD ("/central/sync/refused-holds-up-nobody", test_refused_holds_up_nobody);
  ADD ("/central/sync/server-killed", test_server_killed);
  ADD ("/central/sync/killed-under-several", test_killed_under_several);
  ADD ("/central/sync/server-disk-full", test_server_disk_full);
  ADD ("/central/sync/server-restored", test_server_restored);
  ADD ("/central/sync/terminal-restored", test_terminal_restored);
  ADD ("/central/sync/other-branch", test_other_branch);
  ADD ("/central/sync/long-lines", test_long_lines);
  ADD ("/central/sync/many-witnesses", test_many_witnesses);
  ADD ("/central/sync/bad-requests", test_bad_requests);
  ADD ("/central/faces", test_faces);
  return g_test_run ();
}
