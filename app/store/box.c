#include "app/store/box.h"

#include "app/base/random.h"
#include "app/store/cipher.h"
#include "app/store/error.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <string.h>

#define LABEL "madoguchi/box/1"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_KDF_CTX, EVP_KDF_CTX_free)

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

/* Fetched once, as in cipher.c. */
static EVP_KDF *
hkdf (void)
{
  static gsize kdf = 0;

  if (g_once_init_enter (&kdf)) {
    EVP_KDF *fetched = EVP_KDF_fetch (NULL, "HKDF", NULL);
    if (fetched == NULL)
      g_error ("OpenSSL has no HKDF");
    g_once_init_leave (&kdf, GPOINTER_TO_SIZE (fetched));
  }
  return GSIZE_TO_POINTER (kdf);
}

static void
expand (const guint8 shared[32], const char *application, guint8 ret_key[MADO_KEY_LEN])
{
  g_autoptr (EVP_KDF_CTX) context = EVP_KDF_CTX_new (hkdf ());
  g_autofree char *info = g_strconcat (LABEL, application, NULL);
  OSSL_PARAM       params[] = {
          OSSL_PARAM_construct_utf8_string (OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0),
          OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_KEY, (void *)shared, 32),
          OSSL_PARAM_construct_octet_string (OSSL_KDF_PARAM_INFO, info, strlen (info)),
          OSSL_PARAM_construct_end (),
  };

  if (context == NULL || EVP_KDF_derive (context, ret_key, MADO_KEY_LEN, params) != 1)
    g_error ("HKDF-SHA-256 failed");
}

gboolean
mado_box_start (const guint8 centre[MADO_BOX_KEY_LEN], MadoBoxStart *start, GError **error)
{
  guint8 fresh[MADO_BOX_KEY_LEN];

  if (start->is_ready && memcmp (start->centre, centre, sizeof start->centre) == 0)
    return TRUE;
  g_autoptr (EVP_PKEY) pair = fresh_pair (fresh, start->epk);
  OPENSSL_cleanse (fresh, sizeof fresh);
  memcpy (start->centre, centre, sizeof start->centre);
  start->is_ready = agree (pair, centre, start->shared);
  return start->is_ready
         || mado_store_raise (error, MADO_STORE_ERROR_KEY,
                              "the centre's box key is no usable X25519 key (RFC 7748 §6.1)");
}

void
mado_box_finish (MadoBoxStart *start,
                 const char   *application,
                 const guint8  key[MADO_KEY_LEN],
                 GBytes      **ret_epk,
                 GBytes      **ret_boxed)
{
  guint8 box_key[MADO_KEY_LEN], boxed[MADO_BOXED_LEN];

  g_assert (start->is_ready);
  expand (start->shared, application, box_key);
  mado_cipher_seal (box_key, zero_nonce, "", key, MADO_KEY_LEN, boxed);
  *ret_epk = g_bytes_new (start->epk, sizeof start->epk);
  *ret_boxed = g_bytes_new (boxed, sizeof boxed);
  OPENSSL_cleanse (box_key, sizeof box_key);
  mado_box_start_clear (start);
}

void
mado_box_start_clear (MadoBoxStart *start)
{
  OPENSSL_cleanse (start, sizeof *start);
}

static gboolean
open_box (const guint8 private_key[MADO_BOX_KEY_LEN],
          const char  *application,
          GBytes      *epk,
          GBytes      *boxed,
          guint8       ret_key[MADO_KEY_LEN])
{
  g_autoptr (EVP_PKEY) ours = private_half (private_key);
  guint8 shared[32], box_key[MADO_KEY_LEN];

  if (!agree (ours, g_bytes_get_data (epk, NULL), shared))
    return FALSE;
  expand (shared, application, box_key);
  gboolean opened = mado_cipher_unseal (box_key, zero_nonce, "", g_bytes_get_data (boxed, NULL),
                                        MADO_BOXED_LEN, ret_key);
  OPENSSL_cleanse (shared, sizeof shared);
  OPENSSL_cleanse (box_key, sizeof box_key);
  return opened;
}

gboolean
mado_unbox_key (const guint8 private_key[MADO_BOX_KEY_LEN],
                const char  *application,
                GBytes      *epk,
                GBytes      *boxed,
                guint8       ret_key[MADO_KEY_LEN],
                GError     **error)
{
  guint8 key[MADO_KEY_LEN];

  gboolean opened = g_bytes_get_size (epk) == MADO_BOX_KEY_LEN
                    && g_bytes_get_size (boxed) == MADO_BOXED_LEN
                    && open_box (private_key, application, epk, boxed, key);
  if (opened)
    memcpy (ret_key, key, sizeof key);
  OPENSSL_cleanse (key, sizeof key);
  return opened
         || mado_store_raise (error, MADO_STORE_ERROR_KEY, "the box of %s does not open",
                              application);
}
