/* pcsc/error.h - what can go wrong between us and a card. */
#pragma once
#include <glib.h>

#define MADO_PCSC_ERROR (mado_pcsc_error_quark ())
GQuark mado_pcsc_error_quark (void);

typedef enum {
  MADO_PCSC_ERROR_NO_SERVICE,     /* the smart-card service does not run or does not let us in */
  MADO_PCSC_ERROR_NO_READER,      /* none at all, or none of that name */
  MADO_PCSC_ERROR_NO_CARD,        /* a reader, nothing in it */
  MADO_PCSC_ERROR_WRONG_CARD,     /* a card, but none we can use; its kind is returned beside */
  MADO_PCSC_ERROR_NO_CERTIFICATE, /* our card, without the certificate asked for */
  MADO_PCSC_ERROR_SEVERAL_CARDS,  /* two usable cards or more: we never guess */
  MADO_PCSC_ERROR_PIN_MALFORMED,  /* refused before the card saw it */
  MADO_PCSC_ERROR_PIN_WRONG,      /* the card refused it; a try is spent */
  MADO_PCSC_ERROR_LAST_TRY,       /* refused before the card saw it: it would be the last try */
  MADO_PCSC_ERROR_PIN_LOCKED,     /* no try left */
  MADO_PCSC_ERROR_CARD_REMOVED,   /* card, reader or service went away in the middle */
  MADO_PCSC_ERROR_TIMEOUT,        /* no answer for ten seconds */
  MADO_PCSC_ERROR_PROTOCOL,       /* an answer no such card gives */
  MADO_PCSC_ERROR_BUSY,           /* another program holds the card or the reader */
  MADO_PCSC_ERROR_FORBIDDEN,      /* the guard: a command we never send */
  MADO_PCSC_ERROR_TRACE,          /* the trace file cannot be written */
} MadoPcscError;

/**
 * mado_pcsc_raise:
 *
 * The one place that sets an error of this room. Never a PIN, a name, a serial or the body of an
 * APDU in the message; two octets of status word are fine.
 *
 * Returns: %FALSE, so that a caller can return it
 */
gboolean mado_pcsc_raise (GError **error, MadoPcscError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
