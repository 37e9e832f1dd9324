/* pcsc/card.h - one card in one reader, from power-up to power-down. */
#pragma once
#include "pcsc/apdu.h"

typedef struct _MadoCard MadoCard;

typedef enum {
  MADO_CARD_UNKNOWN,
  MADO_CARD_MY_NUMBER, /* the only one we use */
  MADO_CARD_JUKI,      /* the resident registration card of before 2016 */
  MADO_CARD_ANDROID,
  MADO_CARD_IPHONE,
} MadoCardKind;

/**
 * mado_card_new:
 * @transport: (transfer full):
 * @trace: (nullable): sees every APDU; stays the caller's and must outlive the card
 */
MadoCard *mado_card_new (MadoTransport *transport, MadoTrace *trace);

/** Takes power from the card, which forgets every PIN it was shown; %NULL is fine. May block. */
void mado_card_free (MadoCard *card);

/**
 * mado_card_recognise:
 *
 * Selects the JPKI application and reads the token label (EF 0006): the only reliable sign, an
 * ATR says nothing. A card without them is %MADO_CARD_UNKNOWN, which is an answer. Blocks.
 *
 * Returns: %FALSE with %MADO_PCSC_ERROR_CARD_REMOVED, _TIMEOUT or _PROTOCOL
 */
gboolean mado_card_recognise (MadoCard     *card,
                              MadoCardKind *ret_kind,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/** The way to the card, for its applications in this room; stays the card's. */
MadoLink *mado_card_link (MadoCard *card);

/** "my-number-card", "juki-card", "android-phone", "iphone" or "unknown". */
const char *mado_card_kind_name (MadoCardKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoCard, mado_card_free)
