/* Small parts of the server without a socket: limits, routes, addresses; and openapi.json itself.
 */
#include "app/central/address.h"
#include "app/central/attempts.h"
#include "app/central/counters.h"
#include "app/central/error.h"
#include "app/central/routes.h"
#include "app/central/visit.h"
#include "app/sync/request.h"
#include "tests/central/openapi.h"
#include "tests/lib/child.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_attempts (void)
{
  g_autoptr (MadoAttempts) attempts = mado_attempts_new ();
  gint64 wait = 0;

  for (guint i = 0; i < MADO_ATTEMPTS_EACH; i++) {
    g_assert_true (mado_attempts_allow (attempts, "K-0001", 1000, &wait));
    mado_attempts_note (attempts, "K-0001", 1000);
  }
  g_assert_false (mado_attempts_allow (attempts, "K-0001", 1059, &wait));
  g_assert_cmpint (wait, >, 0);
  g_assert_true (mado_attempts_allow (attempts, "K-0002", 1059, &wait));
  /* Each minute gives one back, and only one. */
  g_assert_true (mado_attempts_allow (attempts, "K-0001", 1060, &wait));
  mado_attempts_note (attempts, "K-0001", 1060);
  g_assert_false (mado_attempts_allow (attempts, "K-0001", 1061, &wait));
}

static void
test_attempts_of_many_names (void)
{
  g_autoptr (MadoAttempts) attempts = mado_attempts_new ();
  gint64 wait = 0;

  /* Who changes the name with every guess meets the limit for all. */
  for (guint i = 0; i < MADO_ATTEMPTS_ALL; i++) {
    g_autofree char *name = g_strdup_printf ("X-%u", i);
    g_assert_true (mado_attempts_allow (attempts, name, 1000, &wait));
    mado_attempts_note (attempts, name, 1000);
  }
  g_assert_false (mado_attempts_allow (attempts, "K-0001", 1000, &wait));
  g_assert_true (mado_attempts_allow (attempts, "K-0001", 1060, &wait));
}

static void
test_attempts_clock_set_back (void)
{
  g_autoptr (MadoAttempts) attempts = mado_attempts_new ();
  gint64 wait = 0;

  for (guint i = 0; i < MADO_ATTEMPTS_EACH; i++)
    mado_attempts_note (attempts, "K-0001", 1000000);
  g_assert_false (mado_attempts_allow (attempts, "K-0001", 1000, &wait));
  g_assert_true (mado_attempts_allow (attempts, "K-0001", 1060, &wait));
}

static void
test_address (void)
{
  static const char *const good[]
      = { "127.0.0.1:8443", "0.0.0.0:0", "[::1]:8443", "unix:/run/madoguchi/sync.sock" };
  static const char *const bad[] = { "",           "8443",          "localhost:8443", "127.0.0.1",
                                     "127.0.0.1:", "1.2.3.4:65536", "unix:relative",  "unix:" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mado_address_is_any (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mado_address_is_any (bad[i]));
  g_assert_true (mado_address_is_loopback ("127.0.0.1:0"));
  g_assert_true (mado_address_is_loopback ("[::1]:0"));
  g_assert_false (mado_address_is_loopback ("0.0.0.0:0"));
  g_assert_false (mado_address_is_loopback ("unix:/run/x"));
}

/* What was at the path stays when it was no socket; a socket nobody listens on is replaced. */
static void
test_address_in_the_way (void)
{
  char            *folder = mado_test_folder ();
  g_autofree char *path = g_build_filename (folder, "sync.sock", NULL);
  g_autofree char *content = NULL;
  MadoAddress      address = { .unix_path = path };
  g_autoptr (GError) error = NULL;
  struct stat status;
  guint16     port;

  g_assert_true (g_file_set_contents (path, "a letter", -1, NULL));
  g_assert_cmpint (mado_address_listen (&address, &port, &error), ==, -1);
  g_assert_error (error, MADO_CENTRAL_ERROR, MADO_CENTRAL_ERROR_LISTEN);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "a letter");
  g_assert_cmpint (g_unlink (path), ==, 0);
  for (guint i = 0; i < 2; i++) {
    int fd = mado_address_listen (&address, &port, NULL);
    g_assert_cmpint (fd, >=, 0);
    g_assert_cmpint (stat (path, &status), ==, 0);
    g_assert_cmpint (status.st_mode & 0777, ==, 0660);
    close (fd);
  }
  mado_test_folder_remove (folder);
}

