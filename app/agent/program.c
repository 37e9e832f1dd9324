#include "app/agent/program.h"

#include "app/agent/bus.h"
#include "app/agent/failure.h"
#include "app/agent/upkeep.h"
#include "app/base/locale.h"
#include "app/base/notify.h"
#include "app/base/log.h"
#include "pcsc/monitor.h"

#include <glib-unix.h>
#include <sys/prctl.h>
#include <unistd.h>

/* SIGTERM ends us within two seconds, also when a card hangs. */
#define END_WITHIN (1200 * G_TIME_SPAN_MILLISECOND) /* and the reader monitor 600 more */
#define PROBE_EVERY_S 30
#define UPKEEP_EVERY_MS (5 * 60 * 1000)
#define DEFAULT_CONFIG "/etc/madoguchi/madoguchi.conf"
#define DEFAULT_STATE_DIR "/var/lib/madoguchi"
#define DEFAULT_SOCKET "/run/madoguchi/agent.sock"

typedef struct {
  char    *config, *state_dir, *socket, *trace;
  gboolean check_config, version;
} Options;

typedef struct {
  GMainLoop         *loop;
  MadoOffice        *office;
  MadoStatus        *status;
  MadoExchange      *exchange;
  MadoUpkeep        *upkeep;
  MadoSession       *session;
  MadoBus           *bus; /* NULL while it is being made */
  MadoReaderMonitor *monitor;
} Agent;

/* --- wires ------------------------------------------------------------------------------------ */

static void
on_session_changed (gpointer data)
{
  Agent *agent = data;

  if (agent->bus != NULL)
    mado_bus_session_changed (agent->bus);
}

static void
on_stored (gpointer data)
{
  Agent *agent = data;

  mado_status_count (agent->status, NULL, NULL);
  mado_exchange_soon (agent->exchange);
}

static void
on_status_changed (gpointer data)
{
  Agent *agent = data;

  if (agent->bus != NULL)
    mado_bus_status_changed (agent->bus);
}

static void
on_readers (GPtrArray *readers, const GError *error, gpointer data)
{
  Agent *agent = data;

  if (error != NULL)
    mado_log (G_LOG_LEVEL_WARNING, "no smart-card service", "CAUSE", error->message, NULL);
  mado_status_readers (agent->status, readers);
  mado_session_readers (agent->session, readers);
}

