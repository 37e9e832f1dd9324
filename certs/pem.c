#include "certs/pem.h"

#include "certs/libcrypto.h"

#include <openssl/pem.h>

#define DER_SEQUENCE 0x30

static gboolean
only_blanks_left (BIO *bio)
{
  char c;

  while (BIO_read (bio, &c, 1) == 1)
    if (!g_ascii_isspace (c))
      return FALSE;
  return TRUE;
}

static gboolean
check_block (const char *name, const char *header, const char *label, GError **error)
{
  if (g_strcmp0 (name, label) != 0)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "PEM of another kind, expected %s",
                             label);
  if (header[0] != '\0')
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 7468 §2: PEM with header fields");
  return TRUE;
}

static GBytes *
read_pem (BIO *bio, const char *label, GError **error)
{
  char          *name = NULL;
  char          *header = NULL;
  unsigned char *data = NULL;
  long           len = 0;
  g_autoptr (GBytes) der = NULL;

  if (PEM_read_bio (bio, &name, &header, &data, &len) != 1) {
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "neither DER nor PEM: %s",
                      mado_libcrypto_why ());
    return NULL;
  }
  if (check_block (name, header, label, error))
    der = g_bytes_new (data, (gsize)len);
  OPENSSL_free (name);
  OPENSSL_free (header);
  OPENSSL_free (data);
  return g_steal_pointer (&der);
}

GBytes *
mado_pem_to_der (GBytes *octets, const char *label, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (octets, &len);
  g_autoptr (BIO) bio = NULL;
  g_autoptr (GBytes) der = NULL;

  if (len == 0 || len > G_MAXINT) {
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "%s", len == 0 ? "empty" : "too long");
    return NULL;
  }
  if (data[0] == DER_SEQUENCE)
    return g_bytes_ref (octets);
  bio = BIO_new_mem_buf (data, (int)len);
  der = read_pem (bio, label, error);
  if (der == NULL)
    return NULL;
  if (!only_blanks_left (bio)) {
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "more than one %s, or octets behind it",
                      label);
    return NULL;
  }
  return g_steal_pointer (&der);
}

GBytes *
mado_pem_from_der (GBytes *der, const char *label)
{
  g_autoptr (BIO) bio = BIO_new (BIO_s_mem ());
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (der, &len);
  char         *text = NULL;
  long          text_len;

  PEM_write_bio (bio, label, "", data, (long)len);
  text_len = BIO_get_mem_data (bio, &text);
  return g_bytes_new (text, (gsize)text_len);
}