static guint
status_of (const char *method, const char *path)
{
  const char *argument = NULL;
  g_autoptr (MadoReply) refusal = NULL;

  return mado_routes_find (&mado_routes_sync, method, path, &argument, &refusal) != NULL
             ? 200
             : refusal->status;
}

static void
test_routes (void)
{
  g_assert_cmpuint (status_of ("POST", "/v1/sync"), ==, 200);
  g_assert_cmpuint (status_of ("HEAD", "/healthz"), ==, 200);
  g_assert_cmpuint (status_of ("GET", "/v1/applications/x"), ==, 200);
  g_assert_cmpuint (status_of ("GET", "/v1/applications/x/y"), ==, 404);
  g_assert_cmpuint (status_of ("GET", "/v1/applications/"), ==, 404);
  g_assert_cmpuint (status_of ("GET", "/v1/sync/"), ==, 404);
  g_assert_cmpuint (status_of ("GET", "/v1/sync"), ==, 405);
  g_assert_cmpuint (status_of ("HEAD", "/v1/sync"), ==, 405);
}

static MadoVisit *
visit_sync (const char *length)
{
  static MadoHouse house;
  MadoVisitHeaders headers = { .content_type = "application/json", .content_length = length };

  return mado_visit_new (&house, &mado_routes_sync, "POST", "/v1/sync", &headers);
}

static void
test_slow_client (void)
{
  MadoVisit *visit = visit_sync (NULL);

  g_assert_true (mado_visit_push (visit, "{", 1));
  visit->started -= 31 * G_USEC_PER_SEC;
  g_assert_false (mado_visit_push (visit, "}", 1));
  mado_visit_free (visit);
}

static void
test_body_limit (void)
{
  g_autofree char *block = g_strnfill (1024 * 1024, 'x');
  MadoVisit       *announced = visit_sync ("1048577");
  MadoVisit       *chunked = visit_sync (NULL);

  g_assert_cmpuint (announced->refusal->status, ==, 413);
  g_assert_true (mado_visit_push (chunked, block, 1024 * 1024));
  g_assert_null (chunked->refusal);
  g_assert_true (mado_visit_push (chunked, "x", 1));
  g_assert_cmpuint (chunked->refusal->status, ==, 413);
  /* What comes after a refusal is thrown away, but not for ever. */
  for (guint i = 0; i < 7; i++)
    g_assert_true (mado_visit_push (chunked, block, 1024 * 1024));
  g_assert_false (mado_visit_push (chunked, block, 1024 * 1024));
  g_assert_cmpuint (chunked->body->len, <=, 1024 * 1024);
  mado_visit_free (announced);
  mado_visit_free (chunked);
}

static void
test_counters (void)
{
  MadoCounters counters = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  mado_counters_note_status (&counters, 200);
  mado_counters_note_status (&counters, 403);
  mado_counters_note_status (&counters, 403);
  mado_counters_note_status (&counters, 503);
  mado_counters_write (&counters, text);
  g_assert_nonnull (strstr (text->str, "madoguchi_requests_total{status=\"2xx\"} 1\n"));
  g_assert_nonnull (strstr (text->str, "madoguchi_requests_total{status=\"4xx\"} 2\n"));
  g_assert_nonnull (strstr (text->str, "madoguchi_requests_total{status=\"5xx\"} 1\n"));
  g_assert_nonnull (strstr (text->str, "# TYPE madoguchi_lines_total counter\n"));
}

static gboolean
is_described (const MadoRouteRow *row)
{
  gboolean         has_argument = g_str_has_suffix (row->path, "/");
  g_autofree char *path = has_argument ? g_strconcat (row->path, "x", NULL) : g_strdup (row->path);
  g_autofree char *verb = g_ascii_strdown (row->method, -1);
  JsonObject      *item = openapi_path (path);
  JsonObject      *operation = item != NULL ? mado_json_object (item, verb) : NULL;
  JsonObject      *body = operation != NULL ? mado_json_object (operation, "requestBody") : NULL;

  return operation != NULL && (body != NULL) == (row->accepts != NULL)
         && (body == NULL || openapi_schema_for (body, row->accepts) != NULL);
}

