/* How a terminal comes to its certificate, and who is let in with what. */
#include "certs/authority.h"
#include "tests/central/fixture.h"

#include <sys/stat.h>

typedef struct {
  Server   server;
  Terminal terminal;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  server_set_up (&fixture->server);
  server_start (&fixture->server);
  terminal_set_up (&fixture->terminal, &fixture->server, "K-0001");
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  terminal_tear_down (&fixture->terminal);
  server_tear_down (&fixture->server);
}

static void
test_enrol (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *key = g_build_filename (terminal->dir, "terminal.key", NULL);
  g_auto (Answer) answer = { 0 };
  struct stat status;

  terminal_enrol (terminal);
  g_assert_cmpint (stat (key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  terminal_ask (terminal, (Asked){ .path = "/v1/box-key" }, &answer);
  g_assert_cmpuint (answer.status, ==, 200);
  g_autofree char *list = SERVER_RUN (&fixture->server, 0, "terminal", "list");
  g_assert_cmpstr (list, ==, "K-0001\tkumagaya\tenrolled");
}

static void
assert_no_enrolment (Terminal *terminal, const char *password, MadoSyncError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (terminal_try_enrol (terminal, password, &error));
  g_assert_error (error, MADO_SYNC_ERROR, (int)code);
}

static void
test_wrong_password (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *key = g_build_filename (terminal->dir, "terminal.key", NULL);
  g_autofree char *password
      = SERVER_RUN (&fixture->server, 0, "terminal", "add", "K-0001", "--branch", "kumagaya");
  g_autoptr (GError) error = NULL;

  assert_no_enrolment (terminal, "guess", MADO_SYNC_ERROR_REFUSED);
  g_assert_false (g_file_test (key, G_FILE_TEST_EXISTS));
  /* A wrong guess does not spend the right one. */
  terminal_try_enrol (terminal, password, &error);
  g_assert_no_error (error);
}

static void
test_password_used_twice (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *password
      = SERVER_RUN (&fixture->server, 0, "terminal", "add", "K-0001", "--branch", "kumagaya");
  g_autofree char *path = g_build_filename (terminal->dir, "terminal.crt", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  terminal_try_enrol (terminal, password, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  assert_no_enrolment (terminal, password, MADO_SYNC_ERROR_REFUSED);
  /* The identity of the first time is untouched and still good. */
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
  terminal_sync (terminal);
}

static void
test_unknown_terminal (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  assert_no_enrolment (&fixture->terminal, "anything", MADO_SYNC_ERROR_REFUSED);
}

static void
test_guessing_ends (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal        *terminal = &fixture->terminal;
  g_autofree char *password
      = SERVER_RUN (&fixture->server, 0, "terminal", "add", "K-0001", "--branch", "kumagaya");

  for (guint i = 0; i < 5; i++)
    assert_no_enrolment (terminal, "guess", MADO_SYNC_ERROR_REFUSED);
  assert_no_enrolment (terminal, password, MADO_SYNC_ERROR_BUSY);
}

static void
test_other_server (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Server other = { 0 };
  char  *ca = fixture->server.ca;

  /* The right address, but not the authority the terminal was told. */
  server_set_up (&other);
  fixture->server.ca = other.ca;
  assert_no_enrolment (&fixture->terminal, "secret", MADO_SYNC_ERROR_TLS);
  fixture->server.ca = ca;
  server_tear_down (&other);
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal *terminal = &fixture->terminal;
  g_autoptr (GError) error = NULL;
  MadoSyncReport report;

  g_assert_false (terminal_try_sync (terminal, &report, &error));
  g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_NOT_ENROLLED);
  g_clear_error (&error);
  terminal_enrol (terminal);
  g_autofree char *url = g_strdup (fixture->server.url);
  server_stop (&fixture->server, SIGTERM);
  fixture->server.url = g_steal_pointer (&url);
  g_assert_false (terminal_try_sync (terminal, &report, &error));
  g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_UNREACHABLE);
  g_clear_pointer (&fixture->server.url, g_free);
}

static void
test_no_certificate (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const Asked asked[] = {
    { .path = "/v1/box-key" },
    { .path = "/v1/applications/0192f3a2-5c11-7c3e-9d0a-0123456789ab" },
    { .path = "/v1/sync", .body = "{}", .content_type = "application/json" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++) {
    g_auto (Answer) answer = { 0 };
    server_ask (&fixture->server, &asked[i], &answer);
    assert_fault (&answer, 403, "no_certificate");
  }
}

static void
write_pem (const char *path, GBytes *pem)
{
  gsize       len;
  const char *text = g_bytes_get_data (pem, &len);

  g_assert_true (g_file_set_contents (path, text, (gssize)len, NULL));
}

/* A terminal's certificate by @authority, valid from @not_before for an hour. */
static void
forge (Terminal *terminal, MadoAuthority *authority, gint64 not_before)
{
  g_autofree char *certificate = g_build_filename (terminal->dir, "terminal.crt", NULL);
  g_autofree char *key_path = g_build_filename (terminal->dir, "terminal.key", NULL);
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (GBytes) pkcs10 = mado_request_new (key, terminal->id, NULL);
  g_autoptr (MadoRequest) request = mado_request_parse (pkcs10, NULL);
  MadoIssue issue = {
    .common_name = terminal->id,
    .usage = MADO_ISSUE_CLIENT,
    .not_before = not_before,
    .not_after = not_before + 3600,
  };
  g_autoptr (MadoCert) cert = mado_authority_issue (authority, request, &issue, NULL);
  g_autoptr (GBytes) cert_pem = mado_cert_pem (cert);
  g_autoptr (GBytes) key_pem = mado_key_to_pem (key);

  write_pem (certificate, cert_pem);
  write_pem (key_path, key_pem);
}

static MadoAuthority *
server_authority (const Server *server)
{
  g_autofree char *root_path = g_build_filename (server->state, "terminal-ca.pem", NULL);
  g_autofree char *key_path = g_build_filename (server->state, "terminal-ca.key", NULL);
  char            *text;
  gsize            len;

  g_assert_true (g_file_get_contents (root_path, &text, &len, NULL));
  g_autoptr (GBytes) root_pem = g_bytes_new_take (text, len);
  g_assert_true (g_file_get_contents (key_path, &text, &len, NULL));
  g_autoptr (GBytes) key_pem = g_bytes_new_take (text, len);
  g_autoptr (MadoCert) root = mado_cert_parse (root_pem, NULL);
  g_autoptr (MadoKey) key = mado_key_from_pem (key_pem, NULL);
  return mado_authority_new (root, key, NULL);
}

static void
assert_turned_away (Terminal *terminal, const char *code)
{
  g_auto (Answer) answer = { 0 };

  terminal_ask (terminal, (Asked){ .path = "/v1/box-key" }, &answer);
  assert_fault (&answer, 403, code);
}

static void
test_certificate_of_stranger (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal *terminal = &fixture->terminal;
  gint64    now = mado_clock_now (terminal->clock);
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  /* The name of ours, but not its key. */
  g_autoptr (MadoAuthority) stranger = mado_authority_new_self_signed (
      "Madoguchi terminal authority", key, now - 3600, now + 3600, NULL);

  terminal_enrol (terminal);
  forge (terminal, stranger, now - 60);
  assert_turned_away (terminal, "untrusted");
}

static void
test_certificate_nobody_has (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal *terminal = &fixture->terminal;
  gint64    now = mado_clock_now (terminal->clock);
  g_autoptr (MadoAuthority) authority = server_authority (&fixture->server);

  /* Rightly signed, but never handed out: the list decides, not the signature. */
  terminal_enrol (terminal);
  forge (terminal, authority, now - 60);
  assert_turned_away (terminal, "unknown_terminal");
  forge (terminal, authority, now - 7200);
  assert_turned_away (terminal, "expired");
}

static void
test_revoked (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  Terminal *terminal = &fixture->terminal;
  g_autoptr (GError) error = NULL;
  MadoSyncReport report;

  terminal_enrol (terminal);
  g_autofree char *application = terminal_register (terminal);
  terminal_sync (terminal);
  g_autofree char *out = SERVER_RUN (&fixture->server, 0, "terminal", "revoke", "K-0001");
  g_assert_cmpstr (out, ==, "");
  assert_turned_away (terminal, "revoked");
  g_autofree char *second = terminal_register (terminal);
  g_assert_false (terminal_try_sync (terminal, &report, &error));
  g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_REFUSED);
  /* What it could not give is not lost: enrolled again, it gives. */
  terminal_enrol (terminal);
  terminal_sync (terminal);
  assert_at_centre (terminal, second, "received");
}

/* A megabyte under way when the answer is "no" already: the reason must arrive all the same. */
static void
test_refusal_is_heard (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *body = g_strnfill (1000 * 1000, ' ');
  g_auto (Answer) small = { 0 };
  g_auto (Answer) large = { 0 };
  Asked asked = { .path = "/v1/sync", .body = body, .content_type = "application/json" };

  server_ask (&fixture->server, &asked, &small);
  assert_fault (&small, 403, "no_certificate");
  terminal_enrol (&fixture->terminal);
  g_autofree char *more = g_strnfill (1024 * 1024 + 1, ' ');
  asked.body = more;
  terminal_ask (&fixture->terminal, asked, &large);
  assert_fault (&large, 413, "too_large");
}

static void
test_older_tls (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_auto (Answer) answer = { 0 };
  Asked asked
      = { .path = "/healthz", .tls = CURL_SSLVERSION_TLSv1_2 | CURL_SSLVERSION_MAX_TLSv1_2 };

  server_ask (&fixture->server, &asked, &answer);
  g_assert_cmpuint (answer.status, ==, 0);
}

static void
assert_est (Fixture    *fixture,
            const char *body,
            const char *type,
            const char *header,
            guint       status,
            const char *code)
{
  g_auto (Answer) answer = { 0 };
  Asked asked = {
    .path = "/.well-known/est/simpleenroll", .body = body, .content_type = type, .header = header
  };

  server_ask (&fixture->server, &asked, &answer);
  assert_fault (&answer, status, code);
}

static void
test_est_requests (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *password
      = SERVER_RUN (&fixture->server, 0, "terminal", "add", "K-0001", "--branch", "kumagaya");
  g_autofree char *plain = g_strconcat ("K-0001:", password, NULL);
  g_autofree char *coded = g_base64_encode ((const guchar *)plain, strlen (plain));
  g_autofree char *header = g_strconcat ("Authorization: Basic ", coded, NULL);
  g_autoptr (MadoKey) key = mado_key_new (NULL);
  g_autoptr (GBytes) other = mado_request_new (key, "K-0002", NULL);
  gsize             len;
  const guchar     *der = g_bytes_get_data (other, &len);
  g_autofree char  *other_name = g_base64_encode (der, len);
  static const char type[] = "application/pkcs10";

  assert_est (fixture, "AAAA", type, NULL, 401, "password");
  assert_est (fixture, "AAAA", "text/plain", header, 415, "media_type");
  assert_est (fixture, "AAAA", type, header, 400, "request");
  assert_est (fixture, "not base64", type, header, 400, "request");
  assert_est (fixture, other_name, type, header, 400, "request");
  /* None of these has spent the password. */
  g_autoptr (GError) error = NULL;
  terminal_try_enrol (&fixture->terminal, password, &error);
  g_assert_no_error (error);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/central/enrolment/enrol", test_enrol);
  ADD ("/central/enrolment/wrong-password", test_wrong_password);
  ADD ("/central/enrolment/password-used-twice", test_password_used_twice);
  ADD ("/central/enrolment/unknown-terminal", test_unknown_terminal);
  ADD ("/central/enrolment/guessing-ends", test_guessing_ends);
  ADD ("/central/enrolment/other-server", test_other_server);
  ADD ("/central/enrolment/nobody-there", test_nobody_there);
  ADD ("/central/enrolment/requests", test_est_requests);
  ADD ("/central/peer/no-certificate", test_no_certificate);
  ADD ("/central/peer/certificate-of-stranger", test_certificate_of_stranger);
  ADD ("/central/peer/certificate-nobody-has", test_certificate_nobody_has);
  ADD ("/central/peer/revoked-at-the-next-request", test_revoked);
  ADD ("/central/peer/refusal-is-heard", test_refusal_is_heard);
  ADD ("/central/peer/older-tls", test_older_tls);
  return g_test_run ();
}
