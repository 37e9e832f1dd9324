#include "app/sync/enrol.h"

#include "app/sync/error.h"
#include "app/sync/est.h"
#include "certs/authority.h"
#include "certs/bundle.h"

/* A fault of certs/ or of a file, told in this room's words. */
static gboolean
pass_on (GError **error, MadoSyncError code, const char *what, GError *fault)
{
  return mado_sync_raise (error, code, "%s: %s", what, fault->message);
}

static gboolean
read_file (const char *path, GBytes **ret_content, GError **error)
{
  char *text;
  gsize len;
  g_autoptr (GError) fault = NULL;

  if (!g_file_get_contents (path, &text, &len, &fault))
    return pass_on (error, MADO_SYNC_ERROR_FILE, "the server's authority", fault);
  *ret_content = g_bytes_new_take (text, len);
  return TRUE;
}

static GPtrArray *
read_bundle (const MadoHttpAnswer *answer, GError **error)
{
  g_autoptr (GError) fault = NULL;

  if (!mado_http_expect (answer, MADO_EST_PKCS7, error))
    return NULL;
  g_autoptr (GBytes) der = mado_est_decode (answer->body);
  GPtrArray *certs = der != NULL ? mado_bundle_read (der, &fault) : NULL;
  if (certs == NULL)
    mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "no certificates in an answer of EST: %s",
                     fault != NULL ? fault->message : "not base64");
  return certs;
}

static GPtrArray *
get_authorities (MadoHttp *http, GError **error)
{
  MadoHttpRequest request = { .path = MADO_EST_CACERTS };
  g_auto (MadoHttpAnswer) answer = { 0 };

  if (!mado_http_send (http, &request, &answer, error))
    return NULL;
  return read_bundle (&answer, error);
}

static GPtrArray *
post_request (MadoHttp *http, GBytes *pkcs10, MadoSecret *header, GError **error)
{
  g_autoptr (GBytes) body = mado_est_encode (pkcs10);
  MadoHttpRequest request = {
    .path = MADO_EST_ENROLL,
    .content_type = MADO_EST_PKCS10,
    .body = body,
    .header = header,
  };
  g_auto (MadoHttpAnswer) answer = { 0 };

  if (!mado_http_send (http, &request, &answer, error))
    return NULL;
  return read_bundle (&answer, error);
}

static gboolean
is_for_key (MadoCert *cert, MadoKey *key)
{
  static const char text[] = "madoguchi-enrolment";
  g_autoptr (GBytes) signature = mado_key_sign (key, text, sizeof text, NULL);

  return signature != NULL && mado_cert_signed (cert, text, sizeof text, signature);
}

/* An answer that is not for us would be found only at the next request, with the old key gone. */
static gboolean
check_certificate (const MadoEnrolOptions *options,
                   MadoCert               *cert,
                   MadoKey                *key,
                   GPtrArray              *authorities,
                   GError                **error)
{
  gint64           now = mado_clock_now (options->clock);
  g_autofree char *name = mado_cert_common_name (cert);

  if (g_strcmp0 (name, options->terminal) != 0)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL,
                            "the certificate is for another terminal");
  if (!is_for_key (cert, key))
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "the certificate is for another key");
  for (guint i = 0; i < authorities->len; i++)
    if (mado_authority_check (authorities->pdata[i], cert, MADO_ISSUE_CLIENT, now, NULL))
      return TRUE;
  return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL,
                          "the certificate does not come from the centre's authority, or not now");
}

static gboolean
make_header (const MadoEnrolOptions *options,
             const MadoSecret       *password,
             MadoSecret            **ret_header,
             GError                **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (MadoSecret) header = mado_secret_new (&fault);

  if (header == NULL)
    return pass_on (error, MADO_SYNC_ERROR_IO, "no locked memory", fault);
  if (!mado_est_basic_header (options->terminal, password, header))
    return mado_sync_raise (error, MADO_SYNC_ERROR_REFUSED, "the password is too long");
  *ret_header = g_steal_pointer (&header);
  return TRUE;
}

static gboolean
make_request (const MadoEnrolOptions *options,
              MadoKey               **ret_key,
              GBytes                **ret_pkcs10,
              GError                **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (MadoKey) key = mado_key_new (&fault);

  *ret_pkcs10 = key != NULL ? mado_request_new (key, options->terminal, &fault) : NULL;
  if (*ret_pkcs10 == NULL)
    return pass_on (error, MADO_SYNC_ERROR_IO, "cannot make a key", fault);
  *ret_key = g_steal_pointer (&key);
  return TRUE;
}

/* Over TLS without a client certificate: we have none yet. */
static MadoCert *
ask (const MadoEnrolOptions *options,
     MadoKey                *key,
     GBytes                 *pkcs10,
     MadoSecret             *header,
     GError                **error)
{
  g_autoptr (MadoHttp) http = mado_http_new (options->url, options->server_ca, NULL, error);
  g_autoptr (GPtrArray) authorities = http != NULL ? get_authorities (http, error) : NULL;
  g_autoptr (GPtrArray) certs
      = authorities != NULL ? post_request (http, pkcs10, header, error) : NULL;

  if (certs == NULL || !check_certificate (options, certs->pdata[0], key, authorities, error))
    return NULL;
  return mado_cert_ref (certs->pdata[0]);
}

static gboolean
keep (const MadoEnrolOptions *options,
      const MadoIdentity     *identity,
      MadoKey                *key,
      MadoCert               *cert,
      GError                **error)
{
  g_autoptr (GBytes) key_pem = mado_key_to_pem (key);
  g_autoptr (GBytes) cert_pem = mado_cert_pem (cert);
  g_autoptr (GBytes) ca_pem = NULL;

  return read_file (options->server_ca, &ca_pem, error)
         && mado_identity_replace (identity, key_pem, cert_pem, ca_pem, error);
}

gboolean
mado_enrol (const MadoEnrolOptions *options,
            MadoSecret             *password,
            MadoBoxKey             *ret_box_key,
            GError                **error)
{
  g_autoptr (MadoIdentity) identity = mado_identity_new (options->state_dir);
  g_autoptr (MadoSecret) header = NULL;
  g_autoptr (MadoKey) key = NULL;
  g_autoptr (GBytes) pkcs10 = NULL;

  if (!make_header (options, password, &header, error)
      || !make_request (options, &key, &pkcs10, error))
    return FALSE;
  g_autoptr (MadoCert) cert = ask (options, key, pkcs10, header, error);
  if (cert == NULL || !keep (options, identity, key, cert, error))
    return FALSE;
  g_autoptr (MadoHttp) http = mado_http_new (options->url, identity->server_ca, identity, error);
  return http != NULL && mado_box_key_fetch (http, ret_box_key, error);
}
