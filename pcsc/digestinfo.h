/* pcsc/digestinfo.h - the only thing we let a card sign: a DigestInfo of SHA-256 (RFC 8017 §9.2).
 */
#pragma once
#include "app/base/digest.h"
#include "app/base/octets.h"

#define MADO_DIGEST_INFO_LEN 51

void mado_digest_info (const guint8 digest[MADO_SHA256_LEN], guint8 ret_info[MADO_DIGEST_INFO_LEN]);

/** Whether @octets are one. */
gboolean mado_digest_info_fits (MadoOctets octets);
