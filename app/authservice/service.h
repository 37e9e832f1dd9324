/* app/authservice/service.h - is this certificate still valid? One contract, several drivers.
 *
 * Whoever asks gets an answer in time, always: what could not be found out is "not checked" with
 * the reason, never a yes and never a no.
 */
#pragma once
#include "app/base/answer.h"
#include "certs/cert.h"

typedef struct _MadoAuthService MadoAuthService;

/* What the service said of one certificate. */
typedef struct {
  MadoRevocation revocation;
  char          *reason;     /* stable word why it is revoked or was not checked, or %NULL */
  gint64         checked_at; /* Unix seconds; 0 when nobody answered */
  const char    *source;     /* "ocsp", "crl" or "none" */
} MadoAuthStatus;

void mado_auth_status_clear (MadoAuthStatus *status);

/**
 * mado_auth_service_new:
 * @driver: "ocsp" (RFC 6960 over HTTP), "crl" (RFC 5280 list in a file) or "none"; "platform" is
 *   known but not built in
 * @url: (nullable): of the OCSP responder, http or https; `{profile}` becomes auth or sign
 * @crl: (nullable): path of the list, DER or PEM, with the same placeholder
 *
 * Returns: (transfer full): or %NULL with %MADO_AUTH_ERROR_DRIVER or _SOURCE
 */
MadoAuthService *mado_auth_service_new (const char *driver,
                                        const char *url,
                                        const char *crl,
                                        GError    **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_auth_service_free (MadoAuthService *service);

/**
 * mado_auth_service_check:
 * @issuer: the authority that issued @cert, from the path check
 * @profile: fills `{profile}`
 * @now: Unix seconds
 * @ret_status: filled always; clear it with mado_auth_status_clear()
 *
 * Asks once; nothing is repeated and nothing is kept. `not-checked` carries one of: unreachable,
 * timeout, tls, http-NNN, content-type, too-large, malformed, try-later, stale, unsigned,
 * other-certificate, other-nonce, no-list, none. Blocks for at most ten seconds; any thread.
 */
void mado_auth_service_check (MadoAuthService *service,
                              MadoCert        *cert,
                              MadoCert        *issuer,
                              MadoCertProfile  profile,
                              gint64           now,
                              MadoAuthStatus  *ret_status);

/** What a driver can say of its source without asking about anybody. */
typedef enum {
  MADO_AUTH_LIGHT_NOT_CHECKED, /* the driver has no source */
  MADO_AUTH_LIGHT_UNREACHABLE,
  MADO_AUTH_LIGHT_REACHABLE,
} MadoAuthLight;

/**
 * mado_auth_service_probe:
 *
 * Whether the responder takes a connection, or the lists can be read: for the light on the
 * screen. Sends no request. Blocks for at most three seconds; any thread.
 */
MadoAuthLight mado_auth_service_probe (MadoAuthService *service);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoAuthService, mado_auth_service_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoAuthStatus, mado_auth_status_clear)
