#include "pcsc/transport.h"

gboolean
mado_transport_transmit (MadoTransport *transport,
                         const guint8  *command,
                         gsize          command_len,
                         guint8        *response,
                         gsize         *response_len,
                         GError       **error)
{
  return transport->klass->transmit (transport, command, command_len, response, response_len,
                                     error);
}

void
mado_transport_close (MadoTransport *transport)
{
  if (transport != NULL)
    transport->klass->close (transport);
}
