#include "app/cli/standing.h"

#include "app/agent/error.h"
#include "app/authservice/service.h"
#include "app/cli/file.h"
#include "certs/crl.h"
#include "certs/ocsp.h"

gboolean
mado_sources_read (const MadoCliOptions *options, MadoSources *ret_sources, GError **error)
{
  ret_sources->url = options->ocsp_url;
  ret_sources->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  if (options->ocsp_url != NULL && options->ocsp_response != NULL)
    return mado_agent_raise (error, MADO_FAILURE_USAGE,
                             "--ocsp-url or --ocsp-response, not both at once");
  for (gsize i = 0; options->crl != NULL && options->crl[i] != NULL; i++) {
    GBytes *list = mado_cli_read_file (options->crl[i], error);
    if (list == NULL)
      return FALSE;
    g_ptr_array_add (ret_sources->lists, list);
  }
  if (options->ocsp_response == NULL)
    return TRUE;
  ret_sources->response = mado_cli_read_file (options->ocsp_response, error);
  return ret_sources->response != NULL;
}

void
mado_sources_clear (MadoSources *sources)
{
  g_clear_pointer (&sources->lists, g_ptr_array_unref);
  g_clear_pointer (&sources->response, g_bytes_unref);
}

void
mado_standing_clear (MadoStanding *standing)
{
  g_clear_pointer (&standing->reason, g_free);
}

static int
weight (MadoRevocation revocation)
{
  switch (revocation) {
  case MADO_REVOCATION_REVOKED:
    return 3;
  case MADO_REVOCATION_UNKNOWN:
    return 2;
  case MADO_REVOCATION_GOOD:
    return 1;
  case MADO_REVOCATION_NOT_CHECKED:
  default:
    return 0;
  }
}

/* Takes @reason. Of sources that could not tell, the first says why. */
static void
hear (MadoStanding *standing, MadoRevocation revocation, char *reason)
{
  g_autofree char *owned = reason;

  if (weight (revocation) < weight (standing->revocation)
      || (weight (revocation) == weight (standing->revocation) && standing->reason != NULL))
    return;
  standing->revocation = revocation;
  g_free (standing->reason);
  standing->reason = g_steal_pointer (&owned);
}

static void
ask_url (const char *url, MadoCert *cert, MadoCert *issuer, gint64 now, MadoStanding *standing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoAuthService) service = mado_auth_service_new ("ocsp", url, NULL, &error);
  g_auto (MadoAuthStatus) status = { 0 };

  if (service == NULL) {
    hear (standing, MADO_REVOCATION_NOT_CHECKED, g_strdup (error->message));
    return;
  }
  mado_auth_service_check (service, cert, issuer, mado_cert_profile (cert), now, &status);
  hear (standing, status.revocation, g_steal_pointer (&status.reason));
}

static void
read_response (
    GBytes *response, MadoCert *cert, MadoCert *issuer, gint64 at, MadoStanding *standing)
{
  g_autoptr (GError) cause = NULL;
  MadoRevocation revocation = MADO_REVOCATION_NOT_CHECKED;
  char          *reason = NULL;

  if (!mado_ocsp_read (response, cert, issuer, NULL, at, &revocation, &reason, &cause))
    reason = g_strdup (cause->message);
  hear (standing, revocation, reason);
}

static void
read_list (GBytes *list, MadoCert *cert, MadoCert *issuer, gint64 at, MadoStanding *standing)
{
  g_autoptr (GError) cause = NULL;
  MadoRevocation revocation = MADO_REVOCATION_NOT_CHECKED;
  char          *reason = NULL;

  if (!mado_crl_check (list, cert, issuer, at, &revocation, &reason, &cause))
    reason = g_strdup (cause->message);
  hear (standing, revocation, reason);
}

void
mado_standing_ask (const MadoSources *sources,
                   MadoCert          *cert,
                   MadoCert          *issuer,
                   gint64             at,
                   gint64             now,
                   MadoStanding      *ret_standing)
{
  ret_standing->asked
      = sources->lists->len > 0 || sources->response != NULL || sources->url != NULL;
  if (issuer == NULL)
    return;
  for (guint i = 0; i < sources->lists->len; i++)
    read_list (g_ptr_array_index (sources->lists, i), cert, issuer, at, ret_standing);
  if (sources->response != NULL)
    read_response (sources->response, cert, issuer, at, ret_standing);
  if (sources->url != NULL)
    ask_url (sources->url, cert, issuer, now, ret_standing);
}
