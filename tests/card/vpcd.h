/* tests/card/vpcd.h - the virtual card in the reader of vsmartcard's vpcd. */
#pragma once
#include <glib.h>

typedef struct {
  const char *profile;  /* file of the card that lies there first */
  const char *pki;      /* folder of the rehearsal authority */
  const char *host;     /* of vpcd */
  guint16     port;     /* of vpcd; a second reader is one port further */
  const char *control;  /* FIFO, made when absent; or %NULL */
  const char *tripwire; /* file written when something forbidden is touched; or %NULL */
} MadoVpcdOptions;

/**
 * mado_vpcd_serve:
 * @ret_tripped: whether any card was touched where it must not be
 *
 * Keeps a card in the reader until SIGTERM or SIGINT, which it blocks for the whole process.
 * Connects when vpcd comes up, and again when it comes back. Each profile's card is made once, so
 * its PIN counters last as long as this call. Blocks.
 *
 * Returns: %FALSE with %MADO_SIM_ERROR_PROFILE, _KEY or _IO, before anything is served
 */
gboolean mado_vpcd_serve (const MadoVpcdOptions *options,
                          gboolean              *ret_tripped,
                          GError               **error) G_GNUC_WARN_UNUSED_RESULT;
