/* app/authservice/fetch.h - one OCSP request over HTTP (RFC 6960 appendix A). */
#pragma once
#include <glib.h>

/**
 * mado_ocsp_fetch:
 * @url: http or https
 * @request: DER OCSPRequest
 * @ret_reason: (out) (transfer full): when there is no answer, the stable word why: unreachable,
 *   timeout, tls, http-NNN, content-type, too-large
 *
 * One POST: connects within 3 s, ends within 10 s, follows no redirect, takes at most 64 KiB.
 * Blocks.
 *
 * Returns: (transfer full): what was answered, or %NULL
 */
GBytes *mado_ocsp_fetch (const char *url, GBytes *request, char **ret_reason);

/** Whether the responder at @url takes a connection within 3 s; sends nothing. Blocks. */
gboolean mado_ocsp_can_connect (const char *url);

/** Whether @url is one this room may call: http or https with a host. */
gboolean mado_ocsp_is_url (const char *url);
