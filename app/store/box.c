#include "app/store/box.h"

#include "app/base/random.h"
#include "app/store/cipher.h"
#include "app/store/error.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <string.h>

#define LABEL "madoguchi/box/1"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)

static const guint8 zero_nonce[12];

/* OpenSSL computes the public half at once: one scalar multiplication. */
static EVP_PKEY *
private_half (const guint8 private_key[MADO_BOX_KEY_LEN])
{
  EVP_PKEY *key
      = EVP_PKEY_new_raw_private_key (EVP_PKEY_X25519, NULL, private_key, MADO_BOX_KEY_LEN);

  if (key == NULL)
    g_error ("OpenSSL makes no X25519 keys");
  return key;
}

static EVP_PKEY *
fresh_pair (guint8 ret_private[MADO_BOX_KEY_LEN], guint8 ret_public[MADO_BOX_KEY_LEN])
{
  gsize len = MADO_BOX_KEY_LEN;

  mado_random (ret_private, MADO_BOX_KEY_LEN);
  EVP_PKEY *pair = private_half (ret_private);
  if (EVP_PKEY_get_raw_public_key (pair, ret_public, &len) != 1)
    g_error ("OpenSSL tells no X25519 public key");
  return pair;
}

void
mado_box_keypair_new (guint8 ret_public[MADO_BOX_KEY_LEN], guint8 ret_private[MADO_BOX_KEY_LEN])
{
  g_autoptr (EVP_PKEY) pair = fresh_pair (ret_private, ret_public);
}

/* RFC 7748 §6.1: OpenSSL refuses an all-zero secret, that is a public key of small order. */
static gboolean
agree (EVP_PKEY *ours, const guint8 public_key[MADO_BOX_KEY_LEN], guint8 ret_shared[32])
{
  g_autoptr (EVP_PKEY) theirs
      = EVP_PKEY_new_raw_public_key (EVP_PKEY_X25519, NULL, public_key, MADO_BOX_KEY_LEN);
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new (ours, NULL);
  gsize len = 32;

  return theirs != NULL && context != NULL && EVP_PKEY_derive_init (context) == 1
         && EVP_PKEY_derive_set_peer (context, theirs) == 1
         && EVP_PKEY_derive (context, ret_shared, &len) == 1 && len == 32;
}

static void
expand (const guint8 shared[32], const char *application, guint8 ret_key[MADO_KEY_LEN])
{
  g_autoptr (EVP_PKEY_CTX) context = EVP_PKEY_CTX_new_id (EVP_PKEY_HKDF, NULL);
  g_autofree char *info = g_strconcat (LABEL, application, NULL);
  gsize            len = MADO_KEY_LEN;

  if (context == NULL || EVP_PKEY_derive_init (context) != 1
      || EVP_PKEY_CTX_set_hkdf_md (context, EVP_sha256 ()) != 1
      || EVP_PKEY_CTX_set1_hkdf_key (context, shared, 32) != 1
      || EVP_PKEY_CTX_add1_hkdf_info (context, (const guint8 *)info, (int)strlen (info)) != 1
      || EVP_PKEY_derive (context, ret_key, &len) != 1)
    g_error ("OpenSSL has no HKDF-SHA-256");
}

static gboolean
derive (EVP_PKEY    *ours,
        const guint8 public_key[MADO_BOX_KEY_LEN],
        const char  *application,
        guint8       ret_key[MADO_KEY_LEN])
{
  guint8   shared[32];
  gboolean agreed = agree (ours, public_key, shared);

  if (agreed)
    expand (shared, application, ret_key);
  OPENSSL_cleanse (shared, sizeof shared);
  return agreed;
}

gboolean
mado_box_key (const guint8 centre[MADO_BOX_KEY_LEN],
              const char  *application,
              const guint8 key[MADO_KEY_LEN],
              GBytes     **ret_epk,
              GBytes     **ret_boxed,
              GError     **error)
{
  guint8 fresh[MADO_BOX_KEY_LEN], epk[MADO_BOX_KEY_LEN], box_key[MADO_KEY_LEN];
  guint8 boxed[MADO_BOXED_LEN];

  g_autoptr (EVP_PKEY) pair = fresh_pair (fresh, epk);
  gboolean agreed = derive (pair, centre, application, box_key);
  if (agreed) {
    mado_cipher_seal (box_key, zero_nonce, "", key, MADO_KEY_LEN, boxed);
    *ret_epk = g_bytes_new (epk, sizeof epk);
    *ret_boxed = g_bytes_new (boxed, sizeof boxed);
  }
  OPENSSL_cleanse (fresh, sizeof fresh);
  OPENSSL_cleanse (box_key, sizeof box_key);
  return agreed
         || mado_store_raise (error, MADO_STORE_ERROR_KEY,
                              "the centre's box key is no usable X25519 key (RFC 7748 §6.1)");
}

gboolean
mado_unbox_key (const guint8 private_key[MADO_BOX_KEY_LEN],
                const char  *application,
                GBytes      *epk,
                GBytes      *boxed,
                guint8       ret_key[MADO_KEY_LEN],
                GError     **error)
{
  guint8 box_key[MADO_KEY_LEN], key[MADO_KEY_LEN];
  g_autoptr (EVP_PKEY) ours = private_half (private_key);

  gboolean opened = g_bytes_get_size (epk) == MADO_BOX_KEY_LEN
                    && g_bytes_get_size (boxed) == MADO_BOXED_LEN
                    && derive (ours, g_bytes_get_data (epk, NULL), application, box_key)
                    && mado_cipher_unseal (box_key, zero_nonce, "", g_bytes_get_data (boxed, NULL),
                                           MADO_BOXED_LEN, key);
  if (opened)
    memcpy (ret_key, key, sizeof key);
  OPENSSL_cleanse (box_key, sizeof box_key);
  OPENSSL_cleanse (key, sizeof key);
  return opened
         || mado_store_raise (error, MADO_STORE_ERROR_KEY, "the box of %s does not open",
                              application);
}
