/* app/store/cipher.h - AES-256-GCM, as seal.h and box.h use it. Private to the room. */
#pragma once
#include "app/store/seal.h"

#include <openssl/evp.h>

#define MADO_TAG_LEN 16

/** SHA-256, fetched once. */
const EVP_MD *mado_cipher_sha256 (void);

/** Writes @len octets of ciphertext and the tag behind them to @ret_sealed. */
void mado_cipher_seal (const guint8  key[MADO_KEY_LEN],
                       const guint8  nonce[12],
                       const char   *bound_to,
                       const guint8 *plain,
                       gsize         len,
                       guint8       *ret_sealed);

/** @len counts the tag, 16 at least; %FALSE when these octets, nonce, key and binding do not
 *  belong together. */
gboolean mado_cipher_unseal (const guint8  key[MADO_KEY_LEN],
                             const guint8  nonce[12],
                             const char   *bound_to,
                             const guint8 *sealed,
                             gsize         len,
                             guint8       *ret_plain) G_GNUC_WARN_UNUSED_RESULT;
