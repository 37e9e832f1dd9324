#define _GNU_SOURCE /* pipe2 */
#include "tests/lib/child.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS 30000

struct _MadoChild {
  GPid     pid;
  int      fd; /* its standard output and error */
  GString *heard;
};

static void
die_with_parent (gpointer data G_GNUC_UNUSED)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

MadoChild *
mado_child_start (const char *const *argv)
{
  MadoChild *child = g_new0 (MadoChild, 1);
  g_autoptr (GError) error = NULL;
  int ends[2];

  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  g_spawn_async_with_fds (NULL, (char **)argv, NULL,
                          G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH, die_with_parent, NULL,
                          &child->pid, -1, ends[1], ends[1], &error);
  g_assert_no_error (error);
  close (ends[1]);
  child->fd = ends[0];
  child->heard = g_string_new (NULL);
  return child;
}

/* The rest of the first whole line with @mark; what was before it is forgotten. */
static char *
take_line (GString *heard, const char *mark)
{
  char *at = strstr (heard->str, mark);
  char *end = at != NULL ? strchr (at, '\n') : NULL;

  if (end == NULL)
    return NULL;
  at += strlen (mark);
  char *rest = g_strndup (at, (gsize)(end - at));
  g_string_erase (heard, 0, end + 1 - heard->str);
  return rest;
}

static gboolean
hear (MadoChild *child)
{
  struct pollfd ready = { .fd = child->fd, .events = POLLIN };
  char          octets[4096];

  if (poll (&ready, 1, PATIENCE_MS) != 1)
    return FALSE;
  gssize n = read (child->fd, octets, sizeof octets);
  if (n <= 0)
    return FALSE;
  g_string_append_len (child->heard, octets, n);
  return TRUE;
}

char *
mado_child_await (MadoChild *child, const char *mark)
{
  char *rest;

  while ((rest = take_line (child->heard, mark)) == NULL)
    if (!hear (child))
      g_error ("no line with \"%s\"; heard: %s", mark, child->heard->str);
  return rest;
}

int
mado_child_stop (MadoChild *child, int signal)
{
  int status;

  if (signal != 0)
    kill (child->pid, signal);
  close (child->fd);
  while (waitpid (child->pid, &status, 0) < 0)
    g_assert_cmpint (errno, ==, EINTR);
  g_string_free (child->heard, TRUE);
  g_free (child);
  return status;
}

int
mado_child_run (const char *const *argv, char **ret_output)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, ret_output, NULL,
                &status, &error);
  g_assert_no_error (error);
  return status;
}

char *
mado_test_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("madoguchi-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_tree (const char *path)
{
  GDir       *dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    remove_tree (inner);
  }
  g_clear_pointer (&dir, g_dir_close);
  g_remove (path);
}

void
mado_test_folder_remove (char *folder)
{
  remove_tree (folder);
  g_free (folder);
}
