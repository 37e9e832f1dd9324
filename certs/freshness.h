/* certs/freshness.h - whether an answer dated by its sender is about now; for this room. */
#pragma once
#include "certs/libcrypto.h"

/**
 * mado_freshness_check:
 * @next_update: (nullable): when newer news comes
 * @longest_life: seconds an answer without @next_update is believed
 * @now: Unix seconds
 *
 * Clocks may differ by five minutes.
 *
 * Returns: %FALSE with %MADO_CERTS_ERROR_STALE, or _MALFORMED for what is no time
 */
gboolean mado_freshness_check (const ASN1_TIME *this_update,
                               const ASN1_TIME *next_update,
                               gint64           longest_life,
                               gint64           now,
                               GError         **error);
