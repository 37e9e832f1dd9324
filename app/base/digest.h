/* app/base/digest.h - SHA-256 (FIPS 180-4). */
#pragma once
#include <glib.h>

#define MADO_SHA256_LEN 32

/** Digest of the @len octets at @data. */
void mado_sha256 (const void *data, gsize len, guint8 ret_digest[MADO_SHA256_LEN]);

/** Digest of several pieces one after another: pairs of pointer and gsize, closed by %NULL. */
void mado_sha256_of (guint8 ret_digest[MADO_SHA256_LEN], ...);
