#include "app/central/estface.h"

#include "app/base/log.h"
#include "app/store/error.h"
#include "app/sync/est.h"
#include "certs/bundle.h"

#define DAY (24 * 60 * 60)
#define TERMINAL_DAYS (2 * 365)

static MadoReply *
bundle_reply (MadoCert *cert, const MadoExchange *exchange)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GPtrArray) certs = g_ptr_array_new ();

  g_ptr_array_add (certs, cert);
  g_autoptr (GBytes) der = mado_bundle_new (certs, &fault);
  if (der == NULL)
    return mado_exchange_fault (exchange, fault);
  MadoReply *reply
      = mado_reply_new (MADO_EST_PKCS7 "; smime-type=certs-only", mado_est_encode (der));
  reply->transfer_coded = "base64";
  return reply;
}

MadoReply *
mado_est_cacerts (const MadoExchange *exchange)
{
  return bundle_reply (mado_authority_root (exchange->house->authority), exchange);
}

/* One answer for an unknown terminal, a wrong password and a used one. */
static MadoReply *
unauthorised (void)
{
  MadoReply *reply
      = mado_reply_fault (401, "password", "terminal id or one-time password is wrong");

  reply->challenge = "Basic realm=\"madoguchi-enrolment\"";
  return reply;
}

static MadoReply *
check_password (const MadoExchange *exchange, const char *terminal, const MadoSecret *password)
{
  MadoHouse *house = exchange->house;
  gint64     now = mado_clock_now (house->clock);
  gint64     wait;
  g_autoptr (GError) fault = NULL;

  if (!mado_attempts_allow (house->attempts, terminal, now, &wait)) {
    MadoReply *reply = mado_reply_fault (429, "too_many", "too many wrong passwords; wait");
    reply->retry_after = wait;
    return reply;
  }
  if (mado_centre_check_password (house->centre, terminal, mado_secret_data (password),
                                  mado_secret_len (password), &fault))
    return NULL;
  if (!g_error_matches (fault, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED)
      && !g_error_matches (fault, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND))
    return mado_exchange_fault (exchange, fault);
  mado_attempts_note (house->attempts, terminal, now);
  mado_counters_add (&house->counters, MADO_COUNTER_PASSWORDS_WRONG);
  mado_log (G_LOG_LEVEL_WARNING, "enrolment with a wrong password", NULL);
  return unauthorised ();
}

static MadoReply *
read_request (const MadoExchange *exchange, const char *terminal, MadoRequest **ret_request)
{
  g_autoptr (GBytes) der = mado_est_decode (exchange->body);
  g_autoptr (MadoRequest) request = der != NULL ? mado_request_parse (der, NULL) : NULL;

  if (request == NULL)
    return mado_reply_fault (400, "request", "expected a PKCS #10 request in base64, key P-256");
  g_autofree char *name = mado_request_common_name (request);
  if (g_strcmp0 (name, terminal) != 0)
    return mado_reply_fault (400, "request", "the request is for another name");
  *ret_request = g_steal_pointer (&request);
  return NULL;
}

static MadoCert *
issue (const MadoExchange *exchange, MadoRequest *request, const char *terminal, GError **error)
{
  gint64    now = mado_clock_now (exchange->house->clock);
  MadoIssue wanted = {
    .common_name = terminal,
    .usage = MADO_ISSUE_CLIENT,
    .not_before = now - DAY, /* a terminal's clock may be behind */
    .not_after = now + (gint64)TERMINAL_DAYS * DAY,
  };

  return mado_authority_issue (exchange->house->authority, request, &wanted, error);
}

static MadoReply *
enrol (const MadoExchange *exchange, const char *terminal, const MadoSecret *password)
{
  MadoHouse *house = exchange->house;
  guint8     fingerprint[MADO_SHA256_LEN];
  g_autoptr (GError) fault = NULL;
  g_autoptr (MadoRequest) request = NULL;
  MadoReply *refusal = read_request (exchange, terminal, &request);

  if (refusal != NULL)
    return refusal;
  g_autoptr (MadoCert) cert = issue (exchange, request, terminal, &fault);
  if (cert == NULL)
    return mado_exchange_fault (exchange, fault);
  mado_cert_fingerprint (cert, fingerprint);
  /* The password is spent with the fingerprint in one transaction: of two at once one fails here.
   */
  if (!mado_centre_enrol_terminal (house->centre, terminal, mado_secret_data (password),
                                   mado_secret_len (password), fingerprint, &fault))
    return g_error_matches (fault, MADO_STORE_ERROR, MADO_STORE_ERROR_REFUSED)
               ? unauthorised ()
               : mado_exchange_fault (exchange, fault);
  mado_counters_add (&house->counters, MADO_COUNTER_ENROLLED);
  mado_log (G_LOG_LEVEL_MESSAGE, "terminal enrolled", "TERMINAL", terminal, NULL);
  return bundle_reply (cert, exchange);
}

MadoReply *
mado_est_simpleenroll (const MadoExchange *exchange)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (MadoSecret) password = mado_secret_new (&fault);
  g_autofree char *terminal = NULL;

  if (password == NULL)
    return mado_exchange_fault (exchange, fault);
  if (exchange->authorization == NULL
      || !mado_est_read_basic (exchange->authorization, &terminal, password))
    return unauthorised ();
  MadoReply *refusal = check_password (exchange, terminal, password);
  return refusal != NULL ? refusal : enrol (exchange, terminal, password);
}
