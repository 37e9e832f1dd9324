/* The drivers of the authentication service against a real responder that lies on command. */
#include "app/authservice/error.h"
#include "app/authservice/service.h"
#include "app/authservice/trust.h"
#include "certs/path.h"
#include "tests/lib/child.h"

#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <netinet/in.h>
#include <unistd.h>

static char *folder, *pki, *mode_file;

/* One responder for all tests: its mode is switched by a file. */
static MadoChild *responder;
static char      *url;

typedef struct {
  MadoCert  *cert, *issuer;
  GPtrArray *anchors;
} Card;

static MadoCert *
load_cert (const char *profile, const char *file)
{
  g_autofree char *path = g_build_filename (pki, "cards", profile, file, NULL);
  g_autoptr (GError) error = NULL;
  char *text;
  gsize len;

  g_file_get_contents (path, &text, &len, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) der = g_bytes_new_take (text, len);
  MadoCert *cert = mado_cert_parse (der, &error);
  g_assert_no_error (error);
  return cert;
}

static gint64
now (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

static void
load_card (Card *card, const char *profile, const char *file, MadoCertProfile kind)
{
  g_autofree char *anchors = g_build_filename (pki, "anchors", NULL);
  g_autoptr (GError) error = NULL;
  g_auto (MadoPathAnswer) path = { 0 };

  card->anchors = mado_trust_load (anchors, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (card->anchors->len, ==, 3);
  card->cert = load_cert (profile, file);
  mado_path_check (card->cert, card->anchors, kind, now (), &path);
  g_assert_cmpint (path.chain, ==, MADO_ANSWER_YES);
  card->issuer = mado_cert_ref (path.issuer);
}

static void
clear_card (Card *card)
{
  mado_cert_unref (card->cert);
  mado_cert_unref (card->issuer);
  g_ptr_array_unref (card->anchors);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Card, clear_card)

static void
set_mode (const char *mode)
{
  g_assert_true (g_file_set_contents (mode_file, mode, -1, NULL));
}

static void
ask (const char     *driver,
     const char     *source,
     const Card     *card,
     MadoCertProfile kind,
     MadoAuthStatus *ret_status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoAuthService) service = mado_auth_service_new (driver, source, source, &error);

  g_assert_no_error (error);
  mado_auth_service_check (service, card->cert, card->issuer, kind, now (), ret_status);
}

static void
assert_status (const MadoAuthStatus *status, MadoRevocation revocation, const char *reason)
{
  g_assert_cmpstr (mado_revocation_name (status->revocation), ==,
                   mado_revocation_name (revocation));
  g_assert_cmpstr (status->reason, ==, reason);
  if (revocation == MADO_REVOCATION_NOT_CHECKED)
    g_assert_cmpint (status->checked_at, ==, 0);
  else
    g_assert_cmpint (status->checked_at, >, 0);
}

static void
test_good (void)
{
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };

  set_mode ("ok");
  load_card (&card, "adult", "sign.der", MADO_CERT_SIGN);
  ask ("ocsp", url, &card, MADO_CERT_SIGN, &status);
  assert_status (&status, MADO_REVOCATION_GOOD, NULL);
  g_assert_cmpstr (status.source, ==, "ocsp");
}

static void
test_profile_in_url (void)
{
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };

  /* The responder serves both at different paths; the other one answers for other authorities. */
  set_mode ("ok");
  load_card (&card, "adult", "auth.der", MADO_CERT_AUTH);
  ask ("ocsp", url, &card, MADO_CERT_AUTH, &status);
  assert_status (&status, MADO_REVOCATION_GOOD, NULL);
}

static void
test_revoked (void)
{
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };

  set_mode ("ok");
  load_card (&card, "revoked", "sign.der", MADO_CERT_SIGN);
  ask ("ocsp", url, &card, MADO_CERT_SIGN, &status);
  g_assert_cmpint (status.revocation, ==, MADO_REVOCATION_REVOKED);
  g_assert_nonnull (status.reason);
}

/* A responder that fails or lies: never a yes, never a no, and always why. */
static void
test_fault (gconstpointer data)
{
  g_auto (GStrv) words = g_strsplit (data, " ", 2);
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };

  set_mode (words[0]);
  load_card (&card, "adult", "sign.der", MADO_CERT_SIGN);
  ask ("ocsp", url, &card, MADO_CERT_SIGN, &status);
  assert_status (&status, MADO_REVOCATION_NOT_CHECKED, words[1]);
}

