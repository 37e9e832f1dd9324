#include "ui/client.h"

#include "app/agent/dbus/agent-dbus.h"
#include "app/base/json.h"
#include "ui/pin-pipe.h"

#include <gio/gunixfdlist.h>
#include <string.h>

#define AGENT_PATH "/jp/madoguchi/Agent"
#define RETRY_S 2

struct _MadoClient {
  GObject           parent;
  char             *socket;
  GCancellable     *ended, *listing; /* listing: the question for the list under way */
  GDBusConnection  *connection;
  MadoDBusSession1 *session;
  MadoDBusAgent1   *agent;
  JsonObject       *state, *status, *applications;
  guint             retry;
  gboolean          connecting;
};

G_DEFINE_FINAL_TYPE (MadoClient, mado_client, G_TYPE_OBJECT)

enum { CHANGED, REFUSED, LAST_SIGNAL };
static guint signals[LAST_SIGNAL];

static void connect_line (MadoClient *client);

static void
tell_changed (MadoClient *client)
{
  g_signal_emit (client, signals[CHANGED], 0);
}

static void
forget (MadoClient *client)
{
  g_clear_pointer (&client->state, json_object_unref);
  g_clear_pointer (&client->status, json_object_unref);
  g_clear_pointer (&client->applications, json_object_unref);
  g_clear_object (&client->session);
  g_clear_object (&client->agent);
  g_clear_object (&client->connection);
}

static gboolean
on_retry (gpointer data)
{
  MadoClient *client = data;

  client->retry = 0;
  connect_line (client);
  return G_SOURCE_REMOVE;
}

static void
try_later (MadoClient *client)
{
  if (client->retry == 0)
    client->retry = g_timeout_add_seconds (RETRY_S, on_retry, client);
}

static void
on_closed (GDBusConnection         *connection,
           gboolean remote_vanished G_GNUC_UNUSED,
           GError *error            G_GNUC_UNUSED,
           MadoClient              *client)
{
  g_signal_handlers_disconnect_by_data (connection, client);
  forget (client);
  try_later (client);
  tell_changed (client);
}

/* A document that does not parse is a document we do not have. */
static void
take_document (MadoClient *client, JsonObject **place, const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonObject *document = mado_json_parse_object (text, strlen (text), &error);

  if (document == NULL)
    g_debug ("agent's document: %s", error->message);
  g_clear_pointer (place, json_object_unref);
  *place = document;
  tell_changed (client);
}

/* "GDBus.Error:jp.madoguchi.Error.MADO_BUSY: …": the code is the last part of the name. */
static MadoFailure
failure_of (const GError *error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (error);
  const char      *code = name != NULL ? strrchr (name, '.') : NULL;

  if (code != NULL && g_str_has_prefix (name, "jp.madoguchi.Error."))
    return mado_failure_from_code (code + 1);
  return MADO_FAILURE_AGENT_UNREACHABLE;
}

/* Whether @proxy is a line that is still there: what an earlier one answers late is about a sitting
 * that has ended, and the page for it is gone. */
static gboolean
is_ours (MadoClient *client, gpointer proxy)
{
  return client->connection != NULL
         && g_dbus_proxy_get_connection (G_DBUS_PROXY (proxy)) == client->connection;
}

static void
tell_refused (MadoClient *client, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (client, signals[REFUSED], 0, failure_of (error));
}

/* The answer of every event that returns nothing: the state itself comes by signal. */
static void
on_event_done (GObject *proxy, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_proxy_call_finish (G_DBUS_PROXY (proxy), result, &error);

  if (answer == NULL && is_ours (client, proxy))
    tell_refused (client, error);
}

static void
on_state (GObject *proxy, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  mado_dbus_session1_call_get_state_finish (MADO_DBUS_SESSION1 (proxy), &text, result, &error);
  if (!is_ours (client, proxy))
    return;
  if (text != NULL)
    take_document (client, &client->state, text);
  else
    tell_refused (client, error);
}

static void
on_status (GObject *proxy, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;
  g_autofree char *text = NULL;

  if (mado_dbus_agent1_call_status_finish (MADO_DBUS_AGENT1 (proxy), &text, result, NULL)
      && is_ours (client, proxy))
    take_document (client, &client->status, text);
}

