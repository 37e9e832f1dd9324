/* tests/central/fixture.h - the real program on a free port, and terminals that talk to it. */
#pragma once
#include "app/base/json.h"
#include "app/base/random.h"
#include "app/store/store.h"
#include "app/sync/client.h"
#include "app/sync/enrol.h"
#include "app/sync/error.h"
#include "tests/central/openapi.h"
#include "tests/lib/child.h"

#include <curl/curl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

typedef struct {
  char      *folder, *state, *config, *program;
  char      *ca;            /* path `init` printed */
  char      *url, *metrics; /* while it runs */
  MadoChild *child;
} Server;

static void
server_configure (Server *server, const char *sync, const char *more)
{
  g_autofree char *text = g_strdup_printf ("[listen]\nsync=%s\n[metrics]\nlisten=127.0.0.1:0\n"
                                           "[keys]\nkek=${CREDENTIALS_DIRECTORY}/central.kek\n%s",
                                           sync, more);

  g_assert_true (g_file_set_contents (server->config, text, -1, NULL));
}

/* Runs the program with @words; asserts that it ends with @exit. Returns what it printed. */
G_GNUC_UNUSED static char *
server_run (Server *server, int exit, const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  char *output = NULL;

  g_ptr_array_add (argv, server->program);
  for (; *words != NULL; words++)
    g_ptr_array_add (argv, (char *)*words);
  g_ptr_array_add (argv, (char *)"--config");
  g_ptr_array_add (argv, server->config);
  g_ptr_array_add (argv, (char *)"--state-dir");
  g_ptr_array_add (argv, server->state);
  g_ptr_array_add (argv, NULL);
  int status = mado_child_run ((const char *const *)argv->pdata, &output);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, exit);
  return g_strchomp (output);
}

#define SERVER_RUN(server, exit, ...)                                                              \
  server_run ((server), (exit), (const char *const[]){ __VA_ARGS__, NULL })

/* The same where what it printed does not matter. */
#define SERVER_MUST(server, exit, ...)                                                             \
  g_free (server_run ((server), (exit), (const char *const[]){ __VA_ARGS__ __VA_OPT__ (, ) NULL }))

/* A state directory, prepared. */
G_GNUC_UNUSED static void
server_set_up (Server *server)
{
  const char *build = g_getenv ("MADO_BUILD");

  server->folder = mado_test_folder ();
  server->state = g_build_filename (server->folder, "state", NULL);
  server->config = g_build_filename (server->folder, "central.conf", NULL);
  server->program
      = g_build_filename (build != NULL ? build : "build", "bin", "madoguchi-central", NULL);
  server_configure (server, "127.0.0.1:0", "");
  server->ca = SERVER_RUN (server, 0, "init");
}

static void
server_await (Server *server)
{
  g_autofree char *line = mado_child_await (server->child, "serving ");
  g_auto (GStrv) parts = g_strsplit (line, " METRICS=", 2);

  server->url = g_strdup (parts[0]);
  server->metrics = g_strdup (parts[1]);
}

G_GNUC_UNUSED static void
server_start (Server *server)
{
  const char *const argv[]
      = { server->program, "--config", server->config, "--state-dir", server->state, NULL };

  server->child = mado_child_start (argv);
  server_await (server);
}

/* No file may become longer than @kib. */
G_GNUC_UNUSED static void
server_start_limited (Server *server, guint kib)
{
  g_autofree char  *limit = g_strdup_printf ("ulimit -f %u && exec \"$@\"", kib * 2);
  const char *const argv[]
      = { "sh",       "-c",           limit,         "sh",          server->program,
          "--config", server->config, "--state-dir", server->state, NULL };

  server->child = mado_child_start (argv);
  server_await (server);
}

G_GNUC_UNUSED static void
server_stop (Server *server, int signal)
{
  int status = mado_child_stop (g_steal_pointer (&server->child), signal);

  if (signal == SIGTERM)
    g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  g_clear_pointer (&server->url, g_free);
  g_clear_pointer (&server->metrics, g_free);
}

