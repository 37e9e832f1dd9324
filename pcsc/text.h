/* pcsc/text.h - the input support application: name, address, birth date and sex as printed.
 *
 * The same PIN opens the individual number, so the card does not protect us from reading it; the
 * guard does. All functions block and share the errors of pcsc/jpki.h. A phone has no such
 * application: %MADO_PCSC_ERROR_WRONG_CARD.
 */
#pragma once
#include "app/base/person.h"
#include "app/base/secret.h"
#include "pcsc/card.h"

#define MADO_TEXT_TRIES_MAX 3

/** As mado_jpki_tries(). */
gboolean mado_text_tries (MadoCard *card, int *ret_left, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** As mado_jpki_verify_pin(): four digits. */
gboolean mado_text_verify_pin (MadoCard   *card,
                               MadoSecret *pin,
                               gboolean    spend_last_try,
                               int        *reterr_tries,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_text_read_basic_four:
 *
 * EF 0002, its PIN verified before. As the card has them, not verified: the card's own proof
 * contains a digest of the individual number and stays unread.
 */
MadoPerson *mado_text_read_basic_four (MadoCard *card, GError **error) G_GNUC_WARN_UNUSED_RESULT;
