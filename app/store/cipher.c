#include "app/store/cipher.h"

#include <openssl/evp.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

/* Fetched once: an implicit fetch costs more than sealing a body. */
static const EVP_CIPHER *
aes_256_gcm (void)
{
  static gsize cipher = 0;

  if (g_once_init_enter (&cipher)) {
    EVP_CIPHER *fetched = EVP_CIPHER_fetch (NULL, "AES-256-GCM", NULL);
    if (fetched == NULL)
      g_error ("OpenSSL has no AES-256-GCM");
    g_once_init_leave (&cipher, GPOINTER_TO_SIZE (fetched));
  }
  return GSIZE_TO_POINTER (cipher);
}

const EVP_MD *
mado_cipher_sha256 (void)
{
  static gsize digest = 0;

  if (g_once_init_enter (&digest)) {
    EVP_MD *fetched = EVP_MD_fetch (NULL, "SHA256", NULL);
    if (fetched == NULL)
      g_error ("OpenSSL has no SHA-256");
    g_once_init_leave (&digest, GPOINTER_TO_SIZE (fetched));
  }
  return GSIZE_TO_POINTER (digest);
}

void
mado_cipher_seal (const guint8  key[MADO_KEY_LEN],
                  const guint8  nonce[12],
                  const char   *bound_to,
                  const guint8 *plain,
                  gsize         len,
                  guint8       *ret_sealed)
{
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  int done = 0;

  if (context == NULL || EVP_EncryptInit_ex (context, aes_256_gcm (), NULL, key, nonce) != 1
      || EVP_EncryptUpdate (context, NULL, &done, (const guint8 *)bound_to, (int)strlen (bound_to))
             != 1
      || EVP_EncryptUpdate (context, ret_sealed, &done, plain, (int)len) != 1
      || EVP_EncryptFinal_ex (context, ret_sealed + done, &done) != 1
      || EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_GET_TAG, MADO_TAG_LEN, ret_sealed + len) != 1)
    g_error ("AES-256-GCM failed"); /* out of memory: nothing may be stored unsealed */
}

gboolean
mado_cipher_unseal (const guint8  key[MADO_KEY_LEN],
                    const guint8  nonce[12],
                    const char   *bound_to,
                    const guint8 *sealed,
                    gsize         len,
                    guint8       *ret_plain)
{
  g_autoptr (EVP_CIPHER_CTX) context = EVP_CIPHER_CTX_new ();
  guint8 tag[MADO_TAG_LEN];
  int    done = 0;
  int    text_len = (int)(len - MADO_TAG_LEN);

  memcpy (tag, sealed + text_len, sizeof tag);
  return context != NULL && EVP_DecryptInit_ex (context, aes_256_gcm (), NULL, key, nonce) == 1
         && EVP_DecryptUpdate (context, NULL, &done, (const guint8 *)bound_to,
                               (int)strlen (bound_to))
                == 1
         && EVP_DecryptUpdate (context, ret_plain, &done, sealed, text_len) == 1
         && EVP_CIPHER_CTX_ctrl (context, EVP_CTRL_GCM_SET_TAG, sizeof tag, tag) == 1
         && EVP_DecryptFinal_ex (context, ret_plain + done, &done) == 1;
}
