#include "app/agent/error.h"
#include "app/base/random.h"
#include "app/cli/command.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define KEK_LEN 32

/* A key that is there is never replaced: what it wraps would be lost. */
static gboolean
write_key (const char *path, GError **error)
{
  guint8 key[KEK_LEN];
  int    fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gssize wrote;

  if (fd < 0)
    return mado_agent_raise (error, MADO_FAILURE_FILE, "%s: %s", path, g_strerror (errno));
  mado_random (key, sizeof key);
  wrote = write (fd, key, sizeof key);
  explicit_bzero (key, sizeof key);
  if (wrote != KEK_LEN || fsync (fd) != 0) {
    mado_agent_raise (error, MADO_FAILURE_FILE, "%s: %s", path, g_strerror (errno));
    close (fd);
    unlink (path);
    return FALSE;
  }
  close (fd);
  return TRUE;
}

static gboolean
run_setup (MadoCall *call, GError **error)
{
  if (!mado_call_needs ("kek", call->options.kek, error) || !write_key (call->options.kek, error))
    return FALSE;
  call->answer = json_object_new ();
  json_object_set_string_member (call->answer, "kek", call->options.kek);
  return TRUE;
}

const MadoCommand mado_setup_commands[] = {
  { "setup", "", "Make a key file for trials", "kek", 0, run_setup },
  { NULL },
};
