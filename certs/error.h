/* certs/error.h - why a certificate, an answer about it or a signature could not be used. */
#pragma once
#include <glib.h>

#define MADO_CERTS_ERROR (mado_certs_error_quark ())
GQuark mado_certs_error_quark (void);

typedef enum {
  MADO_CERTS_ERROR_MALFORMED,   /* octets that are not the one DER or PEM object they should be */
  MADO_CERTS_ERROR_NO_PERSON,   /* a sound certificate that names no person as JPKI's do */
  MADO_CERTS_ERROR_UNTRUSTED,   /* signed by somebody who may not say so, or not signed by them */
  MADO_CERTS_ERROR_STALE,       /* an answer about the past, or dated in the future */
  MADO_CERTS_ERROR_OTHER_CERT,  /* an answer about another certificate */
  MADO_CERTS_ERROR_OTHER_NONCE, /* an answer to another question (RFC 8954) */
  MADO_CERTS_ERROR_REFUSED,     /* the responder will not answer now (RFC 6960 §2.3) */
  MADO_CERTS_ERROR_SIGNATURE,   /* a signature that its own certificate or request contradicts */
  MADO_CERTS_ERROR_CRYPTO,      /* the library failed us: no memory, no randomness */
} MadoCertsError;

/**
 * mado_certs_raise:
 *
 * The one place that sets an error of this room.
 *
 * Returns: %FALSE, so that a caller can return it
 */
gboolean mado_certs_raise (GError **error, MadoCertsError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
