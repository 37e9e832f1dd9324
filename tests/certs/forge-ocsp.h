/* tests/certs/forge-ocsp.h - OCSP answers as good or as bad as a test wants them. */
#pragma once
#include "tests/certs/forge.h"

typedef struct {
  Forge         about, issuer, signer;    /* whose certificates */
  gint64        this_update, next_update; /* next: 0 leaves it out */
  int           status, reason;
  const guint8 *nonce; /* 32 octets, or NULL */
  const EVP_MD *id_hash;
  gboolean      by_key, without_cert, sha1;
  gboolean      twice;           /* the answer is there two times */
  const char   *critical;        /* the OID of an extension nobody knows */
  const char   *single_critical; /* the same in the single answer */
} ForgeOcsp;

static inline ForgeOcsp
forge_ocsp_good (void)
{
  return (ForgeOcsp){ .about = SIGN,
                      .issuer = ROOT,
                      .signer = RESPONDER,
                      .this_update = NOW - 60,
                      .next_update = NOW + DAY,
                      .status = V_OCSP_CERTSTATUS_GOOD,
                      .reason = OCSP_REVOKED_STATUS_NOSTATUS,
                      .id_hash = EVP_sha256 () };
}

static inline X509_EXTENSION *
forge_critical (const char *oid)
{
  ASN1_OBJECT       *object = OBJ_txt2obj (oid, 1);
  ASN1_OCTET_STRING *null = ASN1_OCTET_STRING_new ();
  X509_EXTENSION    *extension;

  ASN1_OCTET_STRING_set (null, (const guint8 *)"\x05\x00", 2);
  extension = X509_EXTENSION_create_by_OBJ (NULL, object, 1, null);
  ASN1_OBJECT_free (object);
  ASN1_OCTET_STRING_free (null);
  return extension;
}

static inline void
forge_ocsp_single (OCSP_BASICRESP *basic, const ForgeOcsp *forge)
{
  X509        *about = forge_x509 (&forge->about);
  X509        *issuer = forge_x509 (&forge->issuer);
  OCSP_CERTID *id = OCSP_cert_to_id (forge->id_hash, about, issuer);
  ASN1_TIME   *this_update = ASN1_GENERALIZEDTIME_set (NULL, forge->this_update);
  ASN1_TIME   *next_update
      = forge->next_update != 0 ? ASN1_GENERALIZEDTIME_set (NULL, forge->next_update) : NULL;
  OCSP_SINGLERESP *single = OCSP_basic_add1_status (basic, id, forge->status, forge->reason,
                                                    this_update, this_update, next_update);

  if (forge->single_critical != NULL) {
    X509_EXTENSION *extension = forge_critical (forge->single_critical);
    OCSP_SINGLERESP_add_ext (single, extension, -1);
    X509_EXTENSION_free (extension);
  }
  X509_free (about);
  X509_free (issuer);
  OCSP_CERTID_free (id);
  ASN1_TIME_free (this_update);
  ASN1_TIME_free (next_update);
}

static inline void
forge_ocsp_extensions (OCSP_BASICRESP *basic, const ForgeOcsp *forge)
{
  if (forge->nonce != NULL)
    OCSP_basic_add1_nonce (basic, (guint8 *)(gsize)forge->nonce, 32);
  if (forge->critical != NULL) {
    X509_EXTENSION *extension = forge_critical (forge->critical);
    OCSP_BASICRESP_add_ext (basic, extension, -1);
    X509_EXTENSION_free (extension);
  }
}

static inline GBytes *
forge_ocsp (const ForgeOcsp *forge)
{
  OCSP_BASICRESP *basic = OCSP_BASICRESP_new ();
  X509           *signer = forge_x509 (&forge->signer);
  unsigned long   flags
      = (forge->by_key ? OCSP_RESPID_KEY : 0) | (forge->without_cert ? OCSP_NOCERTS : 0);
  OCSP_RESPONSE *response;
  GBytes        *der;

  forge_ocsp_single (basic, forge);
  if (forge->twice)
    forge_ocsp_single (basic, forge);
  forge_ocsp_extensions (basic, forge);
  g_assert_cmpint (OCSP_basic_sign (basic, signer, forge_key (forge->signer.key),
                                    forge->sha1 ? EVP_sha1 () : EVP_sha256 (), NULL, flags),
                   ==, 1);
  response = OCSP_response_create (OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
  FORGE_DER (der, OCSP_RESPONSE, response);
  OCSP_RESPONSE_free (response);
  OCSP_BASICRESP_free (basic);
  X509_free (signer);
  return der;
}
