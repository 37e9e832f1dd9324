#include "app/authservice/service.h"

#include "app/authservice/error.h"
#include "app/authservice/fetch.h"
#include "certs/crl.h"
#include "certs/error.h"
#include "certs/ocsp.h"

typedef struct {
  const char *name; /* as the configuration has it, and in every answer */
  void (*check) (MadoAuthService *service,
                 MadoCert        *cert,
                 MadoCert        *issuer,
                 MadoCertProfile  profile,
                 gint64           now,
                 MadoAuthStatus  *status);
  MadoAuthLight (*probe) (MadoAuthService *service);
} Driver;

struct _MadoAuthService {
  const Driver *driver;
  char         *source; /* URL or path with {profile}; %NULL for "none" */
};

void
mado_auth_status_clear (MadoAuthStatus *status)
{
  g_clear_pointer (&status->reason, g_free);
}

static char *
source_for (const MadoAuthService *service, MadoCertProfile profile)
{
  g_autoptr (GString) source = g_string_new (service->source);

  g_string_replace (source, "{profile}", mado_cert_profile_name (profile), 0);
  return g_string_free (g_steal_pointer (&source), FALSE);
}

/* Why an answer that came could not be used. */
static const char *
word_of (const GError *fault)
{
  static const char *const words[] = {
    [MADO_CERTS_ERROR_MALFORMED] = "malformed",
    [MADO_CERTS_ERROR_UNTRUSTED] = "unsigned",
    [MADO_CERTS_ERROR_STALE] = "stale",
    [MADO_CERTS_ERROR_OTHER_CERT] = "other-certificate",
    [MADO_CERTS_ERROR_OTHER_NONCE] = "other-nonce",
    [MADO_CERTS_ERROR_REFUSED] = "try-later",
    [MADO_CERTS_ERROR_SIGNATURE] = "unsigned",
  };

  if (fault->domain != MADO_CERTS_ERROR || fault->code < 0
      || fault->code >= (int)G_N_ELEMENTS (words) || words[fault->code] == NULL)
    return "malformed";
  return words[fault->code];
}

static void
set_fault (MadoAuthStatus *status, const GError *fault)
{
  g_debug ("no usable word on a certificate: %s", fault->message);
  status->reason = g_strdup (word_of (fault));
}

static void
check_ocsp (MadoAuthService *service,
            MadoCert        *cert,
            MadoCert        *issuer,
            MadoCertProfile  profile,
            gint64           now,
            MadoAuthStatus  *status)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GBytes) nonce = NULL;
  g_autofree char *url = source_for (service, profile);
  g_autoptr (GBytes) request = mado_ocsp_request (cert, issuer, &nonce, &fault);

  if (request == NULL) {
    set_fault (status, fault);
    return;
  }
  g_autoptr (GBytes) response = mado_ocsp_fetch (url, request, &status->reason);
  if (response == NULL)
    return;
  if (!mado_ocsp_read (response, cert, issuer, nonce, now, &status->revocation, &status->reason,
                       &fault))
    set_fault (status, fault);
  else
    status->checked_at = now;
}

static void
check_crl (MadoAuthService *service,
           MadoCert        *cert,
           MadoCert        *issuer,
           MadoCertProfile  profile,
           gint64           now,
           MadoAuthStatus  *status)
{
  g_autoptr (GError) fault = NULL;
  g_autofree char *path = source_for (service, profile);
  char            *text;
  gsize            len;

  if (!g_file_get_contents (path, &text, &len, NULL)) {
    status->reason = g_strdup ("no-list");
    return;
  }
  g_autoptr (GBytes) list = g_bytes_new_take (text, len);
  if (!mado_crl_check (list, cert, issuer, now, &status->revocation, &status->reason, &fault))
    set_fault (status, fault);
  else
    status->checked_at = now;
}

static void
check_none (MadoAuthService *service G_GNUC_UNUSED,
            MadoCert *cert           G_GNUC_UNUSED,
            MadoCert *issuer         G_GNUC_UNUSED,
            MadoCertProfile profile  G_GNUC_UNUSED,
            gint64 now               G_GNUC_UNUSED,
            MadoAuthStatus          *status)
{
  status->reason = g_strdup ("none");
}

/* The certificate of a counter registration is the signing one; its source is the one to watch. */
static MadoAuthLight
probe_ocsp (MadoAuthService *service)
{
  g_autofree char *url = source_for (service, MADO_CERT_SIGN);

  return mado_ocsp_can_connect (url) ? MADO_AUTH_LIGHT_REACHABLE : MADO_AUTH_LIGHT_UNREACHABLE;
}

static MadoAuthLight
probe_crl (MadoAuthService *service)
{
  g_autofree char *path = source_for (service, MADO_CERT_SIGN);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? MADO_AUTH_LIGHT_REACHABLE
                                                       : MADO_AUTH_LIGHT_UNREACHABLE;
}

static MadoAuthLight
probe_none (MadoAuthService *service G_GNUC_UNUSED)
{
  return MADO_AUTH_LIGHT_NOT_CHECKED;
}

static const Driver drivers[] = {
  { "ocsp", check_ocsp, probe_ocsp },
  { "crl", check_crl, probe_crl },
  { "none", check_none, probe_none },
};

static const Driver *
find_driver (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (drivers); i++)
    if (g_str_equal (drivers[i].name, name))
      return &drivers[i];
  mado_auth_raise (error, MADO_AUTH_ERROR_DRIVER,
                   g_str_equal (name, "platform")
                       ? "driver \"%s\" is not built into this version; expected ocsp, crl or none"
                       : "driver \"%s\" is unknown; expected ocsp, crl or none",
                   name);
  return NULL;
}

static gboolean
check_source (const Driver *driver, const char *source, GError **error)
{
  if (driver->check == check_none)
    return TRUE;
  if (source == NULL || *source == '\0')
    return mado_auth_raise (error, MADO_AUTH_ERROR_SOURCE, "driver \"%s\" has no source",
                            driver->name);
  if (driver->check == check_ocsp) {
    MadoAuthService  sample = { driver, (char *)source };
    g_autofree char *url = source_for (&sample, MADO_CERT_SIGN);
    if (!mado_ocsp_is_url (url))
      return mado_auth_raise (error, MADO_AUTH_ERROR_SOURCE,
                              "the responder's URL must be http:// or https://");
  }
  return TRUE;
}

MadoAuthService *
mado_auth_service_new (const char *driver_name, const char *url, const char *crl, GError **error)
{
  const Driver *driver = find_driver (driver_name, error);

  if (driver == NULL)
    return NULL;
  const char *source = driver->check == check_crl ? crl : url;
  if (!check_source (driver, source, error))
    return NULL;
  MadoAuthService *service = g_new0 (MadoAuthService, 1);
  service->driver = driver;
  service->source = g_strdup (source);
  return service;
}

void
mado_auth_service_free (MadoAuthService *service)
{
  if (service == NULL)
    return;
  g_free (service->source);
  g_free (service);
}

void
mado_auth_service_check (MadoAuthService *service,
                         MadoCert        *cert,
                         MadoCert        *issuer,
                         MadoCertProfile  profile,
                         gint64           now,
                         MadoAuthStatus  *ret_status)
{
  *ret_status = (MadoAuthStatus){ .source = service->driver->name };
  service->driver->check (service, cert, issuer, profile, now, ret_status);
}

MadoAuthLight
mado_auth_service_probe (MadoAuthService *service)
{
  return service->driver->probe (service);
}