static void
test_without_nonce_is_taken (void)
{
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };

  set_mode ("no-nonce");
  load_card (&card, "adult", "sign.der", MADO_CERT_SIGN);
  ask ("ocsp", url, &card, MADO_CERT_SIGN, &status);
  assert_status (&status, MADO_REVOCATION_GOOD, NULL);
}

static void
test_slow_is_waited_for (void)
{
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };

  set_mode ("slow");
  load_card (&card, "adult", "sign.der", MADO_CERT_SIGN);
  ask ("ocsp", url, &card, MADO_CERT_SIGN, &status);
  assert_status (&status, MADO_REVOCATION_GOOD, NULL);
}

/* A port with a socket bound to it, but not listening: nobody else can take it. */
static int
closed_port (guint16 *ret_port)
{
  struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = g_htonl (INADDR_LOOPBACK) };
  socklen_t          len = sizeof at;
  int                fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (fd, (struct sockaddr *)&at, len), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *)&at, &len), ==, 0);
  *ret_port = g_ntohs (at.sin_port);
  return fd;
}

static void
test_nobody_listens (void)
{
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };
  guint16          port;
  int              fd = closed_port (&port);
  g_autofree char *dead = g_strdup_printf ("http://127.0.0.1:%u/ocsp/{profile}", port);
  g_autoptr (MadoAuthService) service = mado_auth_service_new ("ocsp", dead, NULL, NULL);

  load_card (&card, "adult", "sign.der", MADO_CERT_SIGN);
  ask ("ocsp", dead, &card, MADO_CERT_SIGN, &status);
  assert_status (&status, MADO_REVOCATION_NOT_CHECKED, "unreachable");
  g_assert_cmpint (mado_auth_service_probe (service), ==, MADO_AUTH_LIGHT_UNREACHABLE);
  close (fd);
}

static void
test_probe (void)
{
  g_autoptr (MadoAuthService) ocsp = mado_auth_service_new ("ocsp", url, NULL, NULL);
  g_autoptr (MadoAuthService) none = mado_auth_service_new ("none", NULL, NULL, NULL);

  g_assert_cmpint (mado_auth_service_probe (ocsp), ==, MADO_AUTH_LIGHT_REACHABLE);
  g_assert_cmpint (mado_auth_service_probe (none), ==, MADO_AUTH_LIGHT_NOT_CHECKED);
}

static void
test_list (void)
{
  g_auto (Card) good = { 0 };
  g_auto (Card) revoked = { 0 };
  g_auto (MadoAuthStatus) a = { 0 };
  g_auto (MadoAuthStatus) b = { 0 };
  g_auto (MadoAuthStatus) c = { 0 };
  g_autofree char *list = g_build_filename (pki, "{profile}", "ca.crl", NULL);
  g_autofree char *nowhere = g_build_filename (pki, "{profile}", "none.crl", NULL);

  load_card (&good, "adult", "sign.der", MADO_CERT_SIGN);
  load_card (&revoked, "revoked", "sign.der", MADO_CERT_SIGN);
  ask ("crl", list, &good, MADO_CERT_SIGN, &a);
  assert_status (&a, MADO_REVOCATION_GOOD, NULL);
  g_assert_cmpstr (a.source, ==, "crl");
  ask ("crl", list, &revoked, MADO_CERT_SIGN, &b);
  g_assert_cmpint (b.revocation, ==, MADO_REVOCATION_REVOKED);
  ask ("crl", nowhere, &good, MADO_CERT_SIGN, &c);
  assert_status (&c, MADO_REVOCATION_NOT_CHECKED, "no-list");
}

static void
test_none (void)
{
  g_auto (Card) card = { 0 };
  g_auto (MadoAuthStatus) status = { 0 };

  load_card (&card, "adult", "sign.der", MADO_CERT_SIGN);
  ask ("none", NULL, &card, MADO_CERT_SIGN, &status);
  assert_status (&status, MADO_REVOCATION_NOT_CHECKED, "none");
  g_assert_cmpstr (status.source, ==, "none");
}

static void
assert_no_service (const char *driver, const char *source, MadoAuthError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_auth_service_new (driver, source, source, &error));
  g_assert_error (error, MADO_AUTH_ERROR, (int)code);
}

