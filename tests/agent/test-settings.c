#include "app/agent/settings.h"

#include <glib/gstdio.h>

#define GOOD "[terminal]\nid=K-0001\nbranch=kumagaya\n[trust]\nanchors=/a\n[keys]\nkek=/k\n"

typedef struct {
  char *dir, *path;
} Files;

static void
set_up (Files *files, G_GNUC_UNUSED gconstpointer data)
{
  files->dir = g_dir_make_tmp ("mado-settings-XXXXXX", NULL);
  files->path = g_build_filename (files->dir, "madoguchi.conf", NULL);
}

static void
tear_down (Files *files, G_GNUC_UNUSED gconstpointer data)
{
  g_unlink (files->path);
  g_rmdir (files->dir);
  g_free (files->path);
  g_free (files->dir);
}

static MadoSettings *
load (Files *files, const char *text, GError **error)
{
  g_assert_true (g_file_set_contents (files->path, text, -1, NULL));
  return mado_settings_load (files->path, error);
}

static void
test_defaults (Files *files, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoSettings) settings = load (files, GOOD, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mado_settings_terminal (settings), ==, "K-0001");
  g_assert_cmpstr (mado_settings_branch (settings), ==, "kumagaya");
  g_assert_false (mado_settings_is_rehearsal (settings));
  g_assert_false (mado_settings_is_kiosk (settings));
  g_assert_cmpstr (mado_settings_auth_driver (settings), ==, "none");
  g_assert_null (mado_settings_server_url (settings));
  g_assert_cmpstr (mado_settings_staff (settings), ==, "");
  g_assert_cmpuint (mado_settings_sync_interval (settings), ==, 60);
}

static void
test_everything_said (Files *files, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoSettings) settings
      = load (files,
              GOOD "[auth-service]\ndriver=ocsp\nurl=http://127.0.0.1:1/ocsp/{profile}\n"
                   "crl=/c/{profile}.crl\n[server]\nurl=https://s:1\nca=/ca.pem\n"
                   "[access]\nstaff=counter\nkiosk=kiosk\n[sync]\ninterval=5\n",
              &error);

  g_assert_no_error (error);
  g_assert_cmpstr (mado_settings_auth_url (settings), ==, "http://127.0.0.1:1/ocsp/{profile}");
  g_assert_cmpstr (mado_settings_auth_crl (settings), ==, "/c/{profile}.crl");
  g_assert_cmpstr (mado_settings_server_url (settings), ==, "https://s:1");
  g_assert_cmpstr (mado_settings_server_ca (settings), ==, "/ca.pem");
  g_assert_cmpstr (mado_settings_kek (settings), ==, "/k");
  g_assert_cmpstr (mado_settings_anchors (settings), ==, "/a");
  g_assert_cmpstr (mado_settings_kiosk (settings), ==, "kiosk");
  g_assert_cmpuint (mado_settings_sync_interval (settings), ==, 5);
}

/* Each text is refused, and the message holds the words behind it. */
static void
test_bad_values_are_named (Files *files, G_GNUC_UNUSED gconstpointer data)
{
  static const struct {
    const char *text, *says[2];
  } cases[] = {
    { GOOD "[auth-service]\ndriver=platform\n", { ":9:", "not built in" } },
    { GOOD "[terminal]\nrehearsal=maybe\n", { "rehearsal", "true or false" } },
    { GOOD "[server]\nurl=http://s:1\n", { ":9:", "https" } },
    { GOOD "[sync]\ninterval=0\n", { ":9:", "seconds" } },
    { GOOD "[terminal]\nkind=van\n", { "kind", "counter or kiosk" } },
    { GOOD "[terminal]\ncolour=red\n", { "colour", "madoguchi.conf:" } },
    { "[terminal]\nid=K 1\n", { ":2:", "terminal id" } },
    { "[terminal]\nid=K-1\nbranch=b\n[keys]\nkek=/k\n", { "[trust] anchors", "madoguchi.conf" } },
    { GOOD "[auth-service]\ndriver=ocsp\n", { "[auth-service] url", "" } },
    { GOOD "[auth-service]\ndriver=crl\n", { "[auth-service] crl", "" } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MadoSettings) settings = load (files, cases[i].text, &error);
    g_assert_null (settings);
    g_assert_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_INVALID);
    g_test_message ("%s", error->message);
    g_assert_nonnull (g_strstr_len (error->message, -1, cases[i].says[0]));
    g_assert_nonnull (g_strstr_len (error->message, -1, cases[i].says[1]));
  }
}

static void
test_no_file (Files *files, G_GNUC_UNUSED gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_settings_load (files->path, &error));
  g_assert_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_UNREADABLE);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/agent/settings/" name, Files, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("defaults", test_defaults);
  ADD ("everything-said", test_everything_said);
  ADD ("bad-values-are-named", test_bad_values_are_named);
  ADD ("no-file", test_no_file);
  return g_test_run ();
}
