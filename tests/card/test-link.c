/* The line to vpcd, with the test as vpcd. */
#include "tests/card/link.h"
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

typedef struct {
  int           listener, peer;
  MadoVpcdLink *link;
} Line;

static guint16
listen_somewhere (int listener)
{
  struct sockaddr_in address
      = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t len = sizeof address;

  g_assert_cmpint (bind (listener, (struct sockaddr *)&address, len), ==, 0);
  g_assert_cmpint (listen (listener, 1), ==, 0);
  g_assert_cmpint (getsockname (listener, (struct sockaddr *)&address, &len), ==, 0);
  return ntohs (address.sin_port);
}

static void
set_up (Line *line, G_GNUC_UNUSED gconstpointer data)
{
  line->listener = socket (AF_INET, SOCK_STREAM, 0);
  line->link = mado_vpcd_link_open ("127.0.0.1", listen_somewhere (line->listener));
  g_assert_nonnull (line->link);
  line->peer = accept (line->listener, NULL, NULL);
  g_assert_cmpint (line->peer, >=, 0);
}

static void
tear_down (Line *line, G_GNUC_UNUSED gconstpointer data)
{
  mado_vpcd_link_close (line->link);
  close (line->peer);
  close (line->listener);
}

static void
say (Line *line, const char *octets, gsize len)
{
  g_assert_cmpint (send (line->peer, octets, len, MSG_NOSIGNAL), ==, len);
  while (recv (mado_vpcd_link_fd (line->link), &(char){ 0 }, 1, MSG_PEEK) != 1)
    ;
  g_assert_true (mado_vpcd_link_receive (line->link));
}

static void
expect_message (Line *line, const char *octets, gsize len)
{
  g_autoptr (GByteArray) message = mado_vpcd_link_next (line->link);

  g_assert_nonnull (message);
  g_assert_cmpmem (message->data, message->len, octets, len);
}

static void
test_pieces (Line *line, G_GNUC_UNUSED gconstpointer data)
{
  say (line, "\0", 1);
  g_assert_null (mado_vpcd_link_next (line->link));
  say (line, "\1", 1);
  g_assert_null (mado_vpcd_link_next (line->link));
  say (line, "\4\0\2\0\xA4\0", 6);
  expect_message (line, "\4", 1);
  expect_message (line, "\0\xA4", 2);
  g_assert_null (mado_vpcd_link_next (line->link));
}

static void
test_answer (Line *line, G_GNUC_UNUSED gconstpointer data)
{
  char got[8];

  g_assert_true (mado_vpcd_link_send (line->link, (const guint8 *)"\x90\0", 2));
  g_assert_cmpint (recv (line->peer, got, sizeof got, 0), ==, 4);
  g_assert_cmpmem (got, 4, "\0\2\x90\0", 4);
}

static void
test_end (Line *line, G_GNUC_UNUSED gconstpointer data)
{
  close (line->peer);
  line->peer = dup (0);
  while (recv (mado_vpcd_link_fd (line->link), &(char){ 0 }, 1, MSG_PEEK) != 0)
    ;
  g_assert_false (mado_vpcd_link_receive (line->link));
}

static void
test_break (Line *line, G_GNUC_UNUSED gconstpointer data)
{
  char got[8];

  mado_vpcd_link_break (g_steal_pointer (&line->link));
  g_assert_cmpint (recv (line->peer, got, 2, MSG_WAITALL), ==, 2);
  g_assert_cmpint (got[1], >, 0);
  g_assert_cmpint (recv (line->peer, got, 1, 0), ==, -1);
  g_assert_cmpint (errno, ==, ECONNRESET);
}

static void
test_nobody_there (void)
{
  int     listener = socket (AF_INET, SOCK_STREAM, 0);
  guint16 port = listen_somewhere (listener);

  close (listener);
  g_assert_null (mado_vpcd_link_open ("127.0.0.1", port));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/card/link/pieces", Line, NULL, set_up, test_pieces, tear_down);
  g_test_add ("/card/link/answer", Line, NULL, set_up, test_answer, tear_down);
  g_test_add ("/card/link/end", Line, NULL, set_up, test_end, tear_down);
  g_test_add ("/card/link/break", Line, NULL, set_up, test_break, tear_down);
  g_test_add_func ("/card/link/nobody-there", test_nobody_there);
  return g_test_run ();
}
