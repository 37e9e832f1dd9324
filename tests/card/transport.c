#include "tests/card/transport.h"
#include "pcsc/error.h"
#include <string.h>

typedef struct {
  MadoTransport parent;
  MadoSimCard  *card;
  guint         count, remove_at;
} SimTransport;

static gboolean
transmit (MadoTransport *transport,
          const guint8  *command,
          gsize          command_len,
          guint8        *response,
          gsize         *response_len,
          GError       **error)
{
  SimTransport *self = (SimTransport *)transport;
  g_autoptr (GByteArray) answer = NULL;

  self->count++;
  if (self->remove_at != 0 && self->count >= self->remove_at)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_CARD_REMOVED, "the virtual card was taken away");
  answer = mado_sim_card_transmit (self->card, command, command_len);
  if (answer->len > *response_len)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "answer of %u octets, room for %" G_GSIZE_FORMAT, answer->len,
                            *response_len);
  memcpy (response, answer->data, answer->len);
  *response_len = answer->len;
  return TRUE;
}

static void
take_power (MadoTransport *transport)
{
  SimTransport *self = (SimTransport *)transport;

  mado_sim_card_power (self->card, MADO_SIM_POWER_OFF);
  g_free (self);
}

static const MadoTransportClass sim_transport = { .transmit = transmit, .close = take_power };

MadoTransport *
mado_sim_transport_new (MadoSimCard *card)
{
  SimTransport *self = g_new0 (SimTransport, 1);

  self->parent.klass = &sim_transport;
  self->card = card;
  mado_sim_card_power (card, MADO_SIM_POWER_ON);
  return &self->parent;
}

void
mado_sim_transport_remove_at (MadoTransport *transport, guint n_apdu)
{
  SimTransport *self = (SimTransport *)transport;

  self->remove_at = n_apdu == 0 ? 0 : self->count + n_apdu;
}

guint
mado_sim_transport_count (const MadoTransport *transport)
{
  return ((const SimTransport *)transport)->count;
}
