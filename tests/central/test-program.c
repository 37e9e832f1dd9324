/* The program from outside: set-up, configuration, service manager, proxy. */
#include "app/central/setup.h"
#include "tests/central/fixture.h"

#include <glib-unix.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef struct {
  Server server;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  server_set_up (&fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  server_tear_down (&fixture->server);
}

static char *
state_path (const Server *server, const char *name)
{
  return g_build_filename (server->state, name, NULL);
}

static char *
content_of (const Server *server, const char *name)
{
  g_autofree char *path = state_path (server, name);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
assert_private (const Server *server, const char *name)
{
  g_autofree char *path = state_path (server, name);
  struct stat      status;

  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
}

static void
test_init (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  g_autofree char *wanted = state_path (server, "server-ca.pem");

  g_assert_cmpstr (server->ca, ==, wanted);
  assert_private (server, "central.kek");
  assert_private (server, "server.key");
  assert_private (server, "server-ca.key");
  assert_private (server, "terminal-ca.key");
  /* Again: everything stays as it is. */
  g_autofree char *before = content_of (server, "server.crt");
  g_autofree char *again = SERVER_RUN (server, 0, "init");
  g_autofree char *after = content_of (server, "server.crt");
  g_assert_cmpstr (again, ==, wanted);
  g_assert_cmpstr (before, ==, after);
}

/* As in the unit, which has UMask=0077: terminals are to get a copy of the server's authority. */
static void
test_init_umask (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server           *server = &fixture->server;
  const char *const made[] = { "server-ca.pem", "server-ca.key", "server.crt", "server.key" };
  g_autofree char  *ca = state_path (server, "server-ca.pem");
  GStatBuf          status;

  for (guint i = 0; i < G_N_ELEMENTS (made); i++) {
    g_autofree char *path = state_path (server, made[i]);
    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  mode_t           before = umask (0077);
  g_autofree char *again = SERVER_RUN (server, 0, "init");
  umask (before);
  g_assert_cmpint (g_stat (ca, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0644);
  assert_private (server, "server-ca.key");
}

static void
test_init_name (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server           *server = &fixture->server;
  g_autofree char  *root = content_of (server, "server-ca.pem");
  g_autofree char  *first = SERVER_RUN (server, 0, "init", "--name", "tosho.example.jp");
  g_autofree char  *second = SERVER_RUN (server, 0, "init", "--name", "192.0.2.7");
  g_autofree char  *certificate = state_path (server, "server.crt");
  g_autofree char  *text = NULL;
  const char *const argv[]
      = { "openssl", "x509", "-noout", "-ext", "subjectAltName", "-in", certificate, NULL };

  g_assert_cmpint (mado_child_run (argv, &text), ==, 0);
  g_assert_nonnull (strstr (text, "DNS:tosho.example.jp"));
  g_assert_nonnull (strstr (text, "IP Address:192.0.2.7"));
  g_assert_nonnull (strstr (text, "DNS:localhost"));
  g_assert_nonnull (strstr (text, "IP Address:127.0.0.1"));
  /* The authority the terminals were told is still the one. */
  g_autofree char *still = content_of (server, "server-ca.pem");
  g_assert_cmpstr (root, ==, still);
}

/* Five years later the server has a certificate again, and terminals still know its authority. */
static void
test_init_renews (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  g_autofree char *root = content_of (server, "server-ca.pem");
  g_autofree char *before = content_of (server, "server.crt");
  g_autoptr (MadoSettings) settings = mado_settings_load (server->config, server->state, NULL);
  g_autoptr (MadoClock) early = mado_clock_new_fixed (((gint64)time (NULL) + 1700 * 86400) * 1000);
  g_autoptr (MadoClock) late = mado_clock_new_fixed (((gint64)time (NULL) + 1800 * 86400) * 1000);

  g_assert_true (mado_setup_prepare (settings, NULL, early, NULL));
  g_autofree char *kept = content_of (server, "server.crt");
  g_assert_cmpstr (kept, ==, before);
  g_assert_true (mado_setup_prepare (settings, NULL, late, NULL));
  g_autofree char *renewed = content_of (server, "server.crt");
  g_assert_cmpstr (renewed, !=, before);
  g_autofree char *still = content_of (server, "server-ca.pem");
  g_assert_cmpstr (root, ==, still);
}

/* A certificate of the city's own is never written over, not even where its key is missing. */
static void
test_init_own_certificate (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  g_autofree char *certificate = g_build_filename (server->folder, "city.crt", NULL);
  g_autofree char *key = g_build_filename (server->folder, "city.key", NULL);
  g_autofree char *more = g_strdup_printf ("[tls]\ncertificate=%s\nkey=%s\n", certificate, key);
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (certificate, "of the city", -1, NULL));
  server_configure (server, "127.0.0.1:0", more);
  SERVER_MUST (server, 2, "init");
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (key, "of the city", -1, NULL));
  SERVER_MUST (server, 0, "init", "--name", "tosho.example.jp");
  g_assert_true (g_file_get_contents (certificate, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "of the city");
}

static void
test_configuration (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const bad[] = {
    "[listen]\nweb=127.0.0.1:80\n",          "[mail]\nsmtp=http://localhost\n",
    "[store]\nurl=postgresql://localhost\n", "[mail]\nfrom=nobody\n",
    "[listen]\nstaff=everywhere\n",
  };
  Server *server = &fixture->server;

  SERVER_MUST (server, 0, "--check-config");
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    server_configure (server, "127.0.0.1:0", bad[i]);
    g_autofree char *out = SERVER_RUN (server, 2, "--check-config");
  }
  /* Metrics are for this machine alone. */
  g_assert_true (
      g_file_set_contents (server->config, "[metrics]\nlisten=0.0.0.0:9090\n", -1, NULL));
  SERVER_MUST (server, 2, "--check-config");
}

static void
test_usage (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server *server = &fixture->server;

  SERVER_MUST (server, 2, "frobnicate");
  SERVER_MUST (server, 2, "terminal");
  SERVER_MUST (server, 2, "terminal", "add", "K-0001");
  SERVER_MUST (server, 2, "--no-such-option");
  SERVER_MUST (server, 1, "terminal", "add", "K 0001", "--branch", "kumagaya");
  SERVER_MUST (server, 1, "terminal", "revoke", "K-0001");
  g_autofree char *version = SERVER_RUN (server, 0, "--version");
  g_assert_cmpstr (version, ==, "madoguchi-central " MADO_VERSION);
}

static void
test_not_prepared (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  g_autofree char *kek = state_path (server, "central.kek");

  g_assert_cmpint (g_unlink (kek), ==, 0);
  SERVER_MUST (server, 2);
  g_assert_true (g_file_set_contents (kek, "short", -1, NULL));
  SERVER_MUST (server, 2);
}

static void
test_other_kek (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  g_autofree char *kek = state_path (server, "central.kek");

  server_start (server);
  server_stop (server, SIGTERM);
  g_assert_true (g_file_set_contents (kek, "0123456789abcdef0123456789abcdef", -1, NULL));
  SERVER_MUST (server, 1);
}

static void
test_address_taken (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server *server = &fixture->server;

  server_start (server);
  g_autofree char *address = g_strdup (strstr (server->url, "127."));
  server_configure (server, address, "");
  SERVER_MUST (server, 1);
}

static void
test_terminals_beside_server (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  g_autofree char *before = SERVER_RUN (server, 0, "terminal", "add", "V-0001", "--branch", "van");

  server_start (server);
  g_autofree char *beside
      = SERVER_RUN (server, 0, "terminal", "add", "K-0001", "--branch", "kumagaya");
  g_autofree char *revoked = SERVER_RUN (server, 0, "terminal", "revoke", "V-0001");
  g_autofree char *list = SERVER_RUN (server, 0, "terminal", "list");
  g_assert_cmpstr (list, ==, "K-0001\tkumagaya\twaiting\nV-0001\tvan\trevoked");
  g_assert_cmpstr (before, !=, beside);
  g_assert_cmpint (server_count (server, "madoguchi_terminals"), ==, 1);
}

static void
test_tells_service_manager (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server            *server = &fixture->server;
  g_autofree char   *path = g_build_filename (server->folder, "notify", NULL);
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  int                fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  char               text[32] = { 0 };

  g_strlcpy (at.sun_path, path, sizeof at.sun_path);
  g_assert_cmpint (bind (fd, (struct sockaddr *)&at, sizeof at), ==, 0);
  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  server_start (server);
  g_unsetenv ("NOTIFY_SOCKET");
  g_assert_cmpint (recv (fd, text, sizeof text - 1, 0), ==, 7);
  g_assert_cmpstr (text, ==, "READY=1");
  close (fd);
}

static void
test_says_what_it_does_not_serve (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server           *server = &fixture->server;
  const char *const argv[]
      = { server->program, "--config", server->config, "--state-dir", server->state, NULL };

  g_assert_true (g_file_set_contents (server->config,
                                      "[listen]\nsync=127.0.0.1:0\nstaff=127.0.0.1:8444\n"
                                      "apply=127.0.0.1:8445\n[mail]\nsmtp=smtp://localhost:25\n",
                                      -1, NULL));
  server->child = mado_child_start (argv);
  g_autofree char *keys = mado_child_await (server->child, "not part of this version KEYS=");
  g_assert_cmpstr (keys, ==, "[listen] staff [listen] apply [mail] smtp");
  g_autofree char *url = mado_child_await (server->child, "serving ");
  g_assert_true (g_str_has_prefix (url, "https://127.0.0.1:"));
}

static void
ask_socket (const char *path, const char *header, Answer *ret_answer)
{
  CURL              *curl = curl_easy_init ();
  struct curl_slist *headers = header != NULL ? curl_slist_append (NULL, header) : NULL;
  GByteArray        *body = g_byte_array_new ();
  long               status = 0;

  curl_easy_setopt (curl, CURLOPT_UNIX_SOCKET_PATH, path);
  curl_easy_setopt (curl, CURLOPT_URL, "http://localhost/v1/box-key");
  curl_easy_setopt (curl, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt (curl, CURLOPT_WRITEFUNCTION, take_octets);
  curl_easy_setopt (curl, CURLOPT_WRITEDATA, body);
  g_assert_cmpint (curl_easy_perform (curl), ==, CURLE_OK);
  curl_easy_getinfo (curl, CURLINFO_RESPONSE_CODE, &status);
  *ret_answer = (Answer){ .status = (guint)status, .body = g_byte_array_free_to_bytes (body) };
  curl_slist_free_all (headers);
  curl_easy_cleanup (curl);
}

static char *
certificate_header (const Terminal *terminal)
{
  g_autofree char *path = g_build_filename (terminal->dir, "terminal.crt", NULL);
  g_autofree char *pem = NULL;

  g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  g_autofree char *escaped = g_uri_escape_string (pem, NULL, FALSE);
  return g_strconcat ("X-Client-Certificate: ", escaped, NULL);
}

/* Behind a proxy that ends TLS: its header is believed on the socket, and there alone. */
static void
test_behind_proxy (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server          *server = &fixture->server;
  Terminal         terminal = { 0 };
  g_autofree char *path = g_build_filename (server->folder, "sync.sock", NULL);
  g_autofree char *listen = g_strconcat ("unix:", path, NULL);
  g_auto (Answer) on_tls = { 0 };
  g_auto (Answer) with = { 0 };
  g_auto (Answer) without = { 0 };

  server_start (server);
  terminal_set_up (&terminal, server, "K-0001");
  terminal_enrol (&terminal);
  g_autofree char *header = certificate_header (&terminal);
  server_ask (server, &(Asked){ .path = "/v1/box-key", .header = header }, &on_tls);
  assert_fault (&on_tls, 403, "no_certificate");
  server_stop (server, SIGTERM);
  server_configure (server, listen, "");
  server_start (server);
  g_assert_cmpstr (server->url, ==, listen);
  ask_socket (path, header, &with);
  g_assert_cmpuint (with.status, ==, 200);
  ask_socket (path, NULL, &without);
  assert_fault (&without, 403, "no_certificate");
  /* A killed server leaves its socket; the next one takes its place. */
  server_stop (server, SIGKILL);
  server_start (server);
  terminal_tear_down (&terminal);
}

/* What the server says to @text, to the end of the connection. */
static char *
say (const char *path, const char *text)
{
  struct sockaddr_un at = { .sun_family = AF_UNIX };
  int                fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  GString           *heard = g_string_new (NULL);
  char               piece[512];
  ssize_t            len;

  g_strlcpy (at.sun_path, path, sizeof at.sun_path);
  g_assert_cmpint (connect (fd, (struct sockaddr *)&at, sizeof at), ==, 0);
  g_assert_cmpint (write (fd, text, strlen (text)), ==, (ssize_t)strlen (text));
  shutdown (fd, SHUT_WR);
  while ((len = read (fd, piece, sizeof piece)) > 0)
    g_string_append_len (heard, piece, len);
  close (fd);
  return g_string_free (heard, FALSE);
}

#define ENROLL "POST /.well-known/est/simpleenroll HTTP/1.1\r\nHost: x\r\n"
#define HIDDEN "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

/* Two words on where the body ends: the request hidden in it is not answered. No path is known by
 * another spelling. */
static void
test_one_reading_alone (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const struct {
    const char *text;
    const char *status; /* %NULL: hangs up */
  } said[] = {
    { HIDDEN, "HTTP/1.1 200 " },
    { ENROLL "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" HIDDEN, NULL },
    { ENROLL "Content-Length: 0\r\nContent-Length: 60\r\n\r\n" HIDDEN, NULL },
    { "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 " },
    { "GET /healthz%00x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 404 " },
    { "GET /%68ealthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 404 " },
  };
  Server          *server = &fixture->server;
  g_autofree char *path = g_build_filename (server->folder, "sync.sock", NULL);
  g_autofree char *listen = g_strconcat ("unix:", path, NULL);

  server_configure (server, listen, "");
  server_start (server);
  for (gsize i = 0; i < G_N_ELEMENTS (said); i++) {
    g_autofree char *heard = say (path, said[i].text);
    if (said[i].status == NULL)
      g_assert_cmpstr (heard, ==, "");
    else if (!g_str_has_prefix (heard, said[i].status))
      g_error ("%s is answered with %s", said[i].text, heard);
  }
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/central/program/init", test_init);
  ADD ("/central/program/init-umask", test_init_umask);
  ADD ("/central/program/init-name", test_init_name);
  ADD ("/central/program/init-renews", test_init_renews);
  ADD ("/central/program/init-own-certificate", test_init_own_certificate);
  ADD ("/central/program/configuration", test_configuration);
  ADD ("/central/program/usage", test_usage);
  ADD ("/central/program/not-prepared", test_not_prepared);
  ADD ("/central/program/other-kek", test_other_kek);
  ADD ("/central/program/address-taken", test_address_taken);
  ADD ("/central/program/terminals-beside-server", test_terminals_beside_server);
  ADD ("/central/program/tells-service-manager", test_tells_service_manager);
  ADD ("/central/program/says-what-it-does-not-serve", test_says_what_it_does_not_serve);
  ADD ("/central/program/behind-proxy", test_behind_proxy);
  ADD ("/central/program/one-reading-alone", test_one_reading_alone);
  return g_test_run ();
}
