/* A smart-card service that does what a real one seldom does: the calls of libpcsclite are played
 * here, and look at how they are called. */
#include "pcsc/error.h"
#include "pcsc/pcsclite.h"
#include "pcsc/reader.h"
#include "pcsc/scard.h"

#include <string.h>

#define READER "Played Reader 00 00"

/* What the service does, set by each test; and what was done to it. */
static struct {
  const char *names; /* as SCardListReaders gives them; NULL: no reader */
  LONG        connect, begin, transmit;
  LONG        states[4]; /* of SCardGetStatusChange, one after another */
  gsize       answer_len;
  DWORD       protocol;

  GMutex   lock;
  GCond    changed;
  gboolean hang;    /* SCardTransmit does not come back */
  gboolean hanging; /* one does not just now */

  guint    contexts, cards, transactions; /* open now */
  guint    transmits, disconnects, looks;
  DWORD    disposition;
  guint8   last[64];
  gboolean spoke_t0;
} service;

static void
service_reset (void)
{
  g_assert_cmpuint (service.contexts, ==, 0);
  g_assert_cmpuint (service.cards, ==, 0);
  g_assert_cmpuint (service.transactions, ==, 0);
  memset (&service, 0, sizeof service);
  service.names = READER "\0";
  service.answer_len = 2;
  service.protocol = SCARD_PROTOCOL_T1;
}

LONG
SCardEstablishContext (DWORD scope, LPCVOID one, LPCVOID two, LPSCARDCONTEXT context)
{
  (void)one;
  (void)two;
  g_assert_cmpuint (scope, ==, SCARD_SCOPE_SYSTEM);
  *context = 7;
  service.contexts++;
  return SCARD_S_SUCCESS;
}

LONG
SCardReleaseContext (SCARDCONTEXT context)
{
  g_assert_cmpint (context, ==, 7);
  g_mutex_lock (&service.lock);
  g_assert_false (service.hanging);
  service.contexts--;
  g_cond_broadcast (&service.changed);
  g_mutex_unlock (&service.lock);
  return SCARD_S_SUCCESS;
}

LONG
SCardListReaders (SCARDCONTEXT context, LPCSTR groups, LPSTR readers, LPDWORD len)
{
  (void)context;
  (void)groups;
  g_assert_cmpuint (*len, ==, SCARD_AUTOALLOCATE);
  if (service.names == NULL)
    return SCARD_E_NO_READERS_AVAILABLE;
  *len = (DWORD)strlen (service.names) + 2;
  *(char **)(void *)readers = g_memdup2 (service.names, *len);
  return SCARD_S_SUCCESS;
}

LONG
SCardFreeMemory (SCARDCONTEXT context, LPCVOID memory)
{
  (void)context;
  g_free ((void *)memory);
  return SCARD_S_SUCCESS;
}

LONG
SCardGetStatusChange (SCARDCONTEXT context, DWORD timeout, SCARD_READERSTATE *states, DWORD count)
{
  LONG status = service.states[service.looks++ % G_N_ELEMENTS (service.states)];

  (void)context;
  (void)timeout;
  for (DWORD i = 0; status == SCARD_S_SUCCESS && i < count; i++)
    states[i].dwEventState = SCARD_STATE_PRESENT | SCARD_STATE_CHANGED;
  return status;
}

LONG
SCardConnect (SCARDCONTEXT  context,
              LPCSTR        reader,
              DWORD         share,
              DWORD         protocols,
              LPSCARDHANDLE card,
              LPDWORD       protocol)
{
  (void)context;
  g_assert_cmpstr (reader, ==, READER);
  g_assert_cmpuint (share, ==, SCARD_SHARE_EXCLUSIVE);
  g_assert_cmpuint (protocols, ==, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1);
  *card = 9;
  *protocol = service.protocol;
  service.cards += service.connect == SCARD_S_SUCCESS;
  return service.connect;
}

LONG
SCardBeginTransaction (SCARDHANDLE card)
{
  g_assert_cmpint (card, ==, 9);
  service.transactions++;
  return service.begin;
}

LONG
SCardEndTransaction (SCARDHANDLE card, DWORD disposition)
{
  (void)disposition;
  g_assert_cmpint (card, ==, 9);
  g_assert_false (service.hanging);
  service.transactions--;
  return SCARD_S_SUCCESS;
}

LONG
SCardDisconnect (SCARDHANDLE card, DWORD disposition)
{
  g_assert_cmpint (card, ==, 9);
  service.disposition = disposition;
  service.disconnects++;
  service.cards--;
  return SCARD_S_SUCCESS;
}

static void
hang_if_told (void)
{
  g_mutex_lock (&service.lock);
  service.hanging = service.hang;
  while (service.hang)
    g_cond_wait (&service.changed, &service.lock);
  service.hanging = FALSE;
  g_mutex_unlock (&service.lock);
}

