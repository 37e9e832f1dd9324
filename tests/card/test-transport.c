/* The in-process door. */
#include "tests/card/transport.h"
#include "pcsc/error.h"
#include "tests/card/rehearsal.h"

static const guint8 select_jpki[]
    = { 0x00, 0xA4, 0x04, 0x0C, 0x0A, 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01 };
static const guint8 verify_sign[] = { 0x00, 0x20, 0x00, 0x9B, 0x06, 'A', 'B', 'C', '1', '2', '3' };
static const guint8 read_sign[] = { 0x00, 0xB0, 0x81, 0x00, 0x00 };

static gboolean
send (MadoTransport *transport, const guint8 *command, gsize len, gsize *ret_len, GError **error)
{
  guint8 response[MADO_TRANSPORT_ROOM];

  *ret_len = sizeof response;
  return mado_transport_transmit (transport, command, len, response, ret_len, error);
}

static void
test_answers (void)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card ("adult");
  g_autoptr (MadoTransport) transport = mado_sim_transport_new (card);
  gsize len = 0;

  g_assert_true (send (transport, select_jpki, sizeof select_jpki, &len, NULL));
  g_assert_cmpuint (len, ==, 2);
  g_assert_true (send (transport, verify_sign, sizeof verify_sign, &len, NULL));
  g_assert_true (send (transport, read_sign, sizeof read_sign, &len, NULL));
  g_assert_cmpuint (len, ==, 258);
  g_assert_cmpuint (mado_sim_transport_count (transport), ==, 3);
}

static void
test_removed (void)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card ("adult");
  g_autoptr (MadoTransport) transport = mado_sim_transport_new (card);
  g_autoptr (GError) error = NULL;
  gsize len = 0;

  mado_sim_transport_remove_at (transport, 2);
  g_assert_true (send (transport, select_jpki, sizeof select_jpki, &len, NULL));
  g_assert_false (send (transport, select_jpki, sizeof select_jpki, &len, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_CARD_REMOVED);
  g_assert_false (send (transport, select_jpki, sizeof select_jpki, &len, NULL));
  mado_sim_transport_remove_at (transport, 0);
  g_assert_true (send (transport, select_jpki, sizeof select_jpki, &len, NULL));
}

static void
test_close_takes_power (void)
{
  g_autoptr (MadoSimCard) card = mado_rehearsal_card ("adult");
  MadoTransport *transport = mado_sim_transport_new (card);
  gsize          len = 0;

  g_assert_true (send (transport, select_jpki, sizeof select_jpki, &len, NULL));
  g_assert_true (send (transport, verify_sign, sizeof verify_sign, &len, NULL));
  mado_transport_close (transport);
  transport = mado_sim_transport_new (card);
  g_assert_true (send (transport, select_jpki, sizeof select_jpki, &len, NULL));
  g_assert_true (send (transport, read_sign, sizeof read_sign, &len, NULL));
  g_assert_cmpuint (len, ==, 2); /* 6982: the login is gone */
  mado_transport_close (transport);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/transport/answers", test_answers);
  g_test_add_func ("/card/transport/removed", test_removed);
  g_test_add_func ("/card/transport/close-takes-power", test_close_takes_power);
  return g_test_run ();
}
