#include "app/agent/error.h"
#include "app/cli/options.h"

#include <string.h>

static const MadoCommand *const groups[] = {
  mado_card_commands,     mado_verify_commands, mado_rule_commands,  mado_number_commands,
  mado_register_commands, mado_agent_commands,  mado_setup_commands,
};

static const char *const flags[] = { "json", "pin-stdin", "spend-last-try", "wait", "seen", NULL };

/* What a call of @command with @options (separated by blanks) and as many words as it wants says.
 */
static gboolean
parse (const MadoCommand *command, const char *options, MadoCall *ret_call, GError **error)
{
  g_autoptr (GString) line = g_string_new (command->words);
  gboolean helped;

  g_strdelimit (line->str, " ", '-');
  g_string_append_printf (line, " %s", options);
  for (guint i = 0; i < command->n_words; i++)
    g_string_append (line, " word");
  g_strchomp (line->str);
  g_auto (GStrv) argv = g_regex_split_simple (" +", line->str, 0, 0);
  mado_call_init (ret_call);
  return mado_options_parse (command, argv, ret_call, &helped, error);
}

static void
each_option (const MadoCommand *command, const char *option)
{
  g_autoptr (GError) error = NULL;
  gboolean         is_flag = g_strv_contains (flags, option);
  g_autofree char *text = g_strdup_printf ("--%s%s", option, is_flag ? "" : " 1");
  MadoCall         call;

  g_test_message ("%s %s", command->words, text);
  g_assert_true (parse (command, text, &call, &error));
  g_assert_no_error (error);
  mado_call_clear (&call);
}

/* A name in a command's list that the table does not know would be an option nobody can give. */
static void
test_every_command_takes_its_options (void)
{
  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const MadoCommand *command = groups[g]; command->words != NULL; command++) {
      g_auto (GStrv) takes = g_strsplit (command->takes, " ", -1);
      for (gsize i = 0; takes[i] != NULL; i++)
        each_option (command, takes[i]);
      each_option (command, "json");
    }
}

static void
test_no_command_takes_another_option (void)
{
  g_autoptr (GError) error = NULL;
  MadoCall call;

  g_assert_false (parse (&mado_card_commands[0], "--json --kek x", &call, &error));
  g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_USAGE);
  g_assert_true (call.options.json);
  mado_call_clear (&call);
}

static void
test_a_pin_is_never_an_argument (void)
{
  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const MadoCommand *command = groups[g]; command->words != NULL; command++) {
      g_autoptr (GError) error = NULL;
      MadoCall call;
      g_assert_false (parse (command, "--pin 1234", &call, &error));
      g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_USAGE);
      mado_call_clear (&call);
    }
}

/* A hand that errs types the PIN where its descriptor belongs: the answer does not repeat it. */
static void
test_a_pin_at_the_wrong_place_is_not_repeated (void)
{
  static const char *const lines[] = { "--pin=ABC123", "--pin-fd=ABC123", "--pin-fd ABC123",
                                       "--pin-fd 99999999999999999999", "ABC123" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autoptr (GError) error = NULL;
    MadoCall call;
    g_assert_false (parse (&mado_register_commands[0], lines[i], &call, &error));
    g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_USAGE);
    g_assert_null (strstr (error->message, "ABC"));
    g_assert_null (strstr (error->message, "999"));
    mado_call_clear (&call);
  }
}

static void
test_words_are_counted (void)
{
  g_autoptr (GError) error = NULL;
  MadoCall call;

  g_assert_false (parse (&mado_card_commands[0], "one", &call, &error));
  g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_USAGE);
  mado_call_clear (&call);
}

static void
test_what_is_absent_is_absent (void)
{
  MadoCall call;

  g_assert_true (parse (&mado_card_commands[0], "", &call, NULL));
  g_assert_cmpint (call.options.pin_fd, ==, -1);
  g_assert_cmpint (call.options.password_fd, ==, -1);
  g_assert_false (call.options.json);
  g_assert_null (call.options.trace);
  mado_call_clear (&call);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/options/every-command-takes-its-options",
                   test_every_command_takes_its_options);
  g_test_add_func ("/cli/options/no-command-takes-another-option",
                   test_no_command_takes_another_option);
  g_test_add_func ("/cli/options/a-pin-is-never-an-argument", test_a_pin_is_never_an_argument);
  g_test_add_func ("/cli/options/a-pin-at-the-wrong-place-is-not-repeated",
                   test_a_pin_at_the_wrong_place_is_not_repeated);
  g_test_add_func ("/cli/options/words-are-counted", test_words_are_counted);
  g_test_add_func ("/cli/options/what-is-absent-is-absent", test_what_is_absent_is_absent);
  return g_test_run ();
}
