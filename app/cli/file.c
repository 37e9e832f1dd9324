#include "app/cli/file.h"

#include "app/agent/error.h"

#include <termios.h>

GBytes *
mado_cli_read_file (const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *octets = NULL;
  gsize len = 0;

  if (g_file_get_contents (path, &octets, &len, &cause))
    return g_bytes_new_take (octets, len);
  mado_agent_raise (error, MADO_FAILURE_FILE, "%s", cause->message);
  return NULL;
}

gboolean
mado_cli_write_file (const char *path, GBytes *octets, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize       len;
  const char *data = g_bytes_get_data (octets, &len);

  if (g_file_set_contents (path, data, (gssize)len, &cause))
    return TRUE;
  return mado_agent_raise (error, MADO_FAILURE_FILE, "%s", cause->message);
}

gboolean
mado_cli_needs_secret (int fd, gboolean from_stdin, const char *option, GError **error)
{
  return fd >= 0 || from_stdin
         || mado_agent_raise (error, MADO_FAILURE_USAGE,
                              "a secret is needed: --%s (never an argument, never the environment)",
                              option);
}

/* What is typed at a terminal is not shown, as getpass(3) does it. %FALSE: @fd is no terminal. */
static gboolean
hide_typing (int fd, struct termios *ret_before)
{
  struct termios hidden;

  if (tcgetattr (fd, ret_before) != 0)
    return FALSE;
  hidden = *ret_before;
  hidden.c_lflag &= (tcflag_t) ~(ECHO | ECHOE | ECHOK);
  hidden.c_lflag |= ECHONL;
  return tcsetattr (fd, TCSADRAIN, &hidden) == 0;
}

static gboolean
read_hidden (MadoSecret *secret, int fd, GError **error)
{
  struct termios before;
  gboolean       hidden = hide_typing (fd, &before);
  gboolean       done = mado_secret_read_fd (secret, fd, error);

  if (hidden)
    tcsetattr (fd, TCSADRAIN, &before);
  return done;
}

MadoSecret *
mado_cli_read_secret (int fd, gboolean from_stdin, const char *option, GError **error)
{
  g_autoptr (MadoSecret) secret = NULL;

  if (!mado_cli_needs_secret (fd, from_stdin, option, error))
    return NULL;
  secret = mado_secret_new (error);
  if (secret == NULL || !read_hidden (secret, fd >= 0 ? fd : 0, error))
    return NULL;
  return g_steal_pointer (&secret);
}
