/* pcsc/pcsclite.h - the transport to a real card: PC/SC by libpcsclite. */
#pragma once
#include "pcsc/transport.h"

/**
 * mado_pcsclite_open:
 * @reader: its name as the service has it
 * @deadline_ms: for each call, here and in the transport
 *
 * As mado_reader_connect(). Once an exchange has failed the transport stays dead: a card that was
 * away is another card.
 */
MadoTransport *mado_pcsclite_open (const char *reader,
                                   guint       deadline_ms,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;
