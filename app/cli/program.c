#include "app/cli/program.h"

#include "app/agent/error.h"
#include "app/base/locale.h"
#include "app/base/log.h"
#include "app/cli/line.h"
#include "app/cli/options.h"

#include <stdio.h>
#include <sys/prctl.h>

static const MadoCommand *const groups[] = {
  mado_card_commands,     mado_verify_commands, mado_rule_commands,  mado_number_commands,
  mado_register_commands, mado_agent_commands,  mado_setup_commands,
};

/* How many words of the line are the command's; 0 when it begins otherwise. */
static guint
match (const MadoCommand *command, char **argv, GArray *places)
{
  g_auto (GStrv) words = g_strsplit (command->words, " ", -1);
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++)
    if (i >= places->len || !g_str_equal (argv[g_array_index (places, guint, i)], words[i]))
      return 0;
  return n;
}

static const MadoCommand *
find_command (char **argv, GArray *places, guint *ret_n_words)
{
  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const MadoCommand *command = groups[g]; command->words != NULL; command++) {
      *ret_n_words = match (command, argv, places);
      if (*ret_n_words > 0)
        return command;
    }
  return NULL;
}

static void
print_help (void)
{
  printf ("Usage: madoguchictl COMMAND [ARGUMENTS] [OPTIONS]\n\n"
          "Everything the agent of Madoguchi does, for scripts and by hand.\n\nCommands:\n");
  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const MadoCommand *command = groups[g]; command->words != NULL; command++) {
      g_autofree char *usage = g_strconcat (command->words, " ", command->arguments, NULL);
      printf ("  %-28s %s\n", usage, command->summary);
    }
  printf ("\n`madoguchictl COMMAND --help` lists a command's options; --json answers one JSON "
          "object.\n");
}

static int
run (const MadoCommand *command, char **argv)
{
  MadoCall call;
  g_autoptr (GError) error = NULL;
  gboolean helped = FALSE;
  int      status = 0;

  mado_call_init (&call);
  if (!mado_options_parse (command, argv, &call, &helped, &error))
    status = mado_call_report (&call, FALSE, error);
  else if (!helped) {
    gboolean done = command->run (&call, &error);
    status = mado_call_report (&call, done, error);
  }
  mado_call_clear (&call);
  return status;
}

static int
refuse_command (char **argv)
{
  MadoCall call;
  g_autoptr (GError) error = NULL;
  int status;

  mado_call_init (&call);
  call.options.json = g_strv_contains ((const char *const *)argv, "--json");
  mado_agent_raise (&error, MADO_FAILURE_USAGE, "no such command; --help lists them");
  status = mado_call_report (&call, FALSE, error);
  mado_call_clear (&call);
  return status;
}

/* What a line without a command may still ask. */
static int
answer_bare (char **argv)
{
  if (argv[0] == NULL || g_strv_contains ((const char *const *)argv, "--help")
      || g_strv_contains ((const char *const *)argv, "-h")) {
    print_help ();
    return argv[0] == NULL ? 2 : 0;
  }
  if (g_strv_contains ((const char *const *)argv, "--version")) {
    printf ("madoguchictl %s\n", MADO_VERSION);
    return 0;
  }
  return refuse_command (argv);
}

int
mado_cli_main (int argc, char **argv)
{
  g_auto (GStrv) arguments = g_strdupv (argv + (argc > 0 ? 1 : 0));
  g_autoptr (GArray) places = mado_line_words (arguments);
  const MadoCommand *command;
  guint              n_words;

  mado_locale_init ();
  mado_log_init ("madoguchictl");
  g_set_prgname ("madoguchictl"); /* as the help has it */
  prctl (PR_SET_DUMPABLE, 0);
  command = find_command (arguments, places, &n_words);
  if (command == NULL)
    return answer_bare (arguments);
  g_auto (GStrv) rest = mado_line_without (arguments, places, n_words);
  return run (command, rest);
}
