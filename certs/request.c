#include "certs/request.h"

#include "certs/libcrypto.h"
#include "certs/pem.h"

struct _MadoRequest {
  X509_REQ *req;
};

static gboolean
fill (X509_REQ *req, MadoKey *key, const char *common_name)
{
  X509_NAME *subject = X509_REQ_get_subject_name (req);

  return X509_REQ_set_version (req, X509_REQ_VERSION_1)
         && X509_NAME_add_entry_by_NID (subject, NID_commonName, MBSTRING_UTF8,
                                        (const unsigned char *)common_name, -1, -1, 0)
         && X509_REQ_set_pubkey (req, mado_key_pkey (key))
         && X509_REQ_sign (req, mado_key_pkey (key), EVP_sha256 ()) > 0;
}

GBytes *
mado_request_new (MadoKey *key, const char *common_name, GError **error)
{
  g_autoptr (X509_REQ) req = X509_REQ_new ();
  unsigned char *data = NULL;
  int            len = fill (req, key, common_name) ? i2d_X509_REQ (req, &data) : 0;
  GBytes        *der = mado_libcrypto_bytes (data, len);

  if (der == NULL)
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no request: %s", mado_libcrypto_why ());
  return der;
}

static X509_REQ *
decode (GBytes *der, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (der, &len);
  const guint8 *end = data;
  g_autoptr (X509_REQ) req = d2i_X509_REQ (NULL, &end, (long)len);

  if (req == NULL)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 2986 §4: no request: %s",
                      mado_libcrypto_why ());
  else if (end != data + len)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "octets behind the request");
  else
    return g_steal_pointer (&req);
  return NULL;
}

static gboolean
check_possession (X509_REQ *req, GError **error)
{
  EVP_PKEY *key = X509_REQ_get0_pubkey (req);

  if (!mado_key_is_p256 (key))
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "the request's key is not P-256 (FIPS 186-5)");
  if (X509_REQ_get_signature_nid (req) != NID_ecdsa_with_SHA256 || X509_REQ_verify (req, key) != 1)
    return mado_certs_raise (error, MADO_CERTS_ERROR_SIGNATURE,
                             "RFC 2986 §3: no proof of possession: %s", mado_libcrypto_why ());
  return TRUE;
}

MadoRequest *
mado_request_parse (GBytes *der_or_pem, GError **error)
{
  g_autoptr (GBytes) der = mado_pem_to_der (der_or_pem, "CERTIFICATE REQUEST", error);
  g_autoptr (X509_REQ) req = der != NULL ? decode (der, error) : NULL;
  MadoRequest *request;

  if (req == NULL || !check_possession (req, error))
    return NULL;
  request = g_new0 (MadoRequest, 1);
  request->req = g_steal_pointer (&req);
  return request;
}

char *
mado_request_common_name (MadoRequest *request)
{
  return mado_libcrypto_common_name (X509_REQ_get_subject_name (request->req));
}

void
mado_request_free (MadoRequest *request)
{
  if (request == NULL)
    return;
  X509_REQ_free (request->req);
  g_free (request);
}

EVP_PKEY *
mado_request_pkey (MadoRequest *request)
{
  return X509_REQ_get0_pubkey (request->req);
}
