#include "app/agent/card-sign.h"

#include "certs/evidence.h"

GBytes *
mado_card_sign (
    MadoCard *card, MadoJpkiKey key, MadoCert *cert, GBytes *content, gint64 now, GError **error)
{
  g_autoptr (MadoEvidence) evidence = mado_evidence_begin (content, cert, now, error);
  g_autoptr (GBytes) signature = NULL;
  guint8 digest[32];

  if (evidence == NULL)
    return NULL;
  mado_evidence_digest (evidence, digest);
  signature = mado_jpki_sign (card, key, digest, error);
  return signature != NULL ? mado_evidence_finish (evidence, signature, error) : NULL;
}
