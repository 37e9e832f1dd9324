#include "app/agent/error.h"
#include "app/base/json.h"
#include "app/cli/command.h"
#include "app/cli/diagnosis.h"
#include "app/cli/file.h"
#include "app/cli/link.h"

#include <string.h>

#define AGENT "socket"

/* One question that Agent1 answers with an object. */
static gboolean
ask (MadoCall *call, const char *method, GVariant *arguments, GError **error)
{
  g_auto (MadoLink) link = { NULL };
  g_autoptr (GVariant) owned = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;

  if (!mado_link_open (&link, call, error))
    return FALSE;
  call->answer = mado_link_ask (&link, method, owned, error);
  return call->answer != NULL;
}

static char *
query_text (const MadoCliOptions *options)
{
  g_autoptr (JsonObject) query = json_object_new ();
  JsonArray *states = json_array_new ();

  for (gsize i = 0; options->state != NULL && options->state[i] != NULL; i++)
    json_array_add_string_element (states, options->state[i]);
  json_object_set_array_member (query, "states", states);
  if (options->since != NULL)
    json_object_set_string_member (query, "since", options->since);
  return mado_json_canonical_object (query);
}

static gboolean
run_applications (MadoCall *call, GError **error)
{
  g_autofree char *query = query_text (&call->options);

  return ask (call, "Applications", g_variant_new ("(s)", query), error);
}

static gboolean
run_show (MadoCall *call, GError **error)
{
  return ask (call, "Show", g_variant_new ("(s)", call->words[0]), error);
}

/* What was shown is what was seen: --seen comes after the question. */
static gboolean
run_status (MadoCall *call, GError **error)
{
  g_auto (MadoLink) link = { NULL };
  g_autoptr (GVariant) seen = NULL;

  if (!mado_link_open (&link, call, error))
    return FALSE;
  call->answer = mado_link_ask (&link, "Status", NULL, error);
  if (call->answer == NULL || !call->options.seen)
    return call->answer != NULL;
  seen = mado_link_call (&link, "Agent1", "AlarmsSeen", NULL, NULL, error);
  return seen != NULL;
}

/* "ok":false is an answer: the exit status says it too. */
static gboolean
run_journal_verify (MadoCall *call, GError **error)
{
  if (!ask (call, "JournalVerify", NULL, error))
    return FALSE;
  call->status = mado_json_flag (call->answer, "ok") ? 0 : MADO_CLI_NO;
  return TRUE;
}

/* One exchange takes at most 500 lines; --wait goes on while that helps. */
static gboolean
run_sync (MadoCall *call, GError **error)
{
  g_auto (MadoLink) link = { NULL };
  gint64 waiting = 0;
  gint64 before;

  if (!mado_link_open (&link, call, error))
    return FALSE;
  do {
    before = waiting;
    g_clear_pointer (&call->answer, json_object_unref);
    call->answer = mado_link_ask (&link, "Sync", NULL, error);
    if (call->answer == NULL)
      return FALSE;
    mado_json_integer (call->answer, "waiting", &waiting);
  } while (call->options.wait && waiting > 0 && waiting != before);
  return TRUE;
}

static gboolean
run_enrol (MadoCall *call, GError **error)
{
  const MadoCliOptions *options = &call->options;
  g_auto (MadoLink) link = { NULL };
  g_autoptr (MadoSecret) password = NULL;
  g_autoptr (GVariant) answer = NULL;
  const char *text;

  if (!mado_call_needs ("server", options->server, error)
      || !mado_call_needs ("terminal", options->terminal, error))
    return FALSE;
  if (!g_str_has_prefix (options->server, "https://"))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "--server: expected https://HOST[:PORT]");
  password = mado_cli_read_secret (options->password_fd, FALSE, "password-fd", error);
  if (password == NULL || !mado_link_open (&link, call, error))
    return FALSE;
  answer = mado_link_call (&link, "Agent1", "Enrol",
                           g_variant_new ("(ssh)", options->server, options->terminal, 0), password,
                           error);
  if (answer == NULL)
    return FALSE;
  g_variant_get (answer, "(&s)", &text);
  call->answer = mado_json_parse_object (text, strlen (text), error);
  return call->answer != NULL;
}

/* --- doctor ----------------------------------------------------------------------------------- */

static gboolean
run_doctor (MadoCall *call, GError **error)
{
  g_auto (MadoLink) link = { NULL };
  g_autoptr (JsonObject) status = NULL;

  if (!mado_link_open (&link, call, error))
    return FALSE;
  status = mado_link_ask (&link, "Status", NULL, error);
  if (status == NULL)
    return FALSE;
  call->answer = mado_diagnose_agent (status, &call->status);
  return TRUE;
}

const MadoCommand mado_agent_commands[] = {
  { "applications", "", "Applications of this terminal", AGENT " state since", 0,
    run_applications },
  { "show", "ID", "One application", AGENT, 1, run_show },
  { "status", "", "Lights, figures and alarms", AGENT " seen", 0, run_status },
  { "sync", "", "Give to the centre what waits", AGENT " wait", 0, run_sync },
  { "journal verify", "", "Check every line and the journal", AGENT, 0, run_journal_verify },
  { "enrol", "", "Make this terminal known to the centre", AGENT " server terminal password-fd", 0,
    run_enrol },
  { "doctor", "", "What is wrong with agent, reader and services", AGENT, 0, run_doctor },
  { NULL },
};
