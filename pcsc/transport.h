/* pcsc/transport.h - the one seam between us and hardware: octets to a card, octets back. */
#pragma once
#include <glib.h>

/* Short APDUs only (ISO/IEC 7816-4 §5.1): 256 octets and the status word. */
#define MADO_TRANSPORT_ROOM 258

typedef struct _MadoTransport MadoTransport;

typedef struct {
  /* Sends one command APDU and waits for its answer, status word included. @response_len holds the
   * room at @response going in and the octets written coming out. Blocks. */
  gboolean (*transmit) (MadoTransport *self,
                        const guint8  *command,
                        gsize          command_len,
                        guint8        *response,
                        gsize         *response_len,
                        GError       **error);
  /* Takes power from the card and frees @self. */
  void (*close) (MadoTransport *self);
} MadoTransportClass;

/* First member of every transport. */
struct _MadoTransport {
  const MadoTransportClass *klass;
};

/** Calls the transport's own; %FALSE with the errors of pcsc/error.h. */
gboolean mado_transport_transmit (MadoTransport *transport,
                                  const guint8  *command,
                                  gsize          command_len,
                                  guint8        *response,
                                  gsize         *response_len,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;

/** Takes power from the card and frees the transport; %NULL is fine. */
void mado_transport_close (MadoTransport *transport);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoTransport, mado_transport_close)
