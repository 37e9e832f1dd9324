#include "app/central/listener.h"

#include "app/central/error.h"
#include "app/central/peer.h"
#include "app/central/visit.h"
#include "app/sync/deflate.h"

#include <gnutls/x509.h>
#include <microhttpd.h>
#include <string.h>
#include <unistd.h>

#define SLOW_S 30U
#define CONNECTIONS_MAX 512U
#define DEFLATE_FROM 512 /* octets; shorter answers gain nothing */
#define PROXY_CERTIFICATE "X-Client-Certificate"

struct _MadoListener {
  struct MHD_Daemon *daemon;
  const MadoRoutes  *routes;
  MadoHouse         *house;
  gboolean           believes_proxy;
  guint16            port;
};

static const char *
header_of (struct MHD_Connection *connection, const char *name)
{
  return MHD_lookup_connection_value (connection, MHD_HEADER_KIND, name);
}

static MadoCert *
certificate_of_session (struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
  unsigned int          n = 0;
  const gnutls_datum_t *chain
      = info != NULL ? gnutls_certificate_get_peers (info->tls_session, &n) : NULL;

  if (chain == NULL || n == 0)
    return NULL;
  g_autoptr (GBytes) der = g_bytes_new (chain[0].data, chain[0].size);
  return mado_cert_parse (der, NULL);
}

/* The proxy has checked that the client holds the key; PEM with %-escapes, as nginx hands it on. */
static MadoCert *
certificate_of_proxy (struct MHD_Connection *connection)
{
  const char      *escaped = header_of (connection, PROXY_CERTIFICATE);
  g_autofree char *pem = escaped != NULL ? g_uri_unescape_string (escaped, NULL) : NULL;

  if (pem == NULL)
    return NULL;
  g_autoptr (GBytes) octets = g_bytes_new (pem, strlen (pem));
  return mado_cert_parse (octets, NULL);
}

static MadoVisit *
begin_visit (MadoListener          *listener,
             struct MHD_Connection *connection,
             const char            *url,
             const char            *method)
{
  MadoVisitHeaders headers = {
    .content_type = header_of (connection, MHD_HTTP_HEADER_CONTENT_TYPE),
    .content_length = header_of (connection, MHD_HTTP_HEADER_CONTENT_LENGTH),
    .content_encoding = header_of (connection, MHD_HTTP_HEADER_CONTENT_ENCODING),
    .authorization = header_of (connection, MHD_HTTP_HEADER_AUTHORIZATION),
  };
  MadoVisit *visit = mado_visit_new (listener->house, listener->routes, method, url, &headers);

  if (mado_visit_needs_terminal (visit)) {
    g_autoptr (MadoCert) cert = listener->believes_proxy ? certificate_of_proxy (connection)
                                                         : certificate_of_session (connection);
    mado_visit_refuse (visit, mado_peer_identify (cert, &visit->exchange));
  }
  return visit;
}

