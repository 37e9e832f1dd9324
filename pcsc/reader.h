/* pcsc/reader.h - readers of the smart-card service, and the way to a card in one of them.
 *
 * PCSCLITE_CSOCK_NAME names another service than the system's, as libpcsclite has it.
 */
#pragma once
#include "pcsc/card.h"

typedef struct {
  char    *name;
  gboolean present; /* something is in it */
  char    *atr;     /* upper-case hexadecimal; NULL without a card; says nothing of its kind */
} MadoReader;

void mado_reader_free (MadoReader *reader);

/**
 * mado_reader_list:
 *
 * All readers but slots for security modules. None at all is an empty list. Blocks.
 *
 * Returns: (transfer full) (element-type MadoReader): %NULL with %MADO_PCSC_ERROR_NO_SERVICE or
 *   _TIMEOUT
 */
GPtrArray *mado_reader_list (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_reader_connect:
 *
 * Opens the card for us alone, in one transaction until the transport is closed; then the card
 * loses power. No call to the service is waited for longer than ten seconds: past that the
 * transport answers nothing but %MADO_PCSC_ERROR_TIMEOUT. Blocks.
 *
 * Returns: (transfer full): %NULL with %MADO_PCSC_ERROR_NO_SERVICE, _NO_READER, _NO_CARD,
 *   _WRONG_CARD (a card that does not answer its reset), _BUSY or _TIMEOUT
 */
MadoTransport *mado_reader_connect (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_reader_open_card:
 * @name: (nullable): a reader; %NULL tries every card there is
 * @trace: (nullable): stays the caller's and must outlive the card
 * @ret_kind: (out) (optional): also set with %MADO_PCSC_ERROR_WRONG_CARD
 *
 * The only My Number Card, recognised. Blocks.
 *
 * Returns: (transfer full): %NULL with the errors of mado_reader_connect(), with
 *   %MADO_PCSC_ERROR_SEVERAL_CARDS, whose message lists the readers, or with _CARD_REMOVED
 */
MadoCard *mado_reader_open_card (const char   *name,
                                 MadoTrace    *trace,
                                 MadoCardKind *ret_kind,
                                 GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoReader, mado_reader_free)
