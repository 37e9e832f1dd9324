/* app/agent/card-sign.h - a card's signature over a document, as evidence. */
#pragma once
#include "certs/cert.h"
#include "pcsc/jpki.h"

/**
 * mado_card_sign:
 * @key: its PIN has been verified
 * @cert: of that key, read from the same card
 * @now: Unix seconds; the signing time
 *
 * The card signs the digest of the signed attributes; what it answers is checked with @cert.
 * Blocks: card worker only.
 *
 * Returns: (transfer full): detached CMS SignedData in DER, or %NULL with a %MADO_PCSC_ERROR, or
 *   %MADO_CERTS_ERROR_SIGNATURE when the signature is not @cert's
 */
GBytes *mado_card_sign (MadoCard   *card,
                        MadoJpkiKey key,
                        MadoCert   *cert,
                        GBytes     *content,
                        gint64      now,
                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;
