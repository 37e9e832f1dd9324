/* app/sync/est.h - the small things both sides of EST (RFC 7030) share. */
#pragma once
#include "app/base/secret.h"

#define MADO_EST_CACERTS "/.well-known/est/cacerts"
#define MADO_EST_ENROLL "/.well-known/est/simpleenroll"
#define MADO_EST_PKCS10 "application/pkcs10"
#define MADO_EST_PKCS7 "application/pkcs7-mime"

/** Base64 as EST's bodies have it (RFC 8951 §3.1), in one line. */
GBytes *mado_est_encode (GBytes *der);

/** Base64 with blanks and line ends anywhere; %NULL when anything else is in it or it is empty. */
GBytes *mado_est_decode (GBytes *text);

/**
 * mado_est_basic_header:
 * @header: receives "Authorization: Basic …" (RFC 7617) and a NUL
 *
 * No octet of the password is anywhere but in the two locked pages and, for one group of three
 * at a time, in a register.
 *
 * Returns: %FALSE when both together are longer than a secret may be
 */
gboolean
mado_est_basic_header (const char *terminal, const MadoSecret *password, MadoSecret *header);

/**
 * mado_est_read_basic:
 * @value: of the header Authorization
 * @ret_terminal: (out) (transfer full)
 *
 * Returns: %FALSE when it is no Basic header, or has no colon
 */
gboolean mado_est_read_basic (const char *value, char **ret_terminal, MadoSecret *ret_password);
