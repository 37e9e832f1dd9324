#include "app/central/command.h"

#include "app/base/config.h"
#include "app/base/locale.h"
#include "app/base/log.h"
#include "app/central/error.h"
#include "app/base/notify.h"
#include "app/central/server.h"
#include "app/central/setup.h"
#include "app/store/centre.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#define DEFAULT_CONFIG "/etc/madoguchi/central.conf"
#define DEFAULT_STATE_DIR "/var/lib/madoguchi-central"
#define CREDENTIALS "/run/credentials/madoguchi-central.service"

/* What was asked for on the command line. */
typedef struct {
  char    *config, *state_dir, *name, *branch;
  gboolean check_config, version;
  char   **words; /* the command */
} Line;

static void
clear_line (Line *line)
{
  g_free (line->config);
  g_free (line->state_dir);
  g_free (line->name);
  g_free (line->branch);
  g_strfreev (line->words);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, clear_line)

static gboolean
parse_line (Line *line, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &line->config,
      "configuration (default " DEFAULT_CONFIG ")", "FILE" },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &line->state_dir,
      "where everything is kept (default " DEFAULT_STATE_DIR ")", "DIR" },
    { "check-config", 0, 0, G_OPTION_ARG_NONE, &line->check_config,
      "check the configuration and exit", NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &line->name,
      "init: a further name for the server's certificate", "HOST" },
    { "branch", 0, 0, G_OPTION_ARG_STRING, &line->branch, "terminal add: its branch", "B" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &line->version, "print the version and exit", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &line->words, NULL,
      "[init | terminal add ID | terminal revoke ID | terminal list]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "The central server of Madoguchi; without a command it "
                                         "serves in the foreground.");
  g_option_context_add_main_entries (context, entries, NULL);
  return g_option_context_parse (context, argc, argv, error);
}

static int
fail (const GError *error)
{
  gboolean usage = error->domain == MADO_CONFIG_ERROR
                   || g_error_matches (error, MADO_CENTRAL_ERROR, MADO_CENTRAL_ERROR_USAGE)
                   || g_error_matches (error, MADO_CENTRAL_ERROR, MADO_CENTRAL_ERROR_FILE);

  mado_log (G_LOG_LEVEL_CRITICAL, error->message, NULL);
  return usage ? 2 : 1;
}

static MadoSettings *
load_settings (const Line *line, GError **error)
{
  const char *config = line->config;

  if (config == NULL && g_file_test (DEFAULT_CONFIG, G_FILE_TEST_EXISTS))
    config = DEFAULT_CONFIG;
  /* An administrator's shell beside the running unit has its credentials only by name. */
  if (g_getenv ("CREDENTIALS_DIRECTORY") == NULL && g_file_test (CREDENTIALS, G_FILE_TEST_IS_DIR))
    g_setenv ("CREDENTIALS_DIRECTORY", CREDENTIALS, TRUE);
  return mado_settings_load (config, line->state_dir != NULL ? line->state_dir : DEFAULT_STATE_DIR,
                             error);
}

/* --- serving --- */

static gboolean
on_stop (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static void
say_what_is_not_served (const MadoSettings *settings)
{
  g_autoptr (GString) keys = g_string_new (NULL);

  if (settings->staff_listen != NULL)
    g_string_append (keys, " [listen] staff");
  if (settings->apply_listen != NULL)
    g_string_append (keys, " [listen] apply");
  if (settings->mail_smtp != NULL)
    g_string_append (keys, " [mail] smtp");
  if (keys->len > 0)
    mado_log (G_LOG_LEVEL_MESSAGE, "configured, but not part of this version", "KEYS",
              keys->str + 1, NULL);
}

static gboolean
serve (const MadoSettings *settings, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint terminate = g_unix_signal_add (SIGTERM, on_stop, loop);
  guint interrupt = g_unix_signal_add (SIGINT, on_stop, loop);

  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN); /* a file at its limit is a failed write, as a full disk is */
  g_autoptr (MadoServer) server = mado_server_new (settings, error);
  if (server != NULL) {
    const char      *metrics = mado_server_metrics_url (server);
    g_autofree char *message = g_strconcat ("serving ", mado_server_url (server), NULL);
    say_what_is_not_served (settings);
    mado_log (G_LOG_LEVEL_MESSAGE, message, metrics != NULL ? "METRICS" : NULL, metrics, NULL);
    mado_notify ("READY=1");
    g_main_loop_run (loop);
    mado_notify ("STOPPING=1");
  }
  g_source_remove (terminate);
  g_source_remove (interrupt);
  return server != NULL;
}

