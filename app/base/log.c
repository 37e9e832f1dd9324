#include "app/base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define DOMAIN "madoguchi"

static const char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key))
      return fields[i].value;
  return NULL;
}

static void
append_own_fields (GString *line, const GLogField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++) {
    const char *key = fields[i].key;
    if (fields[i].length == -1 && !g_str_has_prefix (key, "GLIB_")
        && !g_str_has_prefix (key, "CODE_") && !g_str_equal (key, "MESSAGE")
        && !g_str_equal (key, "PRIORITY"))
      g_string_append_printf (line, " %s=%s", key, (const char *)fields[i].value);
  }
}

/* What came from outside may hold a newline, which would make a line of its own choosing. */
static void
flatten (GString *line)
{
  for (gsize i = 0; i < line->len; i++)
    if (g_ascii_iscntrl (line->str[i]))
      line->str[i] = ' ';
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer program)
{
  g_autoptr (GString) line = g_string_new (NULL);
  const char *message = find_field (fields, n_fields, "MESSAGE");

  if ((level & G_LOG_LEVEL_DEBUG) != 0 && g_getenv ("MADO_DEBUG") == NULL)
    return G_LOG_WRITER_HANDLED;
  if (g_log_writer_is_journald (STDERR_FILENO)
      && g_log_writer_journald (level, fields, n_fields, NULL) == G_LOG_WRITER_HANDLED)
    return G_LOG_WRITER_HANDLED;
  g_string_append_printf (line, "%s: %s", (const char *)program, message != NULL ? message : "");
  append_own_fields (line, fields, n_fields);
  flatten (line);
  g_string_append_c (line, '\n');
  fputs (line->str, stderr);
  fflush (stderr);
  return G_LOG_WRITER_HANDLED;
}

void
mado_log_init (const char *program)
{
  g_log_set_writer_func (write_line, g_strdup (program), g_free);
}

static const char *
priority_of (GLogLevelFlags level)
{
  if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL))
    return "3";
  if (level & G_LOG_LEVEL_WARNING)
    return "4";
  return level & G_LOG_LEVEL_DEBUG ? "7" : "6";
}

void
mado_log (GLogLevelFlags level, const char *message, ...)
{
  g_autoptr (GArray) fields = g_array_new (FALSE, FALSE, sizeof (GLogField));
  GLogField   field = { "MESSAGE", message, -1 };
  const char *key;
  va_list     args;

  g_array_append_val (fields, field);
  field = (GLogField){ "PRIORITY", priority_of (level), -1 };
  g_array_append_val (fields, field);
  field = (GLogField){ "GLIB_DOMAIN", DOMAIN, -1 };
  g_array_append_val (fields, field);
  va_start (args, message);
  while ((key = va_arg (args, const char *)) != NULL) {
    field = (GLogField){ key, va_arg (args, const char *), -1 };
    g_array_append_val (fields, field);
  }
  va_end (args);
  g_log_structured_array (level, (GLogField *)(gpointer)fields->data, fields->len);
}
