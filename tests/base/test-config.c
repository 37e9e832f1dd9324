#include "app/base/config.h"

#include <glib/gstdio.h>
#include <string.h>

static const MadoConfigKey keys[] = {
  { "terminal", "id", NULL, "an id", mado_config_is_text },
  { "terminal", "rehearsal", "false", "true or false", mado_config_is_flag },
  { "keys", "kek", NULL, "a file", mado_config_is_text },
};

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  fixture->folder = g_dir_make_tmp ("mado-config-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "madoguchi.conf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *drop_ins = g_strconcat (fixture->path, ".d", NULL);
  g_autofree char *drop_in = g_build_filename (drop_ins, "10.conf", NULL);

  (void)unused;
  g_unlink (drop_in);
  g_rmdir (drop_ins);
  g_unlink (fixture->path);
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static MadoConfig *
load (Fixture *fixture, const char *text, GError **error)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  return mado_config_load (fixture->path, keys, G_N_ELEMENTS (keys), error);
}

static void
test_values_and_fallbacks (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (MadoConfig) config = load (fixture, "# a remark\n[terminal]\n id = K-0001 \n", NULL);

  (void)unused;
  g_assert_nonnull (config);
  g_assert_cmpstr (mado_config_get (config, "terminal", "id"), ==, "K-0001");
  g_assert_false (mado_config_flag (config, "terminal", "rehearsal"));
  g_assert_null (mado_config_get (config, "keys", "kek"));
}

static void
test_drop_in_replaces_one_value (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *drop_ins = g_strconcat (fixture->path, ".d", NULL);
  g_autofree char *drop_in = g_build_filename (drop_ins, "10.conf", NULL);

  (void)unused;
  g_assert_cmpint (g_mkdir (drop_ins, 0700), ==, 0);
  g_assert_true (g_file_set_contents (drop_in, "[terminal]\nrehearsal=true\n", -1, NULL));
  g_autoptr (MadoConfig) config = load (fixture, "[terminal]\nid=K-0001\n", NULL);
  g_assert_cmpstr (mado_config_get (config, "terminal", "id"), ==, "K-0001");
  g_assert_true (mado_config_flag (config, "terminal", "rehearsal"));
}

static void
test_refusals_name_file_and_line (Fixture *fixture, gconstpointer unused)
{
  static const struct {
    const char *text;
    const char *where;
  } cases[] = {
    { "[terminal]\ncolour=blue\n", ":2: [terminal] colour: expected a key" },
    { "[terminal]\nid=\n", ":2: [terminal] id: expected an id" },
    { "[terminal]\n\nrehearsal=yes\n", ":3: [terminal] rehearsal: expected true or false" },
    { "id=K\n", ":1: [] id=K: expected a [group]" },
    { "[terminal]\nid\n", ":2: [terminal] id: expected key=value" },
  };

  (void)unused;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (load (fixture, cases[i].text, &error));
    g_assert_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_INVALID);
    g_assert_nonnull (strstr (error->message, cases[i].where));
    g_assert_true (g_str_has_prefix (error->message, fixture->path));
  }
}

static void
test_only_the_credentials_directory_is_expanded (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  g_setenv ("CREDENTIALS_DIRECTORY", "/run/credentials/x", TRUE);
  g_autoptr (MadoConfig) config
      = load (fixture, "[keys]\nkek=${CREDENTIALS_DIRECTORY}/k${HOME}\n", NULL);
  g_assert_cmpstr (mado_config_get (config, "keys", "kek"), ==, "/run/credentials/x/k${HOME}");
  g_unsetenv ("CREDENTIALS_DIRECTORY");
}

static void
test_no_file_is_an_error (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  (void)unused;
  g_assert_null (mado_config_load (fixture->path, keys, G_N_ELEMENTS (keys), &error));
  g_assert_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_UNREADABLE);
}

/* Whoever wrote drop-ins must not be ignored silently. */
static void
test_no_folder_of_drop_ins_is_an_error (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *drop_ins = g_strconcat (fixture->path, ".d", NULL);
  g_autoptr (GError) error = NULL;

  (void)unused;
  g_assert_true (g_file_set_contents (drop_ins, "a file", -1, NULL));
  g_assert_null (load (fixture, "[terminal]\nid=K-0001\n", &error));
  g_assert_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_UNREADABLE);
  g_unlink (drop_ins);
}

static void
test_nothing_hides_behind_a_nul (Fixture *fixture, gconstpointer unused)
{
  static const char text[] = "[terminal]\nid=K-0001\n\0colour=blue\n";
  g_autoptr (GError) error = NULL;

  (void)unused;
  g_assert_true (g_file_set_contents (fixture->path, text, sizeof text - 1, NULL));
  g_assert_null (mado_config_load (fixture->path, keys, G_N_ELEMENTS (keys), &error));
  g_assert_error (error, MADO_CONFIG_ERROR, MADO_CONFIG_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, ":3: "));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/base/config/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("values-and-fallbacks", test_values_and_fallbacks);
  ADD ("drop-in-replaces-one-value", test_drop_in_replaces_one_value);
  ADD ("refusals-name-file-and-line", test_refusals_name_file_and_line);
  ADD ("only-the-credentials-directory-is-expanded",
       test_only_the_credentials_directory_is_expanded);
  ADD ("no-file-is-an-error", test_no_file_is_an_error);
  ADD ("no-folder-of-drop-ins-is-an-error", test_no_folder_of_drop_ins_is_an_error);
  ADD ("nothing-hides-behind-a-nul", test_nothing_hides_behind_a_nul);
  return g_test_run ();
}
