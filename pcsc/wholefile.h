/* pcsc/wholefile.h - a file whose own first octets say how long it is. */
#pragma once
#include "pcsc/apdu.h"

/**
 * mado_wholefile_read:
 * @tag: the BER tag it must begin with: 0x30, 0xFF20
 * @max: octets it may have at most
 *
 * Reads the selected file and cuts it at the length in its header: the card does not tell file
 * sizes, and fills what is left with FF. An answer that ends early is read on from there; a file
 * that ends early is none. The first READ BINARY asks for 256 octets, the others for what is left.
 *
 * Returns: (transfer full): %NULL with %MADO_PCSC_ERROR_PROTOCOL, also when the PIN it needs has
 *   not been verified
 */
GBytes *mado_wholefile_read (MadoLink *link, guint16 tag, gsize max, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
