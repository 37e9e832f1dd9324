/* app/sync/checkpoint.h - the terminal's signed word for its journal up to a place. */
#pragma once
#include "app/base/digest.h"
#include <glib.h>

/**
 * mado_checkpoint_text:
 *
 * The octets signed: canonical JSON (RFC 8785) {"digest","g","n","purpose":
 * "madoguchi-checkpoint","terminal"}. ECDSA P-256 with SHA-256 by the terminal's key.
 *
 * Returns: (transfer full)
 */
char *mado_checkpoint_text (const char  *terminal,
                            gint64       g,
                            gint64       n,
                            const guint8 digest[MADO_SHA256_LEN]);
