#include "certs/ocsp.h"

#include "app/base/octets.h"
#include "app/base/random.h"
#include "certs/freshness.h"
#include "certs/libcrypto.h"
#include "certs/responder.h"

#include <openssl/err.h>
#include <string.h>

/* RFC 6960 §4.2.2.1: without a next update newer news is always to be had. */
#define LONGEST_LIFE (60 * 60)

/* SHA-256, because responders compute the identifier with the hash of the request (`openssl ocsp`
 * does); their answer may use another one, see is_about(). */
static gboolean
add_cert_id (OCSP_REQUEST *request, MadoCert *cert, MadoCert *issuer)
{
  OCSP_CERTID *id = OCSP_cert_to_id (EVP_sha256 (), mado_cert_x509 (cert), mado_cert_x509 (issuer));

  if (id != NULL && OCSP_request_add0_id (request, id) != NULL)
    return TRUE;
  OCSP_CERTID_free (id);
  return FALSE;
}

GBytes *
mado_ocsp_request (MadoCert *cert, MadoCert *issuer, GBytes **ret_nonce, GError **error)
{
  g_autoptr (OCSP_REQUEST) request = OCSP_REQUEST_new ();
  guint8         nonce[MADO_OCSP_NONCE_LEN];
  unsigned char *data = NULL;
  int            len = 0;
  GBytes        *der;

  mado_random (nonce, sizeof nonce);
  if (add_cert_id (request, cert, issuer)
      && OCSP_request_add1_nonce (request, nonce, sizeof nonce) == 1)
    len = i2d_OCSP_REQUEST (request, &data);
  der = mado_libcrypto_bytes (data, len);
  if (der != NULL)
    *ret_nonce = g_bytes_new (nonce, sizeof nonce);
  else
    mado_certs_raise (error, MADO_CERTS_ERROR_CRYPTO, "no request: %s", mado_libcrypto_why ());
  return der;
}

static OCSP_RESPONSE *
decode (GBytes *octets, GError **error)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (octets, &len);
  const guint8 *end = data;
  g_autoptr (OCSP_RESPONSE) response = d2i_OCSP_RESPONSE (NULL, &end, (long)len);

  if (response == NULL)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 6960 §4.2.1: no answer: %s",
                      mado_libcrypto_why ());
  else if (end != data + len)
    mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                      "RFC 6960 §4.2.1: %" G_GSIZE_FORMAT " octets behind the answer",
                      len - (gsize)(end - data));
  else
    return g_steal_pointer (&response);
  return NULL;
}

static gboolean
is_whole (MadoOctets outer, MadoOctets *ret_value)
{
  guint16 tag;

  return mado_octets_take_tlv (&outer, &tag, ret_value, NULL) && outer.len == 0;
}

/* The basic answer lies in an OCTET STRING, and OpenSSL does not look behind it there. */
static gboolean
holds_nothing_more (GBytes *response)
{
  MadoOctets part;
  guint16    tag;

  return is_whole (mado_octets_of (response), &part)
         && mado_octets_take_tlv (&part, &tag, &(MadoOctets){ 0 }, NULL) /* status */
         && is_whole (part, &part) && is_whole (part, &part)
         && mado_octets_take_tlv (&part, &tag, &(MadoOctets){ 0 }, NULL) /* type */
         && is_whole (part, &part) && is_whole (part, &part);
}

static OCSP_BASICRESP *
open_basic (GBytes *octets, GError **error)
{
  g_autoptr (OCSP_RESPONSE) response = decode (octets, error);
  g_autoptr (OCSP_BASICRESP) basic = NULL;
  int status;

  if (response == NULL)
    return NULL;
  status = OCSP_response_status (response);
  if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    mado_certs_raise (error, MADO_CERTS_ERROR_REFUSED, "RFC 6960 §2.3: %s",
                      OCSP_response_status_str (status));
    return NULL;
  }
  basic = OCSP_response_get1_basic (response);
  if (basic != NULL && holds_nothing_more (octets))
    return g_steal_pointer (&basic);
  mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "RFC 6960 §4.2.1: %s",
                    basic == NULL ? "no basic answer" : "octets behind the basic answer");
  ERR_clear_error ();
  return NULL;
}

/* The identifier is computed anew with the hash the responder chose. */
static gboolean
is_about (OCSP_SINGLERESP *single, MadoCert *cert, MadoCert *issuer)
{
  const OCSP_CERTID *theirs = OCSP_SINGLERESP_get0_id (single);
  g_autoptr (OCSP_CERTID) copy = OCSP_CERTID_dup (theirs);
  g_autoptr (OCSP_CERTID) ours = NULL;
  ASN1_OBJECT *hash = NULL;
  int          nid;

  if (copy == NULL || OCSP_id_get0_info (NULL, &hash, NULL, NULL, copy) != 1)
    return FALSE;
  nid = OBJ_obj2nid (hash);
  if (nid != NID_sha1 && nid != NID_sha256 && nid != NID_sha384 && nid != NID_sha512)
    return FALSE;
  ours
      = OCSP_cert_to_id (EVP_get_digestbynid (nid), mado_cert_x509 (cert), mado_cert_x509 (issuer));
  return ours != NULL && OCSP_id_cmp (ours, copy) == 0;
}

