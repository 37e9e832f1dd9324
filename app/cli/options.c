#include "app/cli/options.h"

#include "app/agent/error.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define AT(member) offsetof (MadoCliOptions, member)

static const struct {
  const char *name;
  GOptionArg  arg;
  gsize       offset;
  const char *help, *value;
} table[] = {
  { "json", G_OPTION_ARG_NONE, AT (json), "One JSON object on one line", NULL },
  { "socket", G_OPTION_ARG_FILENAME, AT (socket), "The agent (/run/madoguchi/agent.sock)", "PATH" },
  { "reader", G_OPTION_ARG_STRING, AT (reader), "The only usable card's when absent", "NAME" },
  { "trace", G_OPTION_ARG_FILENAME, AT (trace), "Write APDUs without their secrets", "FILE" },
  { "pin-fd", G_OPTION_ARG_INT, AT (pin_fd), "Read the PIN from this descriptor", "N" },
  { "pin-stdin", G_OPTION_ARG_NONE, AT (pin_stdin), "Read the PIN from standard input", NULL },
  { "text-pin-fd", G_OPTION_ARG_INT, AT (text_pin_fd),
    "--method auth: the text application's four digits", "N" },
  { "spend-last-try", G_OPTION_ARG_NONE, AT (spend_last_try), "Also when only one try is left",
    NULL },
  { "in", G_OPTION_ARG_FILENAME, AT (in), "What is signed", "FILE" },
  { "out", G_OPTION_ARG_FILENAME, AT (out), "Where the result is written", "FILE" },
  { "from", G_OPTION_ARG_STRING, AT (from), "sign or text", "WHERE" },
  { "anchors", G_OPTION_ARG_FILENAME, AT (anchors), "Folder of the trusted roots", "DIR" },
  { "profile", G_OPTION_ARG_STRING, AT (profile), "auth or sign", "NAME" },
  { "at", G_OPTION_ARG_STRING, AT (at), "The moment to judge by (now)", "RFC3339" },
  { "crl", G_OPTION_ARG_FILENAME_ARRAY, AT (crl), "A revocation list; may be repeated", "FILE" },
  { "ocsp-url", G_OPTION_ARG_STRING, AT (ocsp_url), "Ask this responder", "URL" },
  { "ocsp-response", G_OPTION_ARG_FILENAME, AT (ocsp_response), "A responder's answer", "FILE" },
  { "content", G_OPTION_ARG_FILENAME, AT (content), "What was signed", "FILE" },
  { "address", G_OPTION_ARG_STRING, AT (address), "", "TEXT" },
  { "birth-date", G_OPTION_ARG_STRING, AT (birth_date), "1990-01-02, or in an era", "DATE" },
  { "on", G_OPTION_ARG_STRING, AT (on), "The day to judge by (today)", "DATE" },
  { "rules", G_OPTION_ARG_FILENAME, AT (rules), "Instead of the shipped rules", "FILE" },
  { "scheme", G_OPTION_ARG_STRING, AT (scheme), "mod10w21, mod10w31, mod11, 7dr, mod16, none",
    "NAME" },
  { "width", G_OPTION_ARG_INT, AT (width), "Characters with the check digit", "N" },
  { "start", G_OPTION_ARG_STRING, AT (start), "Start letter A to D", "A" },
  { "stop", G_OPTION_ARG_STRING, AT (stop), "Stop letter A to D", "A" },
  { "method", G_OPTION_ARG_STRING, AT (method), "sign, auth or document", "NAME" },
  { "consent", G_OPTION_ARG_STRING, AT (consent), "Version of the text agreed to", "VERSION" },
  { "application", G_OPTION_ARG_STRING, AT (application),
    "UUID of an earlier try: the same one is stored once", "ID" },
  { "name", G_OPTION_ARG_STRING, AT (name), "--method document: as on the papers", "TEXT" },
  { "kana", G_OPTION_ARG_STRING, AT (kana), "", "TEXT" },
  { "phone", G_OPTION_ARG_STRING, AT (phone), "", "TEXT" },
  { "email", G_OPTION_ARG_STRING, AT (email), "", "TEXT" },
  { "postcode", G_OPTION_ARG_STRING, AT (postcode), "", "TEXT" },
  { "category", G_OPTION_ARG_STRING, AT (category), "", "CODE" },
  { "branch", G_OPTION_ARG_STRING, AT (branch), "", "CODE" },
  { "number", G_OPTION_ARG_STRING, AT (number), "Library card number", "NUMBER" },
  { "guardian-name", G_OPTION_ARG_STRING, AT (guardian_name), "", "TEXT" },
  { "guardian-phone", G_OPTION_ARG_STRING, AT (guardian_phone), "", "TEXT" },
  { "guardian-relation", G_OPTION_ARG_STRING, AT (guardian_relation), "", "TEXT" },
  { "state", G_OPTION_ARG_STRING_ARRAY, AT (state), "Only these; may be repeated", "STATE" },
  { "since", G_OPTION_ARG_STRING, AT (since), "Only from this day on", "DATE" },
  { "wait", G_OPTION_ARG_NONE, AT (wait), "Until nothing waits any more", NULL },
  { "seen", G_OPTION_ARG_NONE, AT (seen), "The alarms shown were seen: not again", NULL },
  { "server", G_OPTION_ARG_STRING, AT (server), "", "URL" },
  { "terminal", G_OPTION_ARG_STRING, AT (terminal), "", "ID" },
  { "password-fd", G_OPTION_ARG_INT, AT (password_fd), "Read the password from this descriptor",
    "N" },
  { "kek", G_OPTION_ARG_FILENAME, AT (kek), "The key file to be made", "FILE" },
};