static gboolean
on_probe (gpointer data)
{
  Agent *agent = data;

  mado_status_probe (agent->status);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal (gpointer data)
{
  Agent *agent = data;

  g_main_loop_quit (agent->loop);
  return G_SOURCE_CONTINUE;
}

/* --- serving ---------------------------------------------------------------------------------- */

static gboolean
open_agent (Agent *agent, MadoSettings *settings, const Options *options, GError **error)
{
  agent->office = mado_office_open (settings, options->state_dir, options->trace, error);
  if (agent->office == NULL)
    return FALSE;
  agent->status = mado_status_new (agent->office, on_status_changed, agent);
  agent->exchange = mado_exchange_new (agent->office, agent->status);
  agent->upkeep = mado_upkeep_new (agent->office, UPKEEP_EVERY_MS);
  agent->session = mado_session_new (agent->office, on_session_changed, on_stored, agent);
  MadoBusParts parts = { agent->office, agent->session, agent->status, agent->exchange };
  agent->bus = mado_bus_new (options->socket, &parts, error);
  return agent->bus != NULL;
}

static void
serve (Agent *agent, const Options *options)
{
  guint sources[] = {
    g_unix_signal_add (SIGTERM, on_signal, agent),
    g_unix_signal_add (SIGINT, on_signal, agent),
    g_timeout_add_seconds (PROBE_EVERY_S, on_probe, agent),
  };

  agent->monitor = mado_reader_monitor_new (on_readers, agent);
  mado_status_count (agent->status, NULL, NULL);
  mado_status_probe (agent->status);
  mado_exchange_soon (agent->exchange);
  g_printerr ("madoguchid: serving on %s\n", options->socket);
  mado_notify ("READY=1");
  g_main_loop_run (agent->loop);
  mado_notify ("STOPPING=1");
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
}

static void
close_agent (Agent *agent)
{
  gint64 until = g_get_monotonic_time () + END_WITHIN;

  g_clear_pointer (&agent->bus, mado_bus_free);
  if (agent->office != NULL && !mado_office_close (agent->office, until)) {
    mado_log (G_LOG_LEVEL_WARNING, "a card or a server does not answer: ended without it", NULL);
    _exit (0);
  }
  g_clear_pointer (&agent->monitor, mado_reader_monitor_free);
  mado_session_free (agent->session);
  mado_upkeep_free (agent->upkeep);
  mado_exchange_free (agent->exchange);
  mado_status_free (agent->status);
  g_main_loop_unref (agent->loop);
}

/* --- the command line ------------------------------------------------------------------------- */

static int
complain (const GError *error)
{
  MadoFailure failure = mado_failure_of (error);

  g_printerr ("madoguchid: %s: %s\n", mado_failure_code (failure), error->message);
  return mado_failure_exit_status (failure);
}

static int
run (MadoSettings *settings, const Options *options)
{
  Agent agent = { .loop = g_main_loop_new (NULL, FALSE) };
  g_autoptr (GError) error = NULL;
  int status = 0;

  if (open_agent (&agent, settings, options, &error))
    serve (&agent, options);
  else
    status = complain (error);
  close_agent (&agent);
  return status;
}

static void
options_clear (Options *options)
{
  g_free (options->config);
  g_free (options->state_dir);
  g_free (options->socket);
  g_free (options->trace);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
fall_back (char **option, const char *value)
{
  if (*option == NULL)
    *option = g_strdup (value);
}

static gboolean
parse (int *argc, char ***argv, Options *options, GError **error)
{
  GOptionEntry entries[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &options->config, "Settings (" DEFAULT_CONFIG ")",
      "FILE" },
    { "state-dir", 0, 0, G_OPTION_ARG_FILENAME, &options->state_dir,
      "Where applications are kept (" DEFAULT_STATE_DIR ")", "DIR" },
    { "socket", 0, 0, G_OPTION_ARG_FILENAME, &options->socket,
      "Where windows and madoguchictl connect (" DEFAULT_SOCKET ")", "PATH" },
    { "trace", 0, 0, G_OPTION_ARG_FILENAME, &options->trace,
      "Write APDUs without their secrets, one JSON line each", "FILE" },
    { "check-config", 0, 0, G_OPTION_ARG_NONE, &options->check_config,
      "Check the settings and exit", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Show the version and exit", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "The agent of Madoguchi: card, sittings and store of one "
                                         "terminal. Stays in the foreground.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  fall_back (&options->config, DEFAULT_CONFIG);
  fall_back (&options->state_dir, DEFAULT_STATE_DIR);
  fall_back (&options->socket, DEFAULT_SOCKET);
  return TRUE;
}

int
mado_agent_main (int argc, char **argv)
{
  g_auto (Options) options = { NULL };
  g_autoptr (GError) error = NULL;
  MadoSettings *settings;

  mado_locale_init ();
  mado_log_init ("madoguchid");
  /* Neither a core dump nor a debugger of the same user sees a PIN. */
  prctl (PR_SET_DUMPABLE, 0);
  if (!parse (&argc, &argv, &options, &error) || argc > 1) {
    g_printerr ("madoguchid: %s\n", error != NULL ? error->message : "no arguments but options");
    return mado_failure_exit_status (MADO_FAILURE_USAGE);
  }
  if (options.version) {
    g_print ("madoguchid %s\n", MADO_VERSION);
    return 0;
  }
  settings = mado_settings_load (options.config, &error);
  if (settings == NULL)
    return complain (error);
  mado_access_warn (mado_settings_staff (settings));
  mado_access_warn (mado_settings_kiosk (settings));
  if (options.check_config) {
    mado_settings_free (settings);
    return 0;
  }
  return run (settings, &options);
}