/* Counts what tells where the body ends. */
static enum MHD_Result
count_ends (void *data, enum MHD_ValueKind kind G_GNUC_UNUSED, const char *name, const char *value)
{
  guint *ends = data;

  (void)value;
  *ends += g_ascii_strcasecmp (name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0
           || g_ascii_strcasecmp (name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0;
  return MHD_YES;
}

/* A proxy in front may take the other word, and what it thinks is a body would be a request to us:
 * RFC 9112 §6.3. The library takes one of them. */
static gboolean
is_ambiguous (struct MHD_Connection *connection)
{
  guint ends = 0;

  MHD_get_connection_values (connection, MHD_HEADER_KIND, count_ends, &ends);
  return ends > 1;
}

/* No path of ours has an escape in it: what is written with one is not found, and no %00 ends a
 * path early. */
static size_t
keep_escapes (void *data G_GNUC_UNUSED, struct MHD_Connection *connection G_GNUC_UNUSED, char *text)
{
  return strlen (text);
}

static void
unref_body (void *body)
{
  g_bytes_unref (body);
}

static struct MHD_Response *
make_response (GBytes *body)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (body, &len);

  return MHD_create_response_from_buffer_with_free_callback_cls (len, (void *)data, unref_body,
                                                                 g_bytes_ref (body));
}

static gboolean
takes_deflate (struct MHD_Connection *connection, const MadoReply *reply)
{
  const char *codings = header_of (connection, MHD_HTTP_HEADER_ACCEPT_ENCODING);

  return codings != NULL && strstr (codings, "deflate") != NULL
         && g_str_equal (reply->content_type, "application/json")
         && g_bytes_get_size (reply->body) >= DEFLATE_FROM;
}

static void
add_headers (struct MHD_Response *response, const MadoReply *reply)
{
  g_autofree char *retry = g_strdup_printf ("%" G_GINT64_FORMAT, reply->retry_after);

  MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
  MHD_add_response_header (response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  MHD_add_response_header (response, "X-Content-Type-Options", "nosniff");
  if (reply->retry_after > 0)
    MHD_add_response_header (response, MHD_HTTP_HEADER_RETRY_AFTER, retry);
  if (reply->challenge != NULL)
    MHD_add_response_header (response, MHD_HTTP_HEADER_WWW_AUTHENTICATE, reply->challenge);
  if (reply->transfer_coded != NULL)
    MHD_add_response_header (response, "Content-Transfer-Encoding", reply->transfer_coded);
}

static enum MHD_Result
send_reply (struct MHD_Connection *connection, const MadoReply *reply)
{
  gboolean deflated = takes_deflate (connection, reply);
  g_autoptr (GBytes) body = deflated ? mado_deflate (reply->body) : g_bytes_ref (reply->body);
  struct MHD_Response *response = make_response (body);

  add_headers (response, reply);
  if (deflated)
    MHD_add_response_header (response, MHD_HTTP_HEADER_CONTENT_ENCODING, "deflate");
  enum MHD_Result result = MHD_queue_response (connection, reply->status, response);
  MHD_destroy_response (response);
  return result;
}

/* Called once with the headers, then with each piece of the body, then with none. */
static enum MHD_Result
on_request (void                  *data,
            struct MHD_Connection *connection,
            const char            *url,
            const char            *method,
            const char *version    G_GNUC_UNUSED,
            const char            *upload,
            size_t                *upload_len,
            void                 **state)
{
  MadoListener *listener = data;
  MadoVisit    *visit = *state;

  if (visit == NULL) {
    if (is_ambiguous (connection))
      return MHD_NO;
    *state = begin_visit (listener, connection, url, method);
    return MHD_YES;
  }
  if (*upload_len > 0) {
    gboolean goes_on = mado_visit_push (visit, upload, *upload_len);
    *upload_len = 0;
    return goes_on ? MHD_YES : MHD_NO;
  }
  g_autoptr (MadoReply) reply = mado_visit_serve (visit);
  mado_counters_note_status (&listener->house->counters, reply->status);
  return send_reply (connection, reply);
}

static void
on_completed (void *data                           G_GNUC_UNUSED,
              struct MHD_Connection *connection    G_GNUC_UNUSED,
              void                               **state,
              enum MHD_RequestTerminationCode code G_GNUC_UNUSED)
{
  g_clear_pointer ((MadoVisit **)state, mado_visit_free);
}

/* The library writes to standard error itself; broken handshakes of strangers are no news. */
G_GNUC_PRINTF (2, 0)
static void
on_library_log (void *data G_GNUC_UNUSED, const char *format, va_list args)
{
  g_autofree char *message = g_strdup_vprintf (format, args);

  g_debug ("libmicrohttpd: %s", g_strchomp (message));
}

static struct MHD_Daemon *
start_daemon (MadoListener *listener, int socket, const MadoListenerOptions *options)
{
  unsigned int          flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG;
  struct MHD_OptionItem tls[] = {
    { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)options->certificate },
    { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)options->key },
    { MHD_OPTION_HTTPS_MEM_TRUST, 0, (void *)options->client_root },
    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)"NORMAL:-VERS-ALL:+VERS-TLS1.3" },
    { MHD_OPTION_END, 0, NULL },
  };
  struct MHD_OptionItem none[] = { { MHD_OPTION_END, 0, NULL } };

  if (options->certificate != NULL)
    flags |= MHD_USE_TLS;
  return MHD_start_daemon (
      flags, 0, NULL, NULL, on_request, listener, MHD_OPTION_EXTERNAL_LOGGER, on_library_log, NULL,
      MHD_OPTION_LISTEN_SOCKET, socket, MHD_OPTION_THREAD_POOL_SIZE, options->threads,
      MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, SLOW_S,
      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
      MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_ARRAY,
      options->certificate != NULL ? tls : none, MHD_OPTION_END);
}

MadoListener *
mado_listener_new (const MadoAddress         *address,
                   const MadoListenerOptions *options,
                   MadoHouse                 *house,
                   GError                   **error)
{
  guint16 port;
  int     socket = mado_address_listen (address, &port, error);

  if (socket < 0)
    return NULL;
  MadoListener *listener = g_new0 (MadoListener, 1);
  listener->routes = options->routes;
  listener->house = house;
  listener->believes_proxy = options->believes_proxy;
  listener->port = port;
  listener->daemon = start_daemon (listener, socket, options);
  if (listener->daemon == NULL) {
    close (socket);
    g_free (listener);
    mado_central_raise (error, MADO_CENTRAL_ERROR_LISTEN,
                        "cannot serve: certificate and key do not belong together, or no threads");
    return NULL;
  }
  return listener;
}

guint16
mado_listener_port (const MadoListener *listener)
{
  return listener->port;
}

void
mado_listener_free (MadoListener *listener)
{
  if (listener == NULL)
    return;
  MHD_stop_daemon (listener->daemon);
  g_free (listener);
}
