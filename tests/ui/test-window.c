/* The real window against a fake agent: a hand and a keyboard go the whole way. */
#include "tests/ui/fake-agent.h"

#include "app/domain/consent.h"
#include "ui/client.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* SHA-256 ("ABC123"), first eight digits: what the fake agent logs of a password */
#define PIN_DIGEST "e0bebd22"

typedef struct {
  char      *dir, *socket;
  FakeAgent *agent;
  GPid       window;
} Counter;

static char *build_dir;

static void
counter_open (Counter *counter)
{
  g_autofree char *program = g_build_filename (build_dir, "bin", "madoguchi", NULL);
  g_autoptr (GError) error = NULL;

  counter->dir = g_dir_make_tmp ("mado-window-XXXXXX", NULL);
  counter->socket = g_build_filename (counter->dir, "agent.sock", NULL);
  counter->agent = fake_agent_new (counter->socket);
  char *command[] = { program, (char *)"--socket", counter->socket, NULL };
  g_assert_true (g_spawn_async (NULL, command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                &counter->window, &error));
}

static void
counter_close (Counter *counter)
{
  int status;

  kill (counter->window, SIGTERM);
  g_assert_cmpint (waitpid (counter->window, &status, 0), ==, counter->window);
  /* a warning would have ended it by SIGTRAP or SIGABRT */
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGTERM);
  fake_agent_free (counter->agent);
  g_unlink (counter->socket);
  g_rmdir (counter->dir);
  g_free (counter->socket);
  g_free (counter->dir);
}

static void
on_drive_ended (GPid pid G_GNUC_UNUSED, int status, gpointer ret_status)
{
  *(int *)ret_status = status;
}

/* Runs tests/ui/drive beside us while the fake agent goes on answering. What libatspi keeps for
 * ever is not our test's business. */
static int
drive (const char *extra, char **ret_output)
{
  g_autofree char *program = g_build_filename (build_dir, "tests", "ui", "drive", NULL);
  const char      *pictures = g_getenv ("MADO_PICTURES");
  g_autofree char *line = g_strdup_printf (
      "printf ABC123 | ASAN_OPTIONS=detect_leaks=0 exec '%s' --pin-fd 0 --kana 'ミホン タカコ' "
      "--phone 048-000-1234 "
      "--email takako@example.jp --postcode 360-0000 %s '%s' %s",
      program, pictures != NULL ? "--screens" : "", pictures != NULL ? pictures : "", extra);
  char *command[] = { (char *)"/bin/sh", (char *)"-c", line, NULL };
  GPid  pid;
  int   status = -1, output;

  g_assert_true (g_spawn_async_with_pipes (NULL, command, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                           NULL, &pid, NULL, &output, NULL, NULL));
  g_child_watch_add (pid, on_drive_ended, &status);
  while (status == -1)
    g_main_context_iteration (NULL, TRUE);
  char   text[2048];
  gssize n = read (output, text, sizeof text - 1);
  text[MAX (n, 0)] = '\0';
  close (output);
  *ret_output = g_strdup (text);
  return status;
}

static void
check_log (FakeAgent *agent, const char *how)
{
  g_autofree char *expected = g_strdup_printf (
      "Begin sign uuid\nConsent %s %s\nPin 6 " PIN_DIGEST " keep\nPersonSeen\n"
      "Contact {\"branch\":\"kumagaya\",\"category\":\"general\",\"email\":\"takako@example.jp\","
      "\"kana\":\"ミホン　タカコ\",\"phone\":\"048-000-1234\",\"postcode\":\"360-0000\"}"
      "\nConfirm\n",
      mado_consent_current ()->version, how);

  g_assert_cmpstr (fake_agent_log (agent), ==, expected);
}

static void
a_hand_goes_the_whole_way (void)
{
  Counter          counter = { 0 };
  g_autofree char *output = NULL;

  counter_open (&counter);
  g_assert_cmpint (drive ("", &output), ==, 0);
  check_log (counter.agent, "touch");
  g_assert_true (g_str_has_suffix (output, "\nA7K3Q2\n"));
  counter_close (&counter);
}

static void
a_keyboard_goes_the_whole_way (void)
{
  Counter          counter = { 0 };
  g_autofree char *output = NULL;

  counter_open (&counter);
  g_assert_cmpint (drive ("--keys", &output), ==, 0);
  check_log (counter.agent, "spoken");
  counter_close (&counter);
}

int
main (int argc, char **argv)
{
  if (g_getenv ("MADO_WITH_DISPLAY") == NULL) {
    char *command[] = { (char *)"tests/ui/with-display", argv[0], NULL };
    g_setenv ("G_DEBUG", "fatal-warnings", TRUE);
    execv (command[0], command);
    return 99;
  }
  g_test_init (&argc, &argv, NULL);
  g_autofree char *tests_ui = g_path_get_dirname (argv[0]);
  g_autofree char *tests = g_path_get_dirname (tests_ui);
  build_dir = g_path_get_dirname (tests);
  g_test_add_func ("/ui/window/a-hand-goes-the-whole-way", a_hand_goes_the_whole_way);
  g_test_add_func ("/ui/window/a-keyboard-goes-the-whole-way", a_keyboard_goes_the_whole_way);
  int status = g_test_run ();
  g_free (build_dir);
  return status;
}
