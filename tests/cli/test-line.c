#include "app/cli/line.h"

/* The words of @line, which is split at blanks. */
static char *
words_of (const char *line)
{
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GArray) places = mado_line_words (argv);
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "",
                            argv[g_array_index (places, guint, i)]);
  return g_string_free (words, FALSE);
}

static void
test_options_may_stand_anywhere (void)
{
  const char *lines[] = {
    "card cert auth --out F --json",
    "--json card cert auth --out F",
    "card --out F cert --json auth",
    "--out=F card cert auth",
    "--out F --reader R card cert --spend-last-try auth",
    "card cert --json -- auth",
    "card cert auth --out",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *words = words_of (lines[i]);
    g_assert_cmpstr (words, ==, "card cert auth");
  }
}

static void
test_behind_two_dashes_all_are_words (void)
{
  g_autofree char *words = words_of ("qr --out F -- --json");

  g_assert_cmpstr (words, ==, "qr --json");
}

static void
test_the_command_is_left_out (void)
{
  g_auto (GStrv) argv = g_strsplit ("--json card --out F cert auth", " ", -1);
  g_autoptr (GArray) places = mado_line_words (argv);
  g_auto (GStrv) rest = mado_line_without (argv, places, 2);
  g_autofree char *line = g_strjoinv (" ", rest);

  g_assert_cmpstr (line, ==, "cert --json --out F auth");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/line/options-may-stand-anywhere", test_options_may_stand_anywhere);
  g_test_add_func ("/cli/line/behind-two-dashes", test_behind_two_dashes_all_are_words);
  g_test_add_func ("/cli/line/the-command-is-left-out", test_the_command_is_left_out);
  return g_test_run ();
}