static void
test_bad_settings (void)
{
  assert_no_service ("platform", "http://127.0.0.1/", MADO_AUTH_ERROR_DRIVER);
  assert_no_service ("guess", "http://127.0.0.1/", MADO_AUTH_ERROR_DRIVER);
  assert_no_service ("ocsp", NULL, MADO_AUTH_ERROR_SOURCE);
  assert_no_service ("crl", "", MADO_AUTH_ERROR_SOURCE);
  assert_no_service ("ocsp", "file:///etc/passwd", MADO_AUTH_ERROR_SOURCE);
  assert_no_service ("ocsp", "127.0.0.1", MADO_AUTH_ERROR_SOURCE);
}

static void
assert_no_trust (const char *dir)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_trust_load (dir, &error));
  g_assert_error (error, MADO_AUTH_ERROR, MADO_AUTH_ERROR_ANCHORS);
}

static void
test_bad_anchors (void)
{
  char            *dir = mado_test_folder ();
  g_autofree char *other = g_build_filename (dir, "README", NULL);
  g_autofree char *broken = g_build_filename (dir, "root.pem", NULL);

  assert_no_trust ("/nowhere");
  g_assert_true (g_file_set_contents (other, "no certificate", -1, NULL));
  assert_no_trust (dir);
  g_assert_true (g_file_set_contents (broken, "no certificate either", -1, NULL));
  assert_no_trust (dir);
  mado_test_folder_remove (dir);
}

static void
set_up (void)
{
  folder = mado_test_folder ();
  pki = g_build_filename (folder, "pki", NULL);
  mode_file = g_build_filename (folder, "mode", NULL);
  const char *const make[] = { MADO_TEST_DATA "/card/rehearsal-ca", pki, NULL };
  g_assert_cmpint (mado_child_run (make, NULL), ==, 0);
  const char *const serve[]
      = { "/usr/bin/python3", MADO_TEST_DATA "/card/ocspd.py", "0", pki, mode_file, NULL };
  responder = mado_child_start (serve);
  g_autofree char *port = mado_child_await (responder, "ready ");
  url = g_strdup_printf ("http://127.0.0.1:%s/ocsp/{profile}", port);
}

static void
tear_down (void)
{
  mado_child_stop (responder, SIGTERM);
  mado_test_folder_remove (folder);
  g_free (pki);
  g_free (mode_file);
  g_free (url);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path, *mode_and_reason;
  } faults[] = {
    { "/authservice/ocsp/http-500", "500 http-500" },
    { "/authservice/ocsp/try-later", "try-later try-later" },
    { "/authservice/ocsp/garbage", "garbage malformed" },
    { "/authservice/ocsp/signed-by-stranger", "unsigned-by-stranger unsigned" },
    { "/authservice/ocsp/signed-by-holder", "signed-by-holder unsigned" },
    { "/authservice/ocsp/stale", "stale stale" },
    { "/authservice/ocsp/wrong-nonce", "wrong-nonce other-nonce" },
    { "/authservice/ocsp/other-certificate", "other-certificate other-certificate" },
    { "/authservice/ocsp/dropped", "drop unreachable" },
    { "/authservice/ocsp/hangs", "hang timeout" },
  };

  g_test_init (&argc, &argv, NULL);
  g_setenv ("no_proxy", "127.0.0.1", TRUE);
  set_up ();
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    g_test_add_data_func (faults[i].path, faults[i].mode_and_reason, test_fault);
  g_test_add_func ("/authservice/ocsp/good", test_good);
  g_test_add_func ("/authservice/ocsp/profile-in-url", test_profile_in_url);
  g_test_add_func ("/authservice/ocsp/revoked", test_revoked);
  g_test_add_func ("/authservice/ocsp/without-nonce-is-taken", test_without_nonce_is_taken);
  g_test_add_func ("/authservice/ocsp/slow-is-waited-for", test_slow_is_waited_for);
  g_test_add_func ("/authservice/ocsp/nobody-listens", test_nobody_listens);
  g_test_add_func ("/authservice/probe", test_probe);
  g_test_add_func ("/authservice/crl", test_list);
  g_test_add_func ("/authservice/none", test_none);
  g_test_add_func ("/authservice/bad-settings", test_bad_settings);
  g_test_add_func ("/authservice/bad-anchors", test_bad_anchors);
  int result = g_test_run ();
  tear_down ();
  return result;
}
