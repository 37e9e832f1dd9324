/* tests/card/transport.h - the virtual card behind the seam of pcsc/, in the same process. */
#pragma once
#include "pcsc/transport.h"
#include "tests/card/model.h"

/**
 * mado_sim_transport_new:
 * @card: stays the caller's and must outlive the transport, so that counters and the tripwire can
 *   be looked at afterwards
 *
 * Powers the card on; closing the transport takes its power.
 */
MadoTransport *mado_sim_transport_new (MadoSimCard *card);

/**
 * mado_sim_transport_remove_at:
 * @n_apdu: 1 is the next command; 0 takes the fault back
 *
 * From that command on the card is gone: %MADO_PCSC_ERROR_CARD_REMOVED, and the model never sees
 * the command.
 */
void mado_sim_transport_remove_at (MadoTransport *transport, guint n_apdu);

/** Commands sent through so far, the refused ones included. */
guint mado_sim_transport_count (const MadoTransport *transport);
