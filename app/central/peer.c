#include "app/central/peer.h"

#include "app/store/error.h"
#include "certs/error.h"

static MadoReply *
check_certificate (MadoCert *cert, MadoHouse *house)
{
  g_autoptr (GError) fault = NULL;

  if (cert == NULL)
    return mado_reply_fault (403, "no_certificate", "a terminal's certificate is needed");
  if (mado_authority_check (mado_authority_root (house->authority), cert, MADO_ISSUE_CLIENT,
                            mado_clock_now (house->clock), &fault))
    return NULL;
  if (g_error_matches (fault, MADO_CERTS_ERROR, MADO_CERTS_ERROR_STALE))
    return mado_reply_fault (403, "expired", "the certificate is not valid now");
  return mado_reply_fault (403, "untrusted", "the certificate is not from our authority");
}

static gboolean
is_name_of (const MadoCentreTerminal *terminal, MadoCert *cert)
{
  g_autofree char *name = mado_cert_common_name (cert);

  return g_strcmp0 (name, terminal->id) == 0;
}

MadoReply *
mado_peer_identify (MadoCert *cert, MadoExchange *exchange)
{
  g_autoptr (GError) fault = NULL;
  guint8     fingerprint[MADO_SHA256_LEN];
  MadoReply *refusal = check_certificate (cert, exchange->house);

  if (refusal != NULL)
    return refusal;
  mado_cert_fingerprint (cert, fingerprint);
  g_autoptr (MadoCentreTerminal) terminal
      = mado_centre_terminal_by_certificate (exchange->house->centre, fingerprint, &fault);
  if (terminal == NULL && !g_error_matches (fault, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND))
    return mado_exchange_fault (exchange, fault);
  if (terminal == NULL || !is_name_of (terminal, cert))
    return mado_reply_fault (403, "unknown_terminal", "no terminal has this certificate");
  if (terminal->revoked)
    return mado_reply_fault (403, "revoked", "this terminal is revoked");
  exchange->cert = mado_cert_ref (cert);
  exchange->terminal = g_steal_pointer (&terminal);
  return NULL;
}
