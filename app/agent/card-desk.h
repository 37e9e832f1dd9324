/* app/agent/card-desk.h - the one card a sitting works with, held from recognition to the end.
 *
 * Belongs to the card worker: everything here blocks and is called on that thread alone.
 */
#pragma once
#include "app/base/person.h"
#include "pcsc/jpki.h"
#include "pcsc/reader.h"
#include "pcsc/trace.h"

typedef struct _MadoCardDesk MadoCardDesk;

/** @trace: counts and writes the APDUs; stays the caller's. */
MadoCardDesk *mado_card_desk_new (MadoTrace *trace);
void          mado_card_desk_free (MadoCardDesk *desk);

/* What a card says of itself before any PIN. */
typedef struct {
  MadoCardKind kind;       /* also set when it is the wrong one */
  int          tries_left; /* of the PIN of the key asked for */
  int          tries_max;
} MadoCardGreeting;

/**
 * mado_card_desk_open:
 * @reader: (nullable): its name; %NULL when there are several to choose from
 * @key: what the sitting will use; a card without that certificate is refused here
 *
 * Lets go of what it held before. Spends no try. Returns: %FALSE with a %MADO_PCSC_ERROR
 */
gboolean mado_card_desk_open (MadoCardDesk     *desk,
                              const char       *reader,
                              MadoJpkiKey       key,
                              MadoCardGreeting *ret_greeting,
                              GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/** The card at the desk; %NULL with %MADO_PCSC_ERROR_CARD_REMOVED when there is none. */
MadoCard *mado_card_desk_card (MadoCardDesk *desk, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Takes power from the card, which forgets every PIN it was shown. */
void mado_card_desk_let_go (MadoCardDesk *desk);
