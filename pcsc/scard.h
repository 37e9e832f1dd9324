/* pcsc/scard.h - what the smart-card service answers, in our words. */
#pragma once
#include "pcsc/error.h"
#include "pcsc/reader.h"

#include <winscard.h>

typedef enum {
  MADO_SCARD_OPENING, /* on the way to a card */
  MADO_SCARD_IN_USE,  /* in the middle of our work with one: whatever goes away is the card */
} MadoScardPhase;

/** Sets the error for @status, which is not SCARD_S_SUCCESS. */
gboolean mado_scard_raise (GError **error, LONG status, MadoScardPhase phase, const char *doing);

/** Of names one after another, an empty one at the end: those in UTF-8 (pcscd may cut one in the
 * middle of a character) of no slot for security modules. */
GStrv mado_scard_usable (const char *names);

/**
 * mado_scard_names:
 * @ret_names: (out) (transfer full): of all readers but slots for security modules
 *
 * Returns: SCARD_S_SUCCESS, also when there is no reader, or what the service said
 */
LONG mado_scard_names (SCARDCONTEXT context, GStrv *ret_names);

/** What @state (filled by SCardGetStatusChange) says of a reader. */
MadoReader *mado_scard_reader (const SCARD_READERSTATE *state);
