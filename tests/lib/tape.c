#include "tests/lib/tape.h"

#include <string.h>

typedef struct {
  MadoScript *script;
  char       *command; /* waiting for its answer */
  GString    *answer;
} Tape;

static void
finish_answer (Tape *tape)
{
  if (tape->answer->len > 0)
    mado_script_expect (tape->script, tape->command, tape->answer->str);
  g_string_truncate (tape->answer, 0);
}

static void
take_failure (Tape *tape, const char *word)
{
  gboolean silent = g_str_equal (word, "silent");

  if (!silent && !g_str_equal (word, "removed"))
    g_error ("tape: \"! %s\", expected removed or silent", word);
  mado_script_expect_failure (tape->script, tape->command,
                              silent ? MADO_PCSC_ERROR_TIMEOUT : MADO_PCSC_ERROR_CARD_REMOVED);
}

static void
take_line (Tape *tape, char *line)
{
  char mark = g_strstrip (line)[0];

  if (mark == '>') {
    finish_answer (tape);
    g_free (tape->command);
    tape->command = g_strdup (g_strstrip (line + 1));
  } else if (mark == '<' && tape->command != NULL) {
    g_string_append_printf (tape->answer, " %s", g_strstrip (line + 1));
  } else if (mark == '!' && tape->command != NULL) {
    take_failure (tape, g_strstrip (line + 1));
  } else if (mark != '#' && mark != '\0') {
    g_error ("tape: a line that is neither command, answer nor remark: %s", line);
  }
}

MadoScript *
mado_tape_load (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Tape tape = { mado_script_new (), NULL, g_string_new (NULL) };

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("tape: %s", error->message);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    take_line (&tape, lines[i]);
  finish_answer (&tape);
  g_free (tape.command);
  g_string_free (tape.answer, TRUE);
  return tape.script;
}
