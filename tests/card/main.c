/* madoguchi-cardsim - a virtual My Number Card in a virtual reader, for rehearsals and tests. */
#include "app/base/log.h"
#include "tests/card/vpcd.h"
#include <glib.h>

enum { EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_TRIPPED = 70 };

static char    *profile, *pki, *host, *control, *tripwire;
static int      port = 35963;
static gboolean version;

static const GOptionEntry entries[] = {
  { "profile", 0, 0, G_OPTION_ARG_FILENAME, &profile, "Which card lies in the reader", "FILE" },
  { "pki", 0, 0, G_OPTION_ARG_FILENAME, &pki, "What rehearsal-ca made", "DIR" },
  { "host", 0, 0, G_OPTION_ARG_STRING, &host, "Where vpcd listens (127.0.0.1)", "HOST" },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Its port (35963); the second reader's is 35964", "N" },
  { "control", 0, 0, G_OPTION_ARG_FILENAME, &control, "Take orders from this FIFO", "FIFO" },
  { "tripwire", 0, 0, G_OPTION_ARG_FILENAME, &tripwire, "Say here what was touched", "FILE" },
  { "version", 0, 0, G_OPTION_ARG_NONE, &version, "Print the version and exit", NULL },
  { NULL },
};

static const char summary[]
    = "A virtual My Number Card: rehearsal persons, rehearsal certificates, real behaviour. It\n"
      "connects to vpcd, the virtual reader of pcscd, and stays until SIGTERM.";

static const char description[]
    = "Orders, one a line:\n"
      "  remove        the card leaves the reader\n"
      "  insert        it comes back, PIN counters as they were\n"
      "  profile FILE  another card lies there\n"
      "  cut N         it leaves in the middle of the Nth command from now\n"
      "  silent N      the Nth command from now is never answered\n"
      "\n"
      "Exit status: 0; 1 when profile or certificates cannot be read; 2 for wrong usage;\n"
      "70 when a file or application was touched that holds or derives from the individual number.";

static gboolean
parse (int *argc, char ***argv, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (!version && (*argc > 1 || profile == NULL || pki == NULL || port < 1 || port > 65535)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 "expected --profile FILE, --pki DIR and a port, see --help");
    return FALSE;
  }
  return TRUE;
}

static int
serve (void)
{
  g_autoptr (GError) error = NULL;
  gboolean              tripped = FALSE;
  const MadoVpcdOptions options = {
    .profile = profile,
    .pki = pki,
    .host = host != NULL ? host : "127.0.0.1",
    .port = (guint16)port,
    .control = control,
    .tripwire = tripwire,
  };

  if (!mado_vpcd_serve (&options, &tripped, &error)) {
    mado_log (G_LOG_LEVEL_CRITICAL, error->message, NULL);
    return EXIT_FAILED;
  }
  return tripped ? EXIT_TRIPPED : 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  mado_log_init ("madoguchi-cardsim");
  if (!parse (&argc, &argv, &error)) {
    g_printerr ("madoguchi-cardsim: %s\n", error->message);
    return EXIT_USAGE;
  }
  if (version) {
    g_print ("madoguchi-cardsim %s\n", MADO_VERSION);
    return 0;
  }
  return serve ();
}