G_GNUC_UNUSED static void
server_tear_down (Server *server)
{
  if (server->child != NULL)
    server_stop (server, SIGTERM);
  mado_test_folder_remove (server->folder);
  g_free (server->state);
  g_free (server->config);
  g_free (server->program);
  g_free (server->ca);
}

/* --- terminals --- */

typedef struct {
  Server    *server;
  char      *id, *dir;
  MadoClock *clock;
  GBytes    *kek;
  MadoStore *store;
} Terminal;

static void
terminal_open (Terminal *terminal)
{
  g_autoptr (GError) error = NULL;
  MadoStoreOptions options = {
    .dir = terminal->dir,
    .holder = terminal->id,
    .kek = terminal->kek,
    .clock = terminal->clock,
  };

  terminal->store = mado_store_open (&options, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
terminal_set_up (Terminal *terminal, Server *server, const char *id)
{
  guint8 key[32];

  terminal->server = server;
  terminal->id = g_strdup (id);
  terminal->dir = g_build_filename (server->folder, id, NULL);
  terminal->clock = mado_clock_new_real ();
  memset (key, 7, sizeof key);
  terminal->kek = g_bytes_new (key, sizeof key);
  terminal_open (terminal);
}

G_GNUC_UNUSED static void
terminal_tear_down (Terminal *terminal)
{
  g_clear_pointer (&terminal->store, mado_store_free);
  mado_clock_free (terminal->clock);
  g_bytes_unref (terminal->kek);
  g_free (terminal->id);
  g_free (terminal->dir);
}

/* With the password as a person would type it. */
G_GNUC_UNUSED static gboolean
terminal_try_enrol (Terminal *terminal, const char *password, GError **error)
{
  g_autoptr (MadoSecret) secret = mado_secret_new (NULL);
  g_auto (MadoBoxKey) key = { 0 };
  MadoEnrolOptions options = {
    .url = terminal->server->url,
    .server_ca = terminal->server->ca,
    .terminal = terminal->id,
    .state_dir = terminal->dir,
    .clock = terminal->clock,
  };

  for (; *password != '\0'; password++)
    g_assert_true (mado_secret_push (secret, (guint8)*password));
  return mado_enrol (&options, secret, &key, error)
         && mado_store_set_box_key (terminal->store, key.id, key.public_key, error);
}

G_GNUC_UNUSED static void
terminal_enrol (Terminal *terminal)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *password
      = SERVER_RUN (terminal->server, 0, "terminal", "add", terminal->id, "--branch", "kumagaya");

  terminal_try_enrol (terminal, password, &error);
  g_assert_no_error (error);
}

G_GNUC_UNUSED static void
terminal_register_as (Terminal *terminal, const char *application, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf (
      "{\"fields\":{\"name\":\"%s\",\"address\":\"埼玉県熊谷市見本町1番地\",\"birth_date\":"
      "\"1990-01-02\",\"kana\":\"ミホンハナコ\"},\"method\":\"sign\",\"checks\":{\"signature\":"
      "\"yes\",\"revocation\":\"good\"}}",
      name);
  g_autoptr (JsonObject) body = mado_json_parse_object (text, strlen (text), &error);
  MadoAct act = { "submitted", "agent", body };

  g_assert_no_error (error);
  gboolean done
      = mado_store_act (terminal->store, application, 0, application, &act, 1, TRUE, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* A person at the counter: given to the outbox. */
G_GNUC_UNUSED static char *
terminal_register (Terminal *terminal)
{
  char *application = mado_uuid7 (mado_clock_now_ms (terminal->clock));

  terminal_register_as (terminal, application, "見本　花子");
  return application;
}

G_GNUC_UNUSED static gboolean
terminal_try_sync (Terminal *terminal, MadoSyncReport *ret_report, GError **error)
{
  MadoSyncClientOptions options = {
    .url = terminal->server->url,
    .state_dir = terminal->dir,
    .terminal = terminal->id,
    .clock = terminal->clock,
  };
  g_autoptr (MadoSyncClient) client = mado_sync_client_new (&options, error);

  return mado_sync_run (client, terminal->store, ret_report, error);
}

G_GNUC_UNUSED static MadoSyncReport
terminal_sync (Terminal *terminal)
{
  g_autoptr (GError) error = NULL;
  MadoSyncReport report;

  terminal_try_sync (terminal, &report, &error);
  g_assert_no_error (error);
  return report;
}

/* "stored", "quarantined" …: how far the terminal thinks this line is. */
G_GNUC_UNUSED static char *
terminal_state_of (Terminal *terminal, const char *application)
{
  g_autoptr (GPtrArray) rows = mado_store_list (terminal->store, NULL);

  for (guint i = 0; i < rows->len; i++) {
    const MadoStoreRow *row = rows->pdata[i];
    if (g_str_equal (row->application, application))
      return g_strdup (row->sync);
  }
  return g_strdup ("absent");
}

/* --- plain requests --- */

typedef struct {
  guint   status; /* 0: no answer */
  char   *content_type;
  gint64  retry_after;
  GBytes *body;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_pointer (&answer->content_type, g_free);
  g_clear_pointer (&answer->body, g_bytes_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

typedef struct {
  const char *method; /* %NULL: GET, or POST with a body */
  const char *path;
  const char *body;     /* %NULL: none */
  gsize       body_len; /* 0: to its NUL */
  const char *content_type;
  const char *header;      /* a further header line */
  const char *certificate; /* path; the key is beside it */
  const char *key;
  long        tls; /* highest version; 0: any */
} Asked;

static size_t
take_octets (char *data, size_t size, size_t n, void *into)
{
  g_byte_array_append (into, (const guint8 *)data, (guint)(size * n));
  return size * n;
}

static void
prepare (CURL *curl, const Server *server, const Asked *asked, struct curl_slist *headers)
{
  g_autofree char *url = g_strconcat (server->url, asked->path, NULL);

  curl_easy_setopt (curl, CURLOPT_URL, url);
  curl_easy_setopt (curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt (curl, CURLOPT_CAINFO, server->ca);
  curl_easy_setopt (curl, CURLOPT_TIMEOUT, 60L);
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  if (asked->tls != 0)
    curl_easy_setopt (curl, CURLOPT_SSLVERSION, asked->tls);
  if (asked->certificate != NULL) {
    curl_easy_setopt (curl, CURLOPT_SSLCERT, asked->certificate);
    curl_easy_setopt (curl, CURLOPT_SSLKEY, asked->key);
  }
  if (asked->body != NULL) {
    curl_easy_setopt (curl, CURLOPT_POSTFIELDS, asked->body);
    curl_easy_setopt (curl, CURLOPT_POSTFIELDSIZE,
                      (long)(asked->body_len > 0 ? asked->body_len : strlen (asked->body)));
  }
  if (asked->method != NULL && g_str_equal (asked->method, "HEAD"))
    curl_easy_setopt (curl, CURLOPT_NOBODY, 1L);
  else if (asked->method != NULL)
    curl_easy_setopt (curl, CURLOPT_CUSTOMREQUEST, asked->method);
}

static struct curl_slist *
headers_of (const Asked *asked)
{
  struct curl_slist *headers = curl_slist_append (NULL, "Expect:");

  if (asked->content_type != NULL) {
    g_autofree char *type = g_strconcat ("Content-Type: ", asked->content_type, NULL);
    headers = curl_slist_append (headers, type);
  }
  return asked->header != NULL ? curl_slist_append (headers, asked->header) : headers;
}

/* Asks, and holds the answer against openapi.json. */
G_GNUC_UNUSED static void
server_ask (const Server *server, const Asked *asked, Answer *ret_answer)
{
  CURL              *curl = curl_easy_init ();
  struct curl_slist *headers = headers_of (asked);
  GByteArray        *body = g_byte_array_new ();
  long               status = 0;
  curl_off_t         retry_after = 0;
  const char        *type = NULL;

  prepare (curl, server, asked, headers);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_octets);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, body);
  CURLcode result = curl_easy_perform (curl);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (curl, CURLINFO_CONTENT_TYPE, &type);
  curl_easy_getinfo (curl, CURLINFO_RETRY_AFTER, &retry_after);
  *ret_answer = (Answer){ .status = result == CURLE_OK ? (guint)status : 0,
                          .content_type = g_strdup (type),
                          .retry_after = retry_after,
                          .body = g_byte_array_free_to_bytes (body) };
  curl_slist_free_all (headers);
  curl_easy_cleanup (curl);
  const char *method = asked->method != NULL ? asked->method : asked->body != NULL ? "POST" : "GET";
  if (ret_answer->status != 0)
    openapi_assert_answer (method, asked->path, ret_answer->status, ret_answer->content_type,
                           ret_answer->body);
}

/* The same with a terminal's certificate. */
G_GNUC_UNUSED static void
terminal_ask (const Terminal *terminal, Asked asked, Answer *ret_answer)
{
  g_autofree char *certificate = g_build_filename (terminal->dir, "terminal.crt", NULL);
  g_autofree char *key = g_build_filename (terminal->dir, "terminal.key", NULL);

  asked.certificate = certificate;
  asked.key = key;
  server_ask (terminal->server, &asked, ret_answer);
}

G_GNUC_UNUSED static JsonObject *
answer_object (const Answer *answer)
{
  g_autoptr (GError) error = NULL;
  gsize       len;
  const char *text = g_bytes_get_data (answer->body, &len);
  JsonObject *object = mado_json_parse_object (text, len, &error);

  g_assert_no_error (error);
  return object;
}

G_GNUC_UNUSED static void
assert_fault (const Answer *answer, guint status, const char *code)
{
  g_autoptr (JsonObject) object = NULL;

  g_assert_cmpuint (answer->status, ==, status);
  object = answer_object (answer);
  g_assert_cmpstr (mado_json_string (object, "code"), ==, code);
}

/* GET /v1/applications/ID; %NULL when it is not there. */
G_GNUC_UNUSED static JsonObject *
terminal_show (const Terminal *terminal, const char *application)
{
  g_auto (Answer) answer = { 0 };
  g_autofree char *path = g_strconcat ("/v1/applications/", application, NULL);

  terminal_ask (terminal, (Asked){ .path = path }, &answer);
  if (answer.status == 404)
    return NULL;
  g_assert_cmpuint (answer.status, ==, 200);
  return answer_object (&answer);
}

G_GNUC_UNUSED static void
assert_at_centre (const Terminal *terminal, const char *application, const char *state)
{
  g_autoptr (JsonObject) object = terminal_show (terminal, application);

  g_assert_nonnull (object);
  g_assert_cmpstr (mado_json_string (object, "application"), ==, application);
  g_assert_cmpstr (mado_json_string (object, "state"), ==, state);
}

/* One number out of the metrics: of the line that begins with @series and a blank. */
G_GNUC_UNUSED static gint64
server_count (const Server *server, const char *series)
{
  Server metrics
      = { .url = g_strndup (server->metrics, strlen (server->metrics) - strlen ("/metrics")),
          .ca = server->ca };
  g_auto (Answer) answer = { 0 };
  Asked asked = { .path = "/metrics" };
  gsize len;

  server_ask (&metrics, &asked, &answer);
  g_free (metrics.url);
  g_assert_cmpuint (answer.status, ==, 200);
  const char      *data = g_bytes_get_data (answer.body, &len);
  g_autofree char *text = g_strndup (data, len);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *start = g_strconcat (series, " ", NULL);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, start))
      return g_ascii_strtoll (*line + strlen (start), NULL, 10);
  g_error ("no series %s in %s", series, text);
}