LONG
SCardTransmit (SCARDHANDLE             card,
               const SCARD_IO_REQUEST *protocol,
               LPCBYTE                 command,
               DWORD                   len,
               SCARD_IO_REQUEST       *received,
               LPBYTE                  answer,
               LPDWORD                 answer_len)
{
  (void)card;
  (void)received;
  service.transmits++;
  service.spoke_t0 = protocol == SCARD_PCI_T0;
  g_assert_cmpuint (len, <=, sizeof service.last);
  memcpy (service.last, command, len);
  hang_if_told ();
  g_assert_cmpuint (service.answer_len, <=, *answer_len);
  memset (answer, 0x90, service.answer_len);
  *answer_len = service.answer_len;
  return service.transmit;
}

LONG
SCardCancel (SCARDCONTEXT context)
{
  (void)context;
  return SCARD_S_SUCCESS;
}

/* --- */

static const guint8 COMMAND[] = { 0x00, 0x20, 0x00, 0x80, 0x04, '9', '8', '7', '6' };

static gboolean
transmit_within (MadoTransport *transport, gsize room, GError **error)
{
  guint8 answer[MADO_TRANSPORT_ROOM];
  gsize  len = room;

  return mado_transport_transmit (transport, COMMAND, sizeof COMMAND, answer, &len, error);
}

static void
assert_transmit (MadoTransport *transport, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (transmit_within (transport, MADO_TRANSPORT_ROOM, &error));
  g_assert_error (error, MADO_PCSC_ERROR, code);
}

