#include "tests/lib/script.h"

#include "app/base/octets.h"
#include "tests/lib/hex.h"

#include <string.h>

typedef struct {
  GBytes  *command;
  gboolean any_data; /* what follows the octets of @command only has to have the right length */
  GBytes  *answer;   /* NULL: the error */
  MadoPcscError error;
} Line;

struct _MadoScript {
  MadoTransport transport;
  GPtrArray    *lines;
  guint         next;
  gboolean      open;
};

static void
line_free (gpointer data)
{
  Line *line = data;

  g_bytes_unref (line->command);
  g_clear_pointer (&line->answer, g_bytes_unref);
  g_free (line);
}

static Line *
add_line (MadoScript *script, const char *command)
{
  g_autofree char *fixed = g_strdup (command);
  Line            *line = g_new0 (Line, 1);

  line->any_data = g_str_has_suffix (fixed, "**");
  if (line->any_data)
    fixed[strlen (fixed) - 2] = '\0';
  line->command = mado_test_octets (fixed);
  g_ptr_array_add (script->lines, line);
  return line;
}

static gboolean
is_expected (const Line *line, const guint8 *command, gsize len)
{
  MadoOctets expected = mado_octets_of (line->command);

  if (!line->any_data)
    return mado_octets_equal (expected, MADO_OCTETS (command, len));
  return len >= 5 && len == 5u + command[4] && len > expected.len
         && mado_octets_equal (expected, MADO_OCTETS (command, expected.len));
}

static gboolean
fail (MadoScript *script, const guint8 *command, gsize len, GError **error)
{
  g_autofree char *came = mado_octets_to_hex (MADO_OCTETS (command, len));
  g_autofree char *expected = NULL;

  if (script->next < script->lines->len) {
    const Line *line = g_ptr_array_index (script->lines, script->next);
    expected = mado_octets_to_hex (mado_octets_of (line->command));
  }
  g_test_message ("command %u: %s came, %s expected", script->next + 1, came,
                  expected != NULL ? expected : "nothing more");
  g_test_fail ();
  return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL, "not in the script");
}

static gboolean
transmit (MadoTransport *transport,
          const guint8  *command,
          gsize          command_len,
          guint8        *response,
          gsize         *response_len,
          GError       **error)
{
  MadoScript   *script = (MadoScript *)transport;
  const Line   *line = NULL;
  gsize         len = 0;
  const guint8 *answer;

  if (script->next < script->lines->len)
    line = g_ptr_array_index (script->lines, script->next);
  if (line == NULL || !is_expected (line, command, command_len))
    return fail (script, command, command_len, error);
  script->next++;
  if (line->answer == NULL)
    return mado_pcsc_raise (error, line->error, "as the script says");
  answer = g_bytes_get_data (line->answer, &len);
  g_assert_cmpuint (len, <=, *response_len);
  if (len > 0)
    memcpy (response, answer, len);
  *response_len = len;
  return TRUE;
}

static void
close_script (MadoTransport *transport)
{
  MadoScript *script = (MadoScript *)transport;

  g_assert_true (script->open);
  script->open = FALSE;
}

static const MadoTransportClass klass = { transmit, close_script };

MadoScript *
mado_script_new (void)
{
  MadoScript *script = g_new0 (MadoScript, 1);

  script->transport.klass = &klass;
  script->lines = g_ptr_array_new_with_free_func (line_free);
  return script;
}

void
mado_script_expect (MadoScript *script, const char *command, const char *answer)
{
  add_line (script, command)->answer = mado_test_octets (answer);
}

void
mado_script_expect_data (
    MadoScript *script, const char *command, const guint8 *data, gsize len, guint16 status)
{
  const guint8 words[] = { (guint8)(status >> 8), (guint8)status };
  GByteArray  *answer = g_byte_array_new ();

  g_byte_array_append (answer, data, (guint)len);
  g_byte_array_append (answer, words, sizeof words);
  add_line (script, command)->answer = g_byte_array_free_to_bytes (answer);
}

void
mado_script_expect_failure (MadoScript *script, const char *command, MadoPcscError code)
{
  add_line (script, command)->error = code;
}

MadoTransport *
mado_script_transport (MadoScript *script)
{
  g_assert_false (script->open);
  script->open = TRUE;
  return &script->transport;
}

guint
mado_script_count (const MadoScript *script)
{
  return script->next;
}

void
mado_script_finish (MadoScript *script)
{
  if (script->next < script->lines->len) {
    g_test_message ("%u of %u lines of the script were used", script->next, script->lines->len);
    g_test_fail ();
  }
  g_assert_false (script->open);
  g_ptr_array_unref (script->lines);
  g_free (script);
}
