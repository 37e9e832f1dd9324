/* ui/client.h - the window's line to the agent: what it said last, and what we tell it.
 *
 * Every call is asynchronous; nothing here waits. When the agent is away, what it said is dropped
 * at once (it may hold a person) and the line is tried again every two seconds.
 *
 * Signals: "changed" () when any document changed or the agent came or went;
 *          "refused" (gint failure) when a call was answered with an error.
 */
#pragma once
#include "app/base/failure.h"
#include "app/base/secret.h"
#include <gio/gio.h>
#include <json-glib/json-glib.h>

#define MADO_TYPE_CLIENT (mado_client_get_type ())
G_DECLARE_FINAL_TYPE (MadoClient, mado_client, MADO, CLIENT, GObject)

/** @socket: path of the agent's socket. Nothing is connected before mado_client_start(). */
MadoClient *mado_client_new (const char *socket);
void        mado_client_start (MadoClient *client);

/** Tries the line now instead of waiting for the next turn. */
void mado_client_try_now (MadoClient *client);

/* What the agent said last; %NULL before, and while it is away. Stay the client's. */
gboolean    mado_client_is_reachable (MadoClient *client);
JsonObject *mado_client_state (MadoClient *client);
JsonObject *mado_client_status (MadoClient *client);
JsonObject *mado_client_applications (MadoClient *client);

/* One event of the session each. */
void mado_client_begin (MadoClient *client, const char *application);
void mado_client_consent (MadoClient *client, const char *version, gboolean spoken);
void mado_client_person_seen (MadoClient *client);
void mado_client_contact (MadoClient *client, JsonObject *fields);
void mado_client_confirm (MadoClient *client);
void mado_client_back (MadoClient *client);
void mado_client_retry (MadoClient *client);
void mado_client_cancel (MadoClient *client);

/**
 * mado_client_pin:
 * @secret: (transfer full): written into a pipe by a worker and wiped at once
 *
 * The reading end of the pipe goes to the agent; the octets are in no message.
 */
void mado_client_pin (MadoClient *client, MadoSecret *secret, gboolean spend_last_try);

/** Asks for status and list again. */
void mado_client_refresh (MadoClient *client);
