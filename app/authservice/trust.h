/* app/authservice/trust.h - the roots we trust: files in a folder, nothing else. */
#pragma once
#include "certs/cert.h"

/**
 * mado_trust_load:
 * @dir: every `*.pem`, `*.crt`, `*.cer` and `*.der` in it holds one certificate, PEM or DER;
 *   other names are passed over
 *
 * Blocks (files).
 *
 * Returns: (transfer full) (element-type MadoCert): at least one, in the order of their names, or
 *   %NULL with %MADO_AUTH_ERROR_ANCHORS naming the file
 */
GPtrArray *mado_trust_load (const char *dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;
