/* Lines on standard error, as a program of its own writes them. */
#include "app/base/log.h"

/* Runs the rest of the test in a child and looks at what it wrote. */
static gboolean
is_child (const char *written)
{
  if (g_test_subprocess ()) {
    mado_log_init ("program");
    return TRUE;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr (written);
  return FALSE;
}

static void
test_message_and_fields (void)
{
  if (is_child ("program: a card came READER=Virtual PCD\n"))
    mado_log (G_LOG_LEVEL_MESSAGE, "a card came", "READER", "Virtual PCD", NULL);
}

static void
test_one_line_an_event (void)
{
  if (is_child ("program: refused NAME=a program: all is well ?[31m\n"))
    mado_log (G_LOG_LEVEL_WARNING, "refused", "NAME", "a\nprogram: all is well \033[31m", NULL);
}

static void
test_info_is_written (void)
{
  if (is_child ("program: information\n"))
    mado_log (G_LOG_LEVEL_INFO, "information", NULL);
}

static void
test_debug_only_when_asked_for (void)
{
  if (!is_child ("program: after\n"))
    return;
  g_unsetenv ("MADO_DEBUG");
  mado_log (G_LOG_LEVEL_DEBUG, "before", NULL);
  g_setenv ("MADO_DEBUG", "1", TRUE);
  mado_log (G_LOG_LEVEL_DEBUG, "after", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/log/message-and-fields", test_message_and_fields);
  g_test_add_func ("/base/log/one-line-an-event", test_one_line_an_event);
  g_test_add_func ("/base/log/info-is-written", test_info_is_written);
  g_test_add_func ("/base/log/debug-only-when-asked-for", test_debug_only_when_asked_for);
  return g_test_run ();
}