static void
on_applications (GObject *proxy, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;
  g_autofree char *text = NULL;

  if (mado_dbus_agent1_call_applications_finish (MADO_DBUS_AGENT1 (proxy), &text, result, NULL)
      && is_ours (client, proxy))
    take_document (client, &client->applications, text);
}

/* A worker reads the list: only the newest question's answer is the newest list. */
static void
ask_applications (MadoClient *client)
{
  if (client->agent == NULL)
    return;
  g_cancellable_cancel (client->listing);
  g_clear_object (&client->listing);
  client->listing = g_cancellable_new ();
  mado_dbus_agent1_call_applications (client->agent, "{}", client->listing, on_applications,
                                      g_object_ref (client));
}

void
mado_client_refresh (MadoClient *client)
{
  if (client->agent == NULL)
    return;
  mado_dbus_agent1_call_status (client->agent, client->ended, on_status, g_object_ref (client));
  ask_applications (client);
}

static void
on_state_changed (MadoDBusSession1 *session G_GNUC_UNUSED, const char *text, MadoClient *client)
{
  take_document (client, &client->state, text);
  /* a sitting that ended may have left an application behind */
  if (client->state != NULL && g_strcmp0 (mado_json_string (client->state, "state"), "idle") == 0)
    mado_client_refresh (client);
}

static void
on_status_changed (MadoDBusAgent1 *agent G_GNUC_UNUSED, const char *text, MadoClient *client)
{
  take_document (client, &client->status, text);
  ask_applications (client); /* what was sent meanwhile is no longer waiting */
}

static void
on_agent_proxy (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;

  MadoDBusAgent1 *agent = mado_dbus_agent1_proxy_new_finish (result, NULL);
  if (agent == NULL || !is_ours (client, agent)) {
    g_clear_object (&agent);
    return;
  }
  client->agent = agent;
  g_signal_connect_object (client->agent, "status-changed", G_CALLBACK (on_status_changed), client,
                           0);
  mado_client_refresh (client);
}

static void
on_session_proxy (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;

  MadoDBusSession1 *session = mado_dbus_session1_proxy_new_finish (result, NULL);
  if (session == NULL || !is_ours (client, session)) {
    g_clear_object (&session);
    return;
  }
  client->session = session;
  g_signal_connect_object (client->session, "changed", G_CALLBACK (on_state_changed), client, 0);
  mado_dbus_session1_call_get_state (client->session, client->ended, on_state,
                                     g_object_ref (client));
}

static void
make_proxies (MadoClient *client)
{
  const GDBusProxyFlags flags = G_DBUS_PROXY_FLAGS_DO_NOT_LOAD_PROPERTIES;

  mado_dbus_session1_proxy_new (client->connection, flags, NULL, AGENT_PATH, client->ended,
                                on_session_proxy, g_object_ref (client));
  mado_dbus_agent1_proxy_new (client->connection, flags, NULL, AGENT_PATH, client->ended,
                              on_agent_proxy, g_object_ref (client));
}

static void
on_connected (GObject *source G_GNUC_UNUSED, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;
  g_autoptr (GError) error = NULL;

  client->connecting = FALSE;
  client->connection = g_dbus_connection_new_for_address_finish (result, &error);
  if (client->connection == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      try_later (client);
    return;
  }
  g_dbus_connection_set_exit_on_close (client->connection, FALSE);
  g_signal_connect (client->connection, "closed", G_CALLBACK (on_closed), client);
  make_proxies (client);
}

static void
connect_line (MadoClient *client)
{
  if (client->connecting || client->connection != NULL)
    return;
  g_autofree char *escaped = g_dbus_address_escape_value (client->socket);
  g_autofree char *address = g_strconcat ("unix:path=", escaped, NULL);
  client->connecting = TRUE;
  g_dbus_connection_new_for_address (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                                     client->ended, on_connected, g_object_ref (client));
}

void
mado_client_start (MadoClient *client)
{
  connect_line (client);
}

void
mado_client_try_now (MadoClient *client)
{
  connect_line (client);
}

gboolean
mado_client_is_reachable (MadoClient *client)
{
  return client->state != NULL;
}

JsonObject *
mado_client_state (MadoClient *client)
{
  return client->state;
}

JsonObject *
mado_client_status (MadoClient *client)
{
  return client->status;
}

