#include "app/central/server.h"

#include "app/central/listener.h"
#include "app/central/setup.h"

#include <string.h>

#define THREADS 4U

struct _MadoServer {
  MadoHouse     house;
  MadoListener *sync, *metrics; /* metrics: %NULL when nobody asked for it */
  char         *url, *metrics_url;
};

static char *
text_of (GBytes *octets)
{
  gsize       len;
  const char *data = g_bytes_get_data (octets, &len);

  return g_strndup (data, len);
}

static gboolean
open_house (MadoServer *server, const MadoSettings *settings, GError **error)
{
  MadoHouse *house = &server->house;
  g_autoptr (GBytes) kek = mado_settings_read_kek (settings, error);

  if (kek == NULL)
    return FALSE;
  house->clock = mado_clock_new_real ();
  house->attempts = mado_attempts_new ();
  house->authority = mado_setup_load_terminal_authority (settings, error);
  if (house->authority == NULL)
    return FALSE;
  house->centre = mado_centre_open (settings->state_dir, kek, house->clock, error);
  return house->centre != NULL;
}

static char *
url_of (const char *scheme, const char *listen, const MadoAddress *address, guint16 port)
{
  gboolean is_v6 = address->host != NULL && strchr (address->host, ':') != NULL;

  if (address->host == NULL)
    return g_strdup (listen);
  return g_strdup_printf (is_v6 ? "%s://[%s]:%u" : "%s://%s:%u", scheme, address->host, port);
}

static gboolean
serve_proxy (MadoServer         *server,
             const MadoSettings *settings,
             const MadoAddress  *address,
             GError            **error)
{
  MadoListenerOptions options = {
    .routes = &mado_routes_sync,
    .threads = THREADS,
    .believes_proxy = TRUE,
  };

  server->sync = mado_listener_new (address, &options, &server->house, error);
  server->url = g_strdup (settings->sync_listen);
  return server->sync != NULL;
}

static gboolean
serve_tls (MadoServer         *server,
           const MadoSettings *settings,
           const MadoAddress  *address,
           GError            **error)
{
  g_autoptr (GBytes) certificate = mado_setup_read_file (settings->certificate, error);
  g_autoptr (GBytes) key = certificate ? mado_setup_read_file (settings->key, error) : NULL;

  if (key == NULL)
    return FALSE;
  g_autoptr (GBytes) root = mado_cert_pem (mado_authority_root (server->house.authority));
  g_autofree char    *certificate_text = text_of (certificate);
  g_autofree char    *key_text = text_of (key);
  g_autofree char    *root_text = text_of (root);
  MadoListenerOptions options = {
    .routes = &mado_routes_sync,
    .certificate = certificate_text,
    .key = key_text,
    .client_root = root_text,
    .threads = THREADS,
  };
  server->sync = mado_listener_new (address, &options, &server->house, error);
  explicit_bzero (key_text, strlen (key_text));
  if (server->sync == NULL)
    return FALSE;
  server->url = url_of ("https", settings->sync_listen, address, mado_listener_port (server->sync));
  return TRUE;
}

static gboolean
serve_sync (MadoServer *server, const MadoSettings *settings, GError **error)
{
  g_auto (MadoAddress) address = { 0 };

  mado_address_parse (settings->sync_listen, &address);
  return address.unix_path != NULL ? serve_proxy (server, settings, &address, error)
                                   : serve_tls (server, settings, &address, error);
}

static gboolean
serve_metrics (MadoServer *server, const MadoSettings *settings, GError **error)
{
  g_auto (MadoAddress) address = { 0 };
  MadoListenerOptions options = { .routes = &mado_routes_metrics, .threads = 1 };

  if (settings->metrics_listen == NULL)
    return TRUE;
  mado_address_parse (settings->metrics_listen, &address);
  server->metrics = mado_listener_new (&address, &options, &server->house, error);
  if (server->metrics == NULL)
    return FALSE;
  g_autofree char *base
      = url_of ("http", settings->metrics_listen, &address, mado_listener_port (server->metrics));
  server->metrics_url = g_strconcat (base, "/metrics", NULL);
  return TRUE;
}

MadoServer *
mado_server_new (const MadoSettings *settings, GError **error)
{
  g_autoptr (MadoServer) server = g_new0 (MadoServer, 1);

  if (!open_house (server, settings, error) || !serve_sync (server, settings, error)
      || !serve_metrics (server, settings, error))
    return NULL;
  return g_steal_pointer (&server);
}

void
mado_server_free (MadoServer *server)
{
  if (server == NULL)
    return;
  mado_listener_free (server->sync);
  mado_listener_free (server->metrics);
  mado_centre_free (server->house.centre);
  mado_authority_free (server->house.authority);
  mado_attempts_free (server->house.attempts);
  mado_clock_free (server->house.clock);
  g_free (server->url);
  g_free (server->metrics_url);
  g_free (server);
}

const char *
mado_server_url (const MadoServer *server)
{
  return server->url;
}

const char *
mado_server_metrics_url (const MadoServer *server)
{
  return server->metrics_url;
}