static OCSP_SINGLERESP *
find_single (OCSP_BASICRESP *basic, MadoCert *cert, MadoCert *issuer, GError **error)
{
  OCSP_SINGLERESP *found = NULL;

  for (int i = 0; i < OCSP_resp_count (basic); i++) {
    OCSP_SINGLERESP *single = OCSP_resp_get0 (basic, i);
    if (!is_about (single, cert, issuer))
      continue;
    if (found != NULL) {
      mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "two answers about one certificate");
      return NULL;
    }
    found = single;
  }
  if (found == NULL)
    mado_certs_raise (error, MADO_CERTS_ERROR_OTHER_CERT,
                      "RFC 6960 §3.2: the answer is about another certificate");
  return found;
}

static gboolean
check_critical (OCSP_BASICRESP *basic, OCSP_SINGLERESP *single, GError **error)
{
  for (int i = 0; i < OCSP_BASICRESP_get_ext_count (basic); i++) {
    X509_EXTENSION *extension = OCSP_BASICRESP_get_ext (basic, i);
    if (X509_EXTENSION_get_critical (extension)
        && OBJ_obj2nid (X509_EXTENSION_get_object (extension)) != NID_id_pkix_OCSP_Nonce)
      return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                               "RFC 6960 §4.4: unknown critical extension in the answer");
  }
  if (OCSP_SINGLERESP_get_ext_by_critical (single, 1, -1) >= 0)
    return mado_certs_raise (error, MADO_CERTS_ERROR_UNTRUSTED,
                             "RFC 6960 §4.4: unknown critical extension in the single answer");
  return TRUE;
}

/* RFC 8954 §2.1: an OCTET STRING inside the extension's own. */
static gboolean
is_nonce (X509_EXTENSION *extension, GBytes *nonce)
{
  const ASN1_OCTET_STRING *wrapped = X509_EXTENSION_get_data (extension);
  const guint8            *data = ASN1_STRING_get0_data (wrapped);
  const guint8            *end = data + ASN1_STRING_length (wrapped);
  g_autoptr (ASN1_OCTET_STRING) theirs
      = d2i_ASN1_OCTET_STRING (NULL, &data, ASN1_STRING_length (wrapped));
  gsize         len = 0;
  const guint8 *ours = g_bytes_get_data (nonce, &len);

  ERR_clear_error ();
  return theirs != NULL && data == end && (gsize)ASN1_STRING_length (theirs) == len
         && memcmp (ASN1_STRING_get0_data (theirs), ours, len) == 0;
}

static gboolean
check_nonce (OCSP_BASICRESP *basic, GBytes *nonce, GError **error)
{
  int at = OCSP_BASICRESP_get_ext_by_NID (basic, NID_id_pkix_OCSP_Nonce, -1);

  if (at < 0 || nonce == NULL)
    return TRUE;
  if (OCSP_BASICRESP_get_ext_by_NID (basic, NID_id_pkix_OCSP_Nonce, at) >= 0)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "two nonces in one answer");
  if (!is_nonce (OCSP_BASICRESP_get_ext (basic, at), nonce))
    return mado_certs_raise (error, MADO_CERTS_ERROR_OTHER_NONCE,
                             "RFC 8954 §2.1: the answer has another nonce");
  return TRUE;
}

static const char *
reason_word (int reason)
{
  return reason < 0 ? "unspecified" : OCSP_crl_reason_str (reason);
}

static void
read_status (int status, int reason, MadoRevocation *ret_status, char **ret_reason)
{
  *ret_status = status == V_OCSP_CERTSTATUS_GOOD      ? MADO_REVOCATION_GOOD
                : status == V_OCSP_CERTSTATUS_REVOKED ? MADO_REVOCATION_REVOKED
                                                      : MADO_REVOCATION_UNKNOWN;
  *ret_reason = status == V_OCSP_CERTSTATUS_REVOKED ? g_strdup (reason_word (reason)) : NULL;
}

gboolean
mado_ocsp_read (GBytes         *response,
                MadoCert       *cert,
                MadoCert       *issuer,
                GBytes         *nonce,
                gint64          now,
                MadoRevocation *ret_status,
                char          **ret_reason,
                GError        **error)
{
  g_autoptr (OCSP_BASICRESP) basic = open_basic (response, error);
  OCSP_SINGLERESP      *single;
  ASN1_GENERALIZEDTIME *this_update = NULL;
  ASN1_GENERALIZEDTIME *next_update = NULL;
  int                   status;
  int                   reason = -1;

  if (basic == NULL || !mado_responder_check (basic, issuer, now, error))
    return FALSE;
  single = find_single (basic, cert, issuer, error);
  if (single == NULL || !check_critical (basic, single, error)
      || !check_nonce (basic, nonce, error))
    return FALSE;
  status = OCSP_single_get0_status (single, &reason, NULL, &this_update, &next_update);
  if (!mado_freshness_check (this_update, next_update, LONGEST_LIFE, now, error))
    return FALSE;
  read_status (status, reason, ret_status, ret_reason);
  return TRUE;
}