JsonObject *
mado_client_applications (MadoClient *client)
{
  return client->applications;
}

static void
send (MadoClient *client, const char *method, GVariant *arguments)
{
  if (client->session == NULL) {
    if (arguments != NULL)
      g_variant_unref (g_variant_ref_sink (arguments));
    g_signal_emit (client, signals[REFUSED], 0, MADO_FAILURE_AGENT_UNREACHABLE);
    return;
  }
  g_dbus_proxy_call (G_DBUS_PROXY (client->session), method, arguments, G_DBUS_CALL_FLAGS_NONE,
                     G_MAXINT, client->ended, on_event_done, g_object_ref (client));
}

void
mado_client_begin (MadoClient *client, const char *application)
{
  send (client, "Begin", g_variant_new ("(ss)", "sign", application));
}

void
mado_client_consent (MadoClient *client, const char *version, gboolean spoken)
{
  send (client, "Consent", g_variant_new ("(ss)", version, spoken ? "spoken" : "touch"));
}

void
mado_client_person_seen (MadoClient *client)
{
  send (client, "PersonSeen", NULL);
}

void
mado_client_contact (MadoClient *client, JsonObject *fields)
{
  g_autofree char *text = mado_json_canonical_object (fields);

  send (client, "Contact", g_variant_new ("(s)", text));
}

void
mado_client_confirm (MadoClient *client)
{
  send (client, "Confirm", NULL);
}

void
mado_client_back (MadoClient *client)
{
  send (client, "Back", NULL);
}

void
mado_client_retry (MadoClient *client)
{
  send (client, "Retry", NULL);
}

void
mado_client_cancel (MadoClient *client)
{
  send (client, "Cancel", NULL);
}

static void
on_pin_done (GObject *proxy, GAsyncResult *result, gpointer data)
{
  g_autoptr (MadoClient) client = data;
  g_autoptr (GError) error = NULL;

  if (!mado_dbus_session1_call_pin_finish (MADO_DBUS_SESSION1 (proxy), NULL, result, &error)
      && is_ours (client, proxy))
    tell_refused (client, error);
}

static void
send_end (MadoClient *client, int fd, gboolean spend_last_try)
{
  g_autoptr (GUnixFDList) list = g_unix_fd_list_new_from_array (&fd, 1);

  mado_dbus_session1_call_pin (client->session, g_variant_new_handle (0), spend_last_try, list,
                               client->ended, on_pin_done, g_object_ref (client));
}

void
mado_client_pin (MadoClient *client, MadoSecret *secret, gboolean spend_last_try)
{
  int      fd = -1;
  gboolean opened = FALSE;

  if (client->session == NULL)
    mado_secret_free (secret);
  else
    opened = mado_pin_pipe_open (secret, &fd);
  if (opened)
    send_end (client, fd, spend_last_try);
  else
    g_signal_emit (client, signals[REFUSED], 0, MADO_FAILURE_AGENT_UNREACHABLE);
}

static void
mado_client_dispose (GObject *object)
{
  MadoClient *client = MADO_CLIENT (object);

  g_cancellable_cancel (client->ended);
  g_cancellable_cancel (client->listing);
  g_clear_handle_id (&client->retry, g_source_remove);
  if (client->connection != NULL)
    g_signal_handlers_disconnect_by_data (client->connection, client);
  forget (client);
  G_OBJECT_CLASS (mado_client_parent_class)->dispose (object);
}

static void
mado_client_finalize (GObject *object)
{
  MadoClient *client = MADO_CLIENT (object);

  g_clear_object (&client->ended);
  g_clear_object (&client->listing);
  g_free (client->socket);
  G_OBJECT_CLASS (mado_client_parent_class)->finalize (object);
}

static void
mado_client_class_init (MadoClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mado_client_dispose;
  object_class->finalize = mado_client_finalize;
  signals[CHANGED] = g_signal_new ("changed", MADO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", MADO_TYPE_CLIENT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
mado_client_init (MadoClient *client)
{
  client->ended = g_cancellable_new ();
}

MadoClient *
mado_client_new (const char *socket)
{
  MadoClient *client = g_object_new (MADO_TYPE_CLIENT, NULL);

  client->socket = g_strdup (socket);
  return client;
}
