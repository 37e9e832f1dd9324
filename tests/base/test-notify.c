#include "app/base/notify.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A service manager of our own at @name; a leading @: an abstract name. */
static int
listen_as (const char *name)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int                fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

  memcpy (address.sun_path, name, strlen (name));
  if (name[0] == '@')
    address.sun_path[0] = '\0';
  g_assert_cmpint (
      bind (fd, (struct sockaddr *)&address,
            (socklen_t)(G_STRUCT_OFFSET (struct sockaddr_un, sun_path) + strlen (name))),
      ==, 0);
  return fd;
}

static void
expect_heard (int fd)
{
  char   heard[64] = "";
  gssize got = recv (fd, heard, sizeof heard - 1, 0);

  g_assert_cmpint (got, ==, strlen ("READY=1"));
  g_assert_cmpstr (heard, ==, "READY=1");
  g_assert_cmpint (recv (fd, heard, sizeof heard, 0), ==, -1);
  close (fd);
}

static void
test_a_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mado-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "notify", NULL);
  int              fd = listen_as (path);

  g_setenv ("NOTIFY_SOCKET", path, TRUE);
  mado_notify ("READY=1");
  expect_heard (fd);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_an_abstract_name (void)
{
  g_autofree char *name = g_strdup_printf ("@mado-test-notify-%d", (int)getpid ());
  int              fd = listen_as (name);

  g_setenv ("NOTIFY_SOCKET", name, TRUE);
  mado_notify ("READY=1");
  expect_heard (fd);
}

static void
test_nobody_listens (void)
{
  g_autofree char *too_long = g_strnfill (300, '/');
  const char      *nobody[] = { "/nowhere/notify", "relative", "", too_long };

  for (gsize i = 0; i < G_N_ELEMENTS (nobody); i++) {
    g_setenv ("NOTIFY_SOCKET", nobody[i], TRUE);
    mado_notify ("READY=1");
  }
  g_unsetenv ("NOTIFY_SOCKET");
  mado_notify ("READY=1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* Warnings are what the last case is about, not its failure. */
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FLAG_FATAL);
  g_test_add_func ("/base/notify/path", test_a_path);
  g_test_add_func ("/base/notify/abstract-name", test_an_abstract_name);
  g_test_add_func ("/base/notify/nobody-listens", test_nobody_listens);
  return g_test_run ();
}
