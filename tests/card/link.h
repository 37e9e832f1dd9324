/* tests/card/link.h - the line to vpcd: each message is its length in two octets, then itself. */
#pragma once
#include <glib.h>

typedef struct _MadoVpcdLink MadoVpcdLink;

/** %NULL when nobody listens there, which is no error: vpcd comes and goes with pcscd. Blocks. */
MadoVpcdLink *mado_vpcd_link_open (const char *host, guint16 port);

/** Ends the connection; %NULL is fine. */
void mado_vpcd_link_close (MadoVpcdLink *link);

/** To poll for POLLIN. */
int mado_vpcd_link_fd (const MadoVpcdLink *link);

/** Takes in what has arrived; %FALSE when the other end is gone. */
gboolean mado_vpcd_link_receive (MadoVpcdLink *link);

/** (transfer full): the next whole message among what was taken in, or %NULL. */
GByteArray *mado_vpcd_link_next (MadoVpcdLink *link);

/** %FALSE when the other end is gone. */
gboolean mado_vpcd_link_send (MadoVpcdLink *link, const guint8 *octets, gsize len);

/**
 * mado_vpcd_link_break:
 *
 * Resets the connection between an answer's length and its first octet: vpcd then fails the command
 * as a reader does whose card is pulled. A connection closed without an answer would be shown as
 * success with no octets, which no reader says, and one octet of answer would be handed on as an
 * answer.
 */
void mado_vpcd_link_break (MadoVpcdLink *link);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoVpcdLink, mado_vpcd_link_close)