gboolean
mado_options_has_value (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, name))
      return table[i].arg != G_OPTION_ARG_NONE;
  return FALSE;
}

static GOptionEntry *
entries_for (const MadoCommand *command, MadoCliOptions *options)
{
  g_auto (GStrv) takes = g_strsplit (command->takes, " ", -1);
  GOptionEntry *entries = g_new0 (GOptionEntry, G_N_ELEMENTS (table) + 1);
  gsize         n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (i == 0 || g_strv_contains ((const char *const *)takes, table[i].name))
      entries[n++] = (GOptionEntry){ .long_name = table[i].name,
                                     .arg = table[i].arg,
                                     .arg_data = (char *)options + table[i].offset,
                                     .description = table[i].help,
                                     .arg_description = table[i].value };
  return entries;
}

static GOptionContext *
context_for (const MadoCommand *command, GOptionEntry *entries)
{
  g_autofree char *usage = g_strconcat (command->words, " ", command->arguments, NULL);
  GOptionContext  *context = g_option_context_new (usage);

  g_option_context_set_summary (context, command->summary);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  return context;
}

/* What GLib says of a wrong option repeats what stands behind it, which may be a PIN. */
static char *
without_value (const GError *cause)
{
  const char *option = g_strrstr (cause->message, "--");

  if (g_error_matches (cause, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE) && option != NULL)
    return g_strdup_printf ("expected a number: %s", option);
  return g_strndup (cause->message, strcspn (cause->message, "="));
}

static gboolean
asks_help (char **argv)
{
  return g_strv_contains ((const char *const *)argv, "--help")
         || g_strv_contains ((const char *const *)argv, "-h");
}

static gboolean
take_words (const MadoCommand *command, char **argv, MadoCall *call, GError **error)
{
  call->words = g_strdupv (argv + 1);
  call->n_words = g_strv_length (call->words);
  if (call->n_words != command->n_words)
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "usage: madoguchictl %s %s (--help)",
                             command->words, command->arguments);
  return TRUE;
}

gboolean
mado_options_parse (
    const MadoCommand *command, char **argv, MadoCall *call, gboolean *ret_helped, GError **error)
{
  g_autofree GOptionEntry *entries = entries_for (command, &call->options);
  g_autoptr (GOptionContext) context = context_for (command, entries);
  g_autoptr (GError) cause = NULL;

  *ret_helped = asks_help (argv);
  if (*ret_helped) {
    g_autofree char *help = g_option_context_get_help (context, TRUE, NULL);
    printf ("%s", help);
    return TRUE;
  }
  gboolean json = g_strv_contains ((const char *const *)argv, "--json");
  if (!g_option_context_parse_strv (context, &argv, &cause)) {
    /* Also a wrong option is told as JSON; the parser has taken back what it had set. */
    g_autofree char *message = without_value (cause);
    call->options.json = json;
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "%s", message);
  }
  return take_words (command, argv, call, error);
}

gboolean
mado_call_needs (const char *option, const char *value, GError **error)
{
  if (value != NULL && *value != '\0')
    return TRUE;
  return mado_agent_raise (error, MADO_FAILURE_USAGE, "--%s is needed", option);
}
