#include "pcsc/pcsclite.h"

#include "app/base/secret.h"
#include "pcsc/deadline.h"
#include "pcsc/scard.h"

#include <string.h>

#define INS_VERIFY 0x20

/* Shared with the threads that call the service: whoever lets go of it last hangs up. A thread past
 * its deadline has it for itself. */
typedef struct {
  char        *reader;
  SCARDCONTEXT context;
  gboolean     has_context;
  SCARDHANDLE  card;
  gboolean     has_card;
  DWORD        protocol;

  MadoSecret *secret;                       /* the command when it carries a PIN */
  guint8      command[MADO_TRANSPORT_ROOM]; /* any other */
  gsize       command_len;
  guint8      response[MADO_TRANSPORT_ROOM];
  DWORD       response_len;
  LONG        status; /* of the last call */
} Connection;

typedef struct {
  MadoTransport transport;
  Connection   *connection;
  guint         deadline_ms;
  gboolean      late; /* a thread of ours has not come back */
  gboolean      lost;
} Pcsclite;

static void
hang_up (gpointer data)
{
  Connection *connection = data;

  if (connection->has_card) {
    SCardEndTransaction (connection->card, SCARD_LEAVE_CARD);
    SCardDisconnect (connection->card, SCARD_UNPOWER_CARD);
  }
  if (connection->has_context)
    SCardReleaseContext (connection->context);
  connection->has_card = FALSE;
  connection->has_context = FALSE;
}

static void
connection_clear (gpointer data)
{
  Connection *connection = data;

  hang_up (connection);
  mado_secret_free (connection->secret);
  g_free (connection->reader);
}

static void
connect_card (gpointer data)
{
  Connection *connection = data;

  connection->status = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &connection->context);
  connection->has_context = connection->status == SCARD_S_SUCCESS;
  if (!connection->has_context)
    return;
  connection->status = SCardConnect (connection->context, connection->reader, SCARD_SHARE_EXCLUSIVE,
                                     SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &connection->card,
                                     &connection->protocol);
  connection->has_card = connection->status == SCARD_S_SUCCESS;
  if (connection->has_card)
    connection->status = SCardBeginTransaction (connection->card);
}

static void
exchange (gpointer data)
{
  Connection             *connection = data;
  const SCARD_IO_REQUEST *protocol
      = connection->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
  const guint8 *command
      = connection->secret != NULL ? mado_secret_data (connection->secret) : connection->command;

  connection->response_len = sizeof connection->response;
  connection->status = SCardTransmit (connection->card, protocol, command, connection->command_len,
                                      NULL, connection->response, &connection->response_len);
  mado_secret_free (g_steal_pointer (&connection->secret));
}

/* The octets outlive this call when the card does not answer in time, so they are copied; a PIN
 * only into a locked page. */
static gboolean
put_command (Connection *connection, const guint8 *command, gsize len, GError **error)
{
  if (len > sizeof connection->command)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_FORBIDDEN,
                            "a command of %" G_GSIZE_FORMAT " octets", len);
  connection->command_len = len;
  if (len <= 5 || command[1] != INS_VERIFY) {
    memcpy (connection->command, command, len);
    return TRUE;
  }
  connection->secret = mado_secret_new (error);
  if (connection->secret == NULL)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    mado_secret_push (connection->secret, command[i]);
  return TRUE;
}

/* Runs @work on the connection; FALSE, with the error set, past the deadline. */
static gboolean
run (Pcsclite *self, void (*work) (gpointer), GError **error)
{
  if (mado_deadline_run (work, self->connection, connection_clear, self->deadline_ms))
    return TRUE;
  self->late = TRUE;
  return mado_pcsc_raise (error, MADO_PCSC_ERROR_TIMEOUT, "no answer within %u ms",
                          self->deadline_ms);
}

static gboolean
take_response (const Connection *connection, guint8 *response, gsize *response_len, GError **error)
{
  if (connection->status != SCARD_S_SUCCESS)
    return mado_scard_raise (error, connection->status, MADO_SCARD_IN_USE, "APDU");
  /* How some drivers tell that the card has gone. */
  if (connection->response_len == 0)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_CARD_REMOVED, "APDU: answered with nothing");
  if (connection->response_len > *response_len)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL, "APDU: an answer of %lu octets",
                            connection->response_len);
  memcpy (response, connection->response, connection->response_len);
  *response_len = connection->response_len;
  return TRUE;
}

static gboolean
transmit (MadoTransport *transport,
          const guint8  *command,
          gsize          command_len,
          guint8        *response,
          gsize         *response_len,
          GError       **error)
{
  Pcsclite *self = (Pcsclite *)transport;

  if (self->late)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_TIMEOUT, "the card has not answered yet");
  if (self->lost)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_CARD_REMOVED, "the card was away");
  if (put_command (self->connection, command, command_len, error) && run (self, exchange, error)
      && take_response (self->connection, response, response_len, error))
    return TRUE;
  self->lost = TRUE;
  return FALSE;
}

/* Hanging up may hang too. */
static void
close_card (MadoTransport *transport)
{
  Pcsclite *self = (Pcsclite *)transport;

  if (!self->late)
    self->late = !run (self, hang_up, NULL);
  g_atomic_rc_box_release_full (self->connection, connection_clear);
  g_free (self);
}

static const MadoTransportClass pcsclite = { transmit, close_card };

MadoTransport *
mado_pcsclite_open (const char *reader, guint deadline_ms, GError **error)
{
  g_autoptr (MadoTransport) transport = NULL;
  Pcsclite *self = g_new0 (Pcsclite, 1);

  transport = &self->transport;
  transport->klass = &pcsclite;
  self->deadline_ms = deadline_ms;
  self->connection = g_atomic_rc_box_new0 (Connection);
  self->connection->reader = g_strdup (reader);
  if (!run (self, connect_card, error))
    return NULL;
  if (self->connection->status != SCARD_S_SUCCESS) {
    mado_scard_raise (error, self->connection->status, MADO_SCARD_OPENING, "opening the card");
    return NULL;
  }
  return g_steal_pointer (&transport);
}
