#include "app/agent/error.h"
#include "app/agent/secret-pipe.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct {
  GMainLoop  *loop;
  MadoSecret *secret;
  GError     *error;
} Arrival;

static void
on_arrived (MadoSecret *secret, const GError *error, gpointer data)
{
  Arrival *arrival = data;

  arrival->secret = secret;
  arrival->error = error != NULL ? g_error_copy (error) : NULL;
  g_main_loop_quit (arrival->loop);
}

/* Writes the @n_parts with a turn of the loop between them, closes, and waits for the answer. */
static void
send_parts (Arrival *ret_arrival, const char *const *parts, gsize n_parts)
{
  int ends[2];

  *ret_arrival = (Arrival){ g_main_loop_new (NULL, FALSE) };
  g_assert_cmpint (pipe (ends), ==, 0);
  g_assert_nonnull (mado_secret_pipe_read (ends[0], on_arrived, ret_arrival, NULL));
  for (gsize i = 0; i < n_parts; i++) {
    g_assert_cmpint (write (ends[1], parts[i], strlen (parts[i])), ==, (int)strlen (parts[i]));
    g_main_context_iteration (NULL, FALSE);
  }
  close (ends[1]);
  if (ret_arrival->secret == NULL && ret_arrival->error == NULL)
    g_main_loop_run (ret_arrival->loop);
}

static void
arrival_clear (Arrival *arrival)
{
  g_main_loop_unref (arrival->loop);
  mado_secret_free (arrival->secret);
  g_clear_error (&arrival->error);
}

static void
assert_secret (const MadoSecret *secret, const char *octets)
{
  g_assert_cmpuint (mado_secret_len (secret), ==, strlen (octets));
  g_assert_cmpint (memcmp (mado_secret_data (secret), octets, strlen (octets)), ==, 0);
}

static void
test_stops_at_the_newline (void)
{
  const char *parts[] = { "AB", "C123\nrest" };
  Arrival     arrival;

  send_parts (&arrival, parts, 2);
  g_assert_no_error (arrival.error);
  assert_secret (arrival.secret, "ABC123");
  arrival_clear (&arrival);
}

static void
test_stops_at_the_end (void)
{
  const char *parts[] = { "1234" };
  Arrival     arrival;

  send_parts (&arrival, parts, 1);
  assert_secret (arrival.secret, "1234");
  arrival_clear (&arrival);
}

static void
test_too_long_is_no_secret (void)
{
  g_autofree char *text = g_strnfill (MADO_SECRET_MAX + 1, 'A');
  const char      *parts[] = { text };
  Arrival          arrival;

  send_parts (&arrival, parts, 1);
  g_assert_null (arrival.secret);
  g_assert_error (arrival.error, MADO_AGENT_ERROR, MADO_FAILURE_PIN_MALFORMED);
  arrival_clear (&arrival);
}

static void
test_freed_before_it_arrived (void)
{
  int     ends[2];
  Arrival arrival = { NULL };

  g_assert_cmpint (pipe (ends), ==, 0);
  mado_secret_pipe_free (mado_secret_pipe_read (ends[0], on_arrived, &arrival, NULL));
  close (ends[1]);
  g_assert_false (g_main_context_iteration (NULL, FALSE));
  g_assert_null (arrival.secret);
}

/* A file could be on a file system whose reads never come back. */
static void
test_a_file_is_no_pipe (void)
{
  g_autoptr (GError) error = NULL;
  int fd = open ("Makefile", O_RDONLY | O_CLOEXEC);

  g_assert_null (mado_secret_pipe_read (fd, on_arrived, NULL, &error));
  g_assert_error (error, MADO_AGENT_ERROR, MADO_FAILURE_USAGE);
  g_assert_cmpint (fcntl (fd, F_GETFD), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/secret-pipe/stops-at-the-newline", test_stops_at_the_newline);
  g_test_add_func ("/agent/secret-pipe/stops-at-the-end", test_stops_at_the_end);
  g_test_add_func ("/agent/secret-pipe/too-long-is-no-secret", test_too_long_is_no_secret);
  g_test_add_func ("/agent/secret-pipe/freed-before-it-arrived", test_freed_before_it_arrived);
  g_test_add_func ("/agent/secret-pipe/a-file-is-no-pipe", test_a_file_is_no_pipe);
  return g_test_run ();
}