/* --- commands --- */

static gboolean
run_init (const Line *line, const MadoSettings *settings, GError **error)
{
  g_autoptr (MadoClock) clock = mado_clock_new_real ();

  if (!mado_setup_prepare (settings, line->name, clock, error))
    return FALSE;
  printf ("%s\n", settings->server_ca);
  return TRUE;
}

static gboolean
add_terminal (MadoCentre *centre, const Line *line, const char *id, GError **error)
{
  if (line->branch == NULL)
    return mado_central_raise (error, MADO_CENTRAL_ERROR_USAGE, "terminal add ID needs --branch B");
  char *password = mado_centre_add_terminal (centre, id, line->branch, error);
  if (password == NULL)
    return FALSE;
  printf ("%s\n", password);
  explicit_bzero (password, strlen (password));
  g_free (password);
  return TRUE;
}

static gboolean
revoke_terminal (MadoCentre *centre, const Line *line G_GNUC_UNUSED, const char *id, GError **error)
{
  return mado_centre_revoke_terminal (centre, id, error);
}

static gboolean
list_terminals (MadoCentre      *centre,
                const Line *line G_GNUC_UNUSED,
                const char *id   G_GNUC_UNUSED,
                GError         **error)
{
  g_autoptr (GPtrArray) terminals = mado_centre_terminals (centre, error);

  for (guint i = 0; terminals != NULL && i < terminals->len; i++) {
    const MadoCentreTerminal *terminal = terminals->pdata[i];
    printf ("%s\t%s\t%s\n", terminal->id, terminal->branch,
            terminal->revoked    ? "revoked"
            : terminal->enrolled ? "enrolled"
                                 : "waiting");
  }
  return terminals != NULL;
}

static const struct {
  const char *word;
  guint       n_words; /* with "terminal" and the id */
  gboolean (*run) (MadoCentre *centre, const Line *line, const char *id, GError **error);
} terminal_commands[] = {
  { "add", 3, add_terminal },
  { "revoke", 3, revoke_terminal },
  { "list", 2, list_terminals },
};

static gboolean
run_terminal (const Line *line, const MadoSettings *settings, guint command, GError **error)
{
  g_autoptr (MadoClock) clock = mado_clock_new_real ();
  g_autoptr (GBytes) kek = mado_settings_read_kek (settings, error);
  g_autoptr (MadoCentre) centre
      = kek != NULL ? mado_centre_open (settings->state_dir, kek, clock, error) : NULL;

  return centre != NULL && terminal_commands[command].run (centre, line, line->words[2], error);
}

static gboolean
run_command (const Line *line, const MadoSettings *settings, GError **error)
{
  guint n = line->words != NULL ? g_strv_length (line->words) : 0;

  if (n == 0)
    return serve (settings, error);
  if (n == 1 && g_str_equal (line->words[0], "init"))
    return run_init (line, settings, error);
  for (guint i = 0; n >= 2 && i < G_N_ELEMENTS (terminal_commands); i++)
    if (g_str_equal (line->words[0], "terminal") && n == terminal_commands[i].n_words
        && g_str_equal (line->words[1], terminal_commands[i].word))
      return run_terminal (line, settings, i, error);
  return mado_central_raise (error, MADO_CENTRAL_ERROR_USAGE,
                             "no such command: %s (--help lists them)", line->words[0]);
}

int
mado_command_run (int argc, char **argv)
{
  g_auto (Line) line = { 0 };
  g_autoptr (GError) error = NULL;

  mado_locale_init ();
  mado_log_init ("madoguchi-central");
  if (!parse_line (&line, &argc, &argv, &error)) {
    fail (error);
    return 2;
  }
  if (line.version) {
    printf ("madoguchi-central %s\n", MADO_VERSION);
    return 0;
  }
  g_autoptr (MadoSettings) settings = load_settings (&line, &error);
  if (settings == NULL)
    return fail (error);
  if (line.check_config)
    return 0;
  return run_command (&line, settings, &error) ? 0 : fail (error);
}
