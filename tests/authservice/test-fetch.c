/* What a responder may say over HTTP, and what is not taken from it. */
#include "app/authservice/fetch.h"

#include <gio/gio.h>
#include <string.h>

/* One connection, one answer. */
typedef struct {
  GSocketListener *listener;
  GThread         *thread;
  char            *url;
  char            *answer;
  gsize            len;
} Responder;

static gpointer
answer_one (gpointer data)
{
  Responder *responder = data;
  g_autoptr (GSocketConnection) connection
      = g_socket_listener_accept (responder->listener, NULL, NULL, NULL);
  char request[4096];

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request,
                       sizeof request, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             responder->answer, responder->len, NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return NULL;
}

static void
start (Responder *responder, const char *scheme, const char *head, gsize body_len)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) at = NULL;
  g_autofree char *body = g_strnfill (body_len, 'x');

  responder->listener = g_socket_listener_new ();
  g_assert_true (g_socket_listener_add_address (responder->listener, any, G_SOCKET_TYPE_STREAM,
                                                G_SOCKET_PROTOCOL_TCP, NULL, &at, NULL));
  responder->url = g_strdup_printf ("%s://127.0.0.1:%u/", scheme,
                                    g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (at)));
  responder->answer
      = g_strdup_printf ("%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", head, body_len, body);
  responder->len = strlen (responder->answer);
  responder->thread = g_thread_new ("responder", answer_one, responder);
}

static void
stop (Responder *responder)
{
  g_thread_join (responder->thread);
  g_object_unref (responder->listener);
  g_free (responder->url);
  g_free (responder->answer);
}

/* @reason %NULL: taken. */
static void
assert_fetch (const char *scheme, const char *head, gsize body_len, const char *reason)
{
  Responder responder = { 0 };
  g_autoptr (GBytes) request = g_bytes_new_static ("question", 8);
  g_autofree char *why = NULL;

  start (&responder, scheme, head, body_len);
  g_autoptr (GBytes) answer = mado_ocsp_fetch (responder.url, request, &why);
  stop (&responder);
  g_assert_cmpstr (why, ==, reason);
  if (reason == NULL)
    g_assert_cmpuint (g_bytes_get_size (answer), ==, body_len);
  else
    g_assert_null (answer);
}

#define OK "HTTP/1.1 200 OK\r\nConnection: close\r\n"
#define RIGHT_TYPE "Content-Type: application/ocsp-response\r\n"

static void
test_taken (void)
{
  assert_fetch ("http", OK RIGHT_TYPE, 100, NULL);
  assert_fetch ("http", OK RIGHT_TYPE, 64 * 1024, NULL);
}

static void
test_too_large (void)
{
  assert_fetch ("http", OK RIGHT_TYPE, 64 * 1024 + 1, "too-large");
}

/* A portal that wants a sign-in answers everything with a page of its own. */
static void
test_content_type (void)
{
  assert_fetch ("http", OK "Content-Type: text/html\r\n", 100, "content-type");
  assert_fetch ("http", OK "Content-Type: application/ocsp-responses\r\n", 100, "content-type");
  assert_fetch ("http", OK "Content-Type: application/ocsp-response; a=b\r\n", 100, NULL);
  assert_fetch ("http", OK, 100, "content-type");
}

static void
test_redirect_is_not_followed (void)
{
  assert_fetch ("http",
                "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nConnection: close\r\n", 0,
                "http-302");
}

static void
test_status (void)
{
  assert_fetch ("http", "HTTP/1.1 503 Closed\r\nConnection: close\r\n" RIGHT_TYPE, 10, "http-503");
}

static void
test_no_http (void)
{
  assert_fetch ("http", "hello\r\n", 0, "unreachable");
}

static void
test_no_tls (void)
{
  assert_fetch ("https", OK RIGHT_TYPE, 100, "tls");
}

static void
test_urls (void)
{
  static const char *const good[]
      = { "http://127.0.0.1:18889/ocsp/sign", "https://ocsp.example.jp/" };
  static const char *const bad[]
      = { "", "ocsp.example.jp", "ftp://ocsp.example.jp/", "file:///etc/passwd", "http://" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (mado_ocsp_is_url (good[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (mado_ocsp_is_url (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("no_proxy", "127.0.0.1", TRUE);
  g_test_add_func ("/authservice/fetch/taken", test_taken);
  g_test_add_func ("/authservice/fetch/too-large", test_too_large);
  g_test_add_func ("/authservice/fetch/content-type", test_content_type);
  g_test_add_func ("/authservice/fetch/redirect-is-not-followed", test_redirect_is_not_followed);
  g_test_add_func ("/authservice/fetch/status", test_status);
  g_test_add_func ("/authservice/fetch/no-http", test_no_http);
  g_test_add_func ("/authservice/fetch/no-tls", test_no_tls);
  g_test_add_func ("/authservice/fetch/urls", test_urls);
  return g_test_run ();
}
