#include "certs/key.h"

#include "certs/libcrypto.h"

#include <openssl/pem.h>
#include <string.h>

struct _MadoKey {
  EVP_PKEY *pkey;
};

static MadoKey *
key_new (EVP_PKEY *pkey)
{
  MadoKey *key = g_new0 (MadoKey, 1);

  key->pkey = pkey;
  return key;
}

MadoKey *
mado_key_new (GError **error)
{
  EVP_PKEY *pkey = EVP_EC_gen ("P-256");

  if (pkey == NULL) {
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no key: %s", mado_libcrypto_why ());
    return NULL;
  }
  return key_new (pkey);
}

gboolean
mado_key_is_p256 (EVP_PKEY *pkey)
{
  char group[32] = "";

  return pkey != NULL && EVP_PKEY_is_a (pkey, "EC")
         && EVP_PKEY_get_group_name (pkey, group, sizeof group, NULL)
         && g_str_equal (group, SN_X9_62_prime256v1);
}

/* OpenSSL would ask the terminal for a passphrase; there is nobody to answer. */
static int
no_passphrase (char *buffer, int size, int writing, void *data)
{
  (void)buffer, (void)size, (void)writing, (void)data;
  return -1;
}

MadoKey *
mado_key_from_pem (GBytes *pem, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (pem, &len);
  g_autoptr (BIO) bio = BIO_new_mem_buf (data, (int)MIN (len, 65536));
  g_autoptr (EVP_PKEY) pkey = PEM_read_bio_PrivateKey (bio, NULL, no_passphrase, NULL);

  if (pkey == NULL || !mado_key_is_p256 (pkey)) {
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                      "no unencrypted P-256 key in PEM (RFC 5958): %s", mado_libcrypto_why ());
    return NULL;
  }
  return key_new (g_steal_pointer (&pkey));
}

typedef struct {
  gsize  len;
  guint8 data[];
} Wiped;

static void
wiped_free (gpointer data)
{
  Wiped *wiped = data;

  OPENSSL_cleanse (wiped->data, wiped->len);
  g_free (wiped);
}

static GBytes *
wiped_bytes (const char *text, gsize len)
{
  Wiped *wiped = g_malloc (sizeof *wiped + len);

  wiped->len = len;
  memcpy (wiped->data, text, len);
  return g_bytes_new_with_free_func (wiped->data, len, wiped_free, wiped);
}

GBytes *
mado_key_to_pem (MadoKey *key)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_secmem ());
  char *text = NULL;
  long  len;

  PEM_write_bio_PKCS8PrivateKey (bio, key->pkey, NULL, NULL, 0, NULL, NULL);
  len = BIO_get_mem_data (bio, &text);
  return wiped_bytes (text, (gsize)len);
}

GBytes *
mado_key_sign (MadoKey *key, const void *data, gsize len, GError **error)
{
  g_autoptr (EVP_MD_CTX) context = EVP_MD_CTX_new ();
  guint8 signature[128]; /* P-256: at most 72 octets */
  gsize  signature_len = sizeof signature;

  if (EVP_DigestSignInit (context, NULL, EVP_sha256 (), NULL, key->pkey) != 1
      || EVP_DigestSign (context, signature, &signature_len, data, len) != 1) {
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no signature: %s", mado_libcrypto_why ());
    return NULL;
  }
  return g_bytes_new (signature, signature_len);
}

void
mado_key_free (MadoKey *key)
{
  if (key == NULL)
    return;
  EVP_PKEY_free (key->pkey);
  g_free (key);
}

EVP_PKEY *
mado_key_pkey (MadoKey *key)
{
  return key->pkey;
}
