#include "tests/card/signature.h"
#include <openssl/rsa.h>

typedef EVP_PKEY_CTX Context;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Context, EVP_PKEY_CTX_free)

gboolean
mado_sim_sign (EVP_PKEY *key, const guint8 *octets, gsize len, GByteArray *answer)
{
  g_autoptr (Context) context = EVP_PKEY_CTX_new (key, NULL);
  guint8 signature[256];
  size_t signature_len = sizeof signature;

  if (context == NULL || EVP_PKEY_sign_init (context) != 1
      || EVP_PKEY_CTX_set_rsa_padding (context, RSA_PKCS1_PADDING) != 1
      || EVP_PKEY_sign (context, signature, &signature_len, octets, len) != 1)
    return FALSE;
  g_byte_array_append (answer, signature, (guint)signature_len);
  return TRUE;
}