/* Served and described are the same: neither more nor less. */
static void
test_openapi_is_complete (void)
{
  const MadoRoutes *tables[] = { &mado_routes_sync, &mado_routes_metrics };
  guint             served = 0;
  JsonObject       *paths = mado_json_object (openapi_load (), "paths");

  for (gsize t = 0; t < G_N_ELEMENTS (tables); t++)
    for (gsize i = 0; i < tables[t]->n_rows; i++, served++)
      if (!is_described (&tables[t]->rows[i]))
        g_error ("%s is not described", tables[t]->rows[i].path);
  g_assert_cmpuint (json_object_get_size (paths), ==, served);
}

static gboolean
is_valid (const char *schema, const char *text)
{
  JsonObject *all = mado_json_object (mado_json_object (openapi_load (), "components"), "schemas");
  g_autoptr (JsonNode) node = mado_json_parse (text, strlen (text), NULL);
  g_autoptr (GString) why = g_string_new (NULL);

  return openapi_holds (mado_json_object (all, schema), node, why);
}

/* The small validator says no where it should; else every other test with it would say nothing. */
static void
test_validator (void)
{
  g_assert_true (is_valid ("Fault", "{\"code\":\"store\",\"message\":\"x\"}"));
  g_assert_false (is_valid ("Fault", "{\"code\":\"Store\",\"message\":\"x\"}"));
  g_assert_false (is_valid ("Fault", "{\"code\":\"store\"}"));
  g_assert_false (is_valid ("Fault", "{\"code\":\"store\",\"message\":1}"));
  g_assert_false (is_valid ("Fault", "{\"code\":\"store\",\"message\":\"x\",\"more\":1}"));
  g_assert_false (is_valid ("Fault", "[]"));
  g_assert_true (is_valid ("Anchor", "[0,\"\"]"));
  g_assert_false (is_valid ("Anchor", "[-1,\"\"]"));
  g_assert_false (is_valid ("Anchor", "[0]"));
  g_assert_false (is_valid ("Anchor", "[0,\"\",1]"));
  g_assert_true (is_valid ("State", "\"purged\""));
  g_assert_false (is_valid ("State", "\"gone\""));
  g_assert_true (is_valid ("EpochConflict", "{\"code\":\"epoch\",\"epoch\":2,\"message\":\"\"}"));
  g_assert_false (
      is_valid ("EpochConflict", "{\"code\":\"journal\",\"epoch\":2,\"message\":\"\"}"));
  g_assert_false (is_valid ("EpochConflict", "{\"code\":\"epoch\",\"epoch\":0,\"message\":\"\"}"));
}

/* What the client writes is what the description says a request is. */
static void
test_request_is_as_described (void)
{
  g_autofree char *corpus = NULL;

  g_assert_true (
      g_file_get_contents (MADO_TEST_DATA "/fuzz/corpus/wire/request", &corpus, NULL, NULL));
  g_autoptr (GBytes) text = g_bytes_new (corpus + 1, strlen (corpus + 1));
  g_autoptr (MadoSyncRequest) request = mado_sync_request_read (text, NULL);
  g_assert_nonnull (request);
  g_autoptr (GBytes) written = mado_sync_request_write (request);
  g_autofree char *plain = g_strndup (g_bytes_get_data (written, NULL), g_bytes_get_size (written));
  g_assert_true (is_valid ("SyncRequest", plain));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/central/attempts/each", test_attempts);
  g_test_add_func ("/central/attempts/many-names", test_attempts_of_many_names);
  g_test_add_func ("/central/attempts/clock-set-back", test_attempts_clock_set_back);
  g_test_add_func ("/central/address", test_address);
  g_test_add_func ("/central/address/in-the-way", test_address_in_the_way);
  g_test_add_func ("/central/routes", test_routes);
  g_test_add_func ("/central/visit/slow-client", test_slow_client);
  g_test_add_func ("/central/visit/body-limit", test_body_limit);
  g_test_add_func ("/central/counters", test_counters);
  g_test_add_func ("/central/openapi/is-complete", test_openapi_is_complete);
  g_test_add_func ("/central/openapi/validator", test_validator);
  g_test_add_func ("/central/openapi/request-is-as-described", test_request_is_as_described);
  return g_test_run ();
}
