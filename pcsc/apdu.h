/* pcsc/apdu.h - short command APDUs and their answers (ISO/IEC 7816-4 §5). */
#pragma once
#include "pcsc/guard.h"
#include "pcsc/trace.h"
#include "pcsc/transport.h"

/* Status words (ISO/IEC 7816-4 §5.6, JICSAP). */
#define MADO_SW_OK 0x9000

/* The way to one card: every octet to it passes guard and trace here. */
typedef struct {
  MadoTransport *transport;
  MadoTrace     *trace; /* nullable */
  MadoGuard      guard;
  gboolean       awake;      /* it has answered since power-up */
  int            tries_left; /* of the PIN file that is selected; -1 = not asked since */
} MadoLink;

typedef struct {
  guint8  data[256];
  gsize   len;
  guint16 status;
} MadoReply;

/**
 * mado_apdu_send:
 *
 * Sends one command; collects what the card announces by 61xx, repeats with the length it names by
 * 6Cxx, and repeats the first command after power-up once when the answer is 6F00, as these cards
 * do after a cold start. A VERIFY is never repeated. Any status word is an answer here. Blocks.
 *
 * Returns: %FALSE with %MADO_PCSC_ERROR_FORBIDDEN, _CARD_REMOVED, _TIMEOUT or _PROTOCOL
 */
gboolean mado_apdu_send (MadoLink     *link,
                         const guint8 *command,
                         gsize         len,
                         MadoReply    *ret_reply,
                         GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_apdu_select_ap:
 *
 * Selects @ap unless it is selected already. @ret_found is %FALSE when the card does not have it.
 */
gboolean mado_apdu_select_ap (MadoLink *link, MadoAp ap, gboolean *ret_found, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_apdu_select:
 *
 * Selects @file and, before it, its application, each unless it is selected already. @ret_found is
 * %FALSE when the application has no such file.
 *
 * Returns: %FALSE also with %MADO_PCSC_ERROR_WRONG_CARD: no such application
 */
gboolean mado_apdu_select (MadoLink       *link,
                           const MadoFile *file,
                           gboolean       *ret_found,
                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_apdu_read:
 * @want: octets, 1 to 256
 *
 * READ BINARY of the selected file. Fewer octets than wanted are an answer, more are none.
 */
gboolean mado_apdu_read (MadoLink  *link,
                         gsize      offset,
                         gsize      want,
                         MadoReply *ret_reply,
                         GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/** Sets %MADO_PCSC_ERROR_PROTOCOL for a @status that ends the work; @doing: what was asked. */
gboolean mado_apdu_raise (GError **error, guint16 status, const char *doing);
