#define _GNU_SOURCE
#include "tests/store/exchange.h"

static void
print_of (guint8 octet, guint8 ret_fingerprint[32])
{
  memset (ret_fingerprint, octet, 32);
}

static char *
enrol (Town *town, const char *id, guint8 octet)
{
  g_autoptr (GError) error = NULL;
  guint8 fingerprint[32];
  char  *password = mado_centre_add_terminal (town->centre, id, "kumagaya", &error);

  g_assert_no_error (error);
  print_of (octet, fingerprint);
  g_assert_true (mado_centre_enrol_terminal (town->centre, id, password, strlen (password),
                                             fingerprint, &error));
  g_assert_no_error (error);
  return password;
}

static MadoCentreTerminal *
find (Town *town, guint8 octet)
{
  guint8 fingerprint[32];

  print_of (octet, fingerprint);
  return mado_centre_terminal_by_certificate (town->centre, fingerprint, NULL);
}

static void
test_password_once (void)
{
  g_autoptr (GError) error = NULL;
  guint8 fingerprint[32];
  Town   town;

  town_set_up (&town);
  g_autofree char *password = enrol (&town, "K-0001", 1);
  g_assert_cmpuint (strlen (password), ==, 23);
  print_of (2, fingerprint);
  g_assert_false (mado_centre_enrol_terminal (town.centre, "K-0001", password, strlen (password),
                                              fingerprint, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  g_autoptr (MadoCentreTerminal) terminal = find (&town, 1);
  g_assert_cmpstr (terminal->id, ==, "K-0001");
  g_assert_cmpstr (terminal->branch, ==, "kumagaya");
  g_assert_true (terminal->enrolled);
  g_assert_false (terminal->revoked);
  g_assert_null (find (&town, 2));
  town_tear_down (&town);
}

static void
test_wrong_password (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char *password = mado_centre_add_terminal (town.centre, "K-0001", "k", &error);
  g_assert_true (
      mado_centre_check_password (town.centre, "K-0001", password, strlen (password), &error));
  g_assert_true (
      mado_centre_check_password (town.centre, "K-0001", password, strlen (password), &error));
  password[0] = password[0] == 'A' ? 'B' : 'A';
  g_assert_false (
      mado_centre_check_password (town.centre, "K-0001", password, strlen (password), &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (mado_centre_check_password (town.centre, "K-0002", "", 0, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  town_tear_down (&town);
}

static void
test_password_not_in_files (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_autofree char         *password = mado_centre_add_terminal (town.centre, "K-0001", "k", &error);
  static const char *const names[]
      = { "vault.db", "vault.db-wal", "vault-mirror.db", "vault-mirror.db-wal" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (town.dir, names[i], NULL);
    g_autofree char *octets = NULL;
    gsize            len = 0;
    g_assert_true (g_file_get_contents (path, &octets, &len, NULL));
    g_assert_null (g_strstr_len (octets, (gssize)len, password));
    if (g_str_has_suffix (names[i], "wal"))
      g_assert_nonnull (memmem (octets, len, "K-0001", 6));
  }
  town_tear_down (&town);
}

static void
test_revoked (void)
{
  g_autoptr (GError) error = NULL;
  guint8 fingerprint[32], newer[32];
  Town   town;

  town_set_up (&town);
  g_free (enrol (&town, "K-0001", 1));
  g_assert_true (mado_centre_revoke_terminal (town.centre, "K-0001", &error));
  g_autoptr (MadoCentreTerminal) terminal = find (&town, 1);
  g_assert_true (terminal->revoked);
  print_of (1, fingerprint);
  print_of (3, newer);
  g_assert_false (mado_centre_renew_terminal (town.centre, fingerprint, newer, &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (mado_centre_revoke_terminal (town.centre, "K-0009", &error));
  g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND);
  g_free (enrol (&town, "K-0001", 4)); /* let in again, on purpose */
  g_autoptr (MadoCentreTerminal) again = find (&town, 4);
  g_assert_false (again->revoked);
  g_assert_null (find (&town, 1));
  town_tear_down (&town);
}

static void
test_renewed (void)
{
  g_autoptr (GError) error = NULL;
  guint8 fingerprint[32], newer[32];
  Town   town;

  town_set_up (&town);
  g_free (enrol (&town, "K-0001", 1));
  print_of (1, fingerprint);
  print_of (2, newer);
  g_assert_true (mado_centre_renew_terminal (town.centre, fingerprint, newer, &error));
  g_assert_null (find (&town, 1));
  g_autoptr (MadoCentreTerminal) terminal = find (&town, 2);
  g_assert_cmpstr (terminal->id, ==, "K-0001");
  town_tear_down (&town);
}

/* Beside a running server: another opening sees it at its next question. */
static void
test_beside_a_server (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_autoptr (MadoCentre) beside
      = mado_centre_open (town.dir, town.kek, town.terminal.clock, &error);
  g_assert_no_error (error);
  g_autofree char *password = mado_centre_add_terminal (beside, "V-0001", "van", &error);
  g_assert_no_error (error);
  g_assert_true (
      mado_centre_check_password (town.centre, "V-0001", password, strlen (password), &error));
  g_assert_true (mado_centre_revoke_terminal (beside, "V-0001", &error));
  g_autoptr (MadoCentreTerminal) terminal
      = mado_centre_terminal_by_id (town.centre, "V-0001", &error);
  g_assert_true (terminal->revoked);
  g_assert_false (terminal->enrolled);
  town_tear_down (&town);
}

static void
test_listed (void)
{
  g_autoptr (GError) error = NULL;
  Town town;

  town_set_up (&town);
  g_free (enrol (&town, "V-0001", 2));
  g_free (mado_centre_add_terminal (town.centre, "K-0001", "osato", &error));
  g_autoptr (GPtrArray) terminals = mado_centre_terminals (town.centre, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (terminals->len, ==, 2);
  MadoCentreTerminal *first = terminals->pdata[0], *second = terminals->pdata[1];
  g_assert_cmpstr (first->id, ==, "K-0001");
  g_assert_cmpstr (first->branch, ==, "osato");
  g_assert_false (first->enrolled);
  g_assert_cmpstr (second->id, ==, "V-0001");
  g_assert_true (second->enrolled);
  town_tear_down (&town);
}

static void
test_names (void)
{
  static const char *const bad[]
      = { "", "S", "K 1", "../x", "端末", "123456789012345678901234567890123" };
  Town town;

  town_set_up (&town);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (mado_centre_add_terminal (town.centre, bad[i], "k", &error));
    g_assert_error (error, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED);
  }
  town_tear_down (&town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/terminals/a-password-works-once", test_password_once);
  g_test_add_func ("/store/terminals/a-wrong-password-says-no-more", test_wrong_password);
  g_test_add_func ("/store/terminals/passwords-are-not-in-the-files", test_password_not_in_files);
  g_test_add_func ("/store/terminals/revoked-is-out", test_revoked);
  g_test_add_func ("/store/terminals/a-certificate-is-renewed", test_renewed);
  g_test_add_func ("/store/terminals/beside-a-running-server", test_beside_a_server);
  g_test_add_func ("/store/terminals/all-are-listed", test_listed);
  g_test_add_func ("/store/terminals/ids-are-plain", test_names);
  return g_test_run ();
}
