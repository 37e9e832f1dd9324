/* app/sync/deflate.h - HTTP's `deflate` content coding: the zlib form (RFC 9110 §8.4.1.2). */
#pragma once
#include <glib.h>

/** The octets compressed. */
GBytes *mado_deflate (GBytes *plain);

/**
 * mado_inflate:
 * @limit: octets the plain form may have at most
 *
 * Stops as soon as @limit is passed, so that a small message cannot fill the memory.
 *
 * Returns: (transfer full): or %NULL with %MADO_SYNC_ERROR_PROTOCOL
 */
GBytes *mado_inflate (GBytes *packed, gsize limit, GError **error) G_GNUC_WARN_UNUSED_RESULT;
