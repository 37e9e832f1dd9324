/* Orders to a running card. */
#include "tests/card/control.h"
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static void
expect (const char *line, MadoControlVerb verb, guint count, const char *file)
{
  g_auto (MadoControl) control = { 0 };

  g_assert_true (mado_control_parse (line, &control));
  g_assert_cmpint (control.verb, ==, verb);
  g_assert_cmpuint (control.count, ==, count);
  g_assert_cmpstr (control.file, ==, file);
}

static void
test_orders (void)
{
  expect ("remove", MADO_CONTROL_REMOVE, 0, NULL);
  expect ("insert", MADO_CONTROL_INSERT, 0, NULL);
  expect ("profile a folder/child.card", MADO_CONTROL_PROFILE, 0, "a folder/child.card");
  expect ("cut 3", MADO_CONTROL_CUT, 3, NULL);
  expect ("silent 1", MADO_CONTROL_SILENT, 1, NULL);
}

static void
test_no_orders (void)
{
  const char *const lines[]
      = { "", "REMOVE", "remove now", "cut", "cut 0", "cut -1", "cut x", "profile" };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_auto (MadoControl) control = { 0 };
    g_assert_false (mado_control_parse (lines[i], &control));
  }
}

static void
test_pipe (void)
{
  g_autofree char *folder = g_dir_make_tmp ("mado-control-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "fifo", NULL);
  g_autoptr (MadoControlPipe) control = mado_control_pipe_open (path, NULL);
  g_autofree char *first = NULL, *second = NULL;
  const char       half[] = "remove\ninse", rest[] = "rt\n";

  g_assert_null (mado_control_pipe_next (control));
  g_assert_cmpint (write (mado_control_pipe_fd (control), half, strlen (half)), ==, strlen (half));
  first = mado_control_pipe_next (control);
  g_assert_cmpstr (first, ==, "remove");
  g_assert_null (mado_control_pipe_next (control));
  g_assert_cmpint (write (mado_control_pipe_fd (control), rest, strlen (rest)), ==, strlen (rest));
  second = mado_control_pipe_next (control);
  g_assert_cmpstr (second, ==, "insert");
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/control/orders", test_orders);
  g_test_add_func ("/card/control/no-orders", test_no_orders);
  g_test_add_func ("/card/control/pipe", test_pipe);
  return g_test_run ();
}