/* Alone, in a transaction, and without power at the end. */
static void
test_manners (void)
{
  g_autoptr (GError) error = NULL;
  MadoTransport *transport;

  service_reset ();
  transport = mado_reader_connect (READER, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (service.transactions, ==, 1);
  g_assert_true (transmit_within (transport, MADO_TRANSPORT_ROOM, &error));
  g_assert_cmpmem (service.last, sizeof COMMAND, COMMAND, sizeof COMMAND);
  g_assert_false (service.spoke_t0);
  mado_transport_close (transport);
  g_assert_cmpuint (service.disposition, ==, SCARD_UNPOWER_CARD);
  g_assert_cmpuint (service.transactions, ==, 0);
  g_assert_cmpuint (service.contexts, ==, 0);
}

static void
test_t0 (void)
{
  g_autoptr (MadoTransport) transport = NULL;

  service_reset ();
  service.protocol = SCARD_PROTOCOL_T0;
  transport = mado_reader_connect (READER, NULL);
  g_assert_true (transmit_within (transport, MADO_TRANSPORT_ROOM, NULL));
  g_assert_true (service.spoke_t0);
}

static void
test_connect_refused (void)
{
  static const struct {
    LONG status;
    int  code;
  } rows[] = {
    { SCARD_E_NO_SMARTCARD, MADO_PCSC_ERROR_NO_CARD },
    { SCARD_E_UNKNOWN_READER, MADO_PCSC_ERROR_NO_READER },
    { SCARD_W_UNRESPONSIVE_CARD, MADO_PCSC_ERROR_WRONG_CARD },
    { SCARD_E_SHARING_VIOLATION, MADO_PCSC_ERROR_BUSY },
    { SCARD_E_NO_SERVICE, MADO_PCSC_ERROR_NO_SERVICE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;

    service_reset ();
    service.connect = rows[i].status;
    g_assert_null (mado_reader_connect (READER, &error));
    g_assert_error (error, MADO_PCSC_ERROR, rows[i].code);
    g_assert_cmpuint (service.contexts, ==, 0);
  }
}

static void
test_no_transaction_no_card (void)
{
  g_autoptr (GError) error = NULL;

  service_reset ();
  service.begin = SCARD_W_RESET_CARD;
  g_assert_null (mado_reader_connect (READER, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_CARD_REMOVED);
  g_assert_cmpuint (service.disconnects, ==, 1);
}

/* And the service is not asked again. */
static void
test_gone_in_the_middle (void)
{
  static const LONG statuses[]
      = { SCARD_E_NOT_TRANSACTED,     SCARD_W_REMOVED_CARD, SCARD_W_RESET_CARD,
          SCARD_E_READER_UNAVAILABLE, SCARD_E_NO_SERVICE,   SCARD_F_INTERNAL_ERROR };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (MadoTransport) transport = NULL;

    service_reset ();
    transport = mado_reader_connect (READER, NULL);
    service.transmit = statuses[i];
    assert_transmit (transport, MADO_PCSC_ERROR_CARD_REMOVED);
    service.transmit = SCARD_S_SUCCESS;
    assert_transmit (transport, MADO_PCSC_ERROR_CARD_REMOVED);
    g_assert_cmpuint (service.transmits, ==, 1);
  }
}

static void
test_success_with_nothing (void)
{
  g_autoptr (MadoTransport) transport = NULL;

  service_reset ();
  transport = mado_reader_connect (READER, NULL);
  service.answer_len = 0;
  assert_transmit (transport, MADO_PCSC_ERROR_CARD_REMOVED);
}

static void
test_more_than_there_is_room_for (void)
{
  g_autoptr (MadoTransport) transport = NULL;
  g_autoptr (GError) error = NULL;

  service_reset ();
  transport = mado_reader_connect (READER, NULL);
  service.answer_len = 3;
  g_assert_false (transmit_within (transport, 2, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
}

static void
test_longer_than_a_short_command (void)
{
  static const guint8 command[MADO_TRANSPORT_ROOM + 1];
  g_autoptr (MadoTransport) transport = NULL;
  g_autoptr (GError) error = NULL;
  guint8 answer[MADO_TRANSPORT_ROOM];
  gsize  len = sizeof answer;

  service_reset ();
  transport = mado_reader_connect (READER, NULL);
  g_assert_false (
      mado_transport_transmit (transport, command, sizeof command, answer, &len, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_FORBIDDEN);
  g_assert_cmpuint (service.transmits, ==, 0);
}

/* Past its deadline a thread is left alone: nobody hangs up under it, nobody asks again. When it
 * comes back it hangs up itself. */
static void
test_hung_card (void)
{
  MadoTransport *transport;

  service_reset ();
  transport = mado_pcsclite_open (READER, 1000, NULL);
  g_assert_nonnull (transport);
  service.hang = TRUE;
  assert_transmit (transport, MADO_PCSC_ERROR_TIMEOUT);
  assert_transmit (transport, MADO_PCSC_ERROR_TIMEOUT);
  g_assert_cmpuint (service.transmits, ==, 1);
  mado_transport_close (transport);
  g_mutex_lock (&service.lock);
  g_assert_cmpuint (service.disconnects, ==, 0);
  service.hang = FALSE;
  g_cond_broadcast (&service.changed);
  while (service.contexts > 0)
    g_cond_wait (&service.changed, &service.lock);
  g_mutex_unlock (&service.lock);
  g_assert_cmpuint (service.disconnects, ==, 1);
  g_assert_cmpuint (service.disposition, ==, SCARD_UNPOWER_CARD);
}

static void
test_no_reader (void)
{
  g_autoptr (GPtrArray) readers = NULL;
  g_autoptr (GError) error = NULL;

  service_reset ();
  service.names = NULL;
  readers = mado_reader_list (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (readers->len, ==, 0);
  g_assert_null (mado_reader_open_card (NULL, NULL, NULL, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_READER);
}

static void
test_reader_leaves_between_two_questions (void)
{
  g_autoptr (GPtrArray) readers = NULL;
  g_autoptr (GError) error = NULL;

  service_reset ();
  service.states[0] = SCARD_E_UNKNOWN_READER;
  readers = mado_reader_list (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (readers->len, ==, 1);
  g_assert_cmpuint (service.looks, ==, 2);
}

/* Alone or with its reader. */
static void
test_card_leaves_before_it_is_opened (void)
{
  static const LONG statuses[]
      = { SCARD_E_NO_SMARTCARD, SCARD_E_UNKNOWN_READER, SCARD_E_READER_UNAVAILABLE };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++) {
    g_autoptr (GError) error = NULL;

    service_reset ();
    service.connect = statuses[i];
    g_assert_null (mado_reader_open_card (NULL, NULL, NULL, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_CARD_REMOVED);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/service/manners", test_manners);
  g_test_add_func ("/pcsc/service/t0", test_t0);
  g_test_add_func ("/pcsc/service/connect-refused", test_connect_refused);
  g_test_add_func ("/pcsc/service/no-transaction-no-card", test_no_transaction_no_card);
  g_test_add_func ("/pcsc/service/gone-in-the-middle", test_gone_in_the_middle);
  g_test_add_func ("/pcsc/service/success-with-nothing", test_success_with_nothing);
  g_test_add_func ("/pcsc/service/more-than-there-is-room-for", test_more_than_there_is_room_for);
  g_test_add_func ("/pcsc/service/longer-than-a-short-command", test_longer_than_a_short_command);
  g_test_add_func ("/pcsc/service/hung-card", test_hung_card);
  g_test_add_func ("/pcsc/service/no-reader", test_no_reader);
  g_test_add_func ("/pcsc/service/reader-leaves-between-two-questions",
                   test_reader_leaves_between_two_questions);
  g_test_add_func ("/pcsc/service/card-leaves-before-it-is-opened",
                   test_card_leaves_before_it_is_opened);
  return g_test_run ();
}
