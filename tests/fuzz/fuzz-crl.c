/* A hostile list: one that is read says something, and says it with no octet more.
 *
 * Input: issuer, certificate, list as pieces. */
#include "certs/crl.h"
#include "tests/fuzz/pieces.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check (GBytes *crl, MadoCert *cert, MadoCert *issuer)
{
  g_autofree char *reason = NULL;
  MadoRevocation   status = MADO_REVOCATION_NOT_CHECKED;

  if (!mado_crl_check (crl, cert, issuer, FUZZ_NOW, &status, &reason, NULL)) {
    g_assert_cmpint (status, ==, MADO_REVOCATION_NOT_CHECKED);
    g_assert_null (reason);
    return;
  }
  g_assert_true (status == MADO_REVOCATION_GOOD || status == MADO_REVOCATION_REVOKED);
  g_assert_true ((reason != NULL) == (status == MADO_REVOCATION_REVOKED));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  MadoOctets input = MADO_OCTETS (data, size);
  g_autoptr (GBytes) issuer_octets = fuzz_piece (&input);
  g_autoptr (GBytes) cert_octets = fuzz_piece (&input);
  g_autoptr (GBytes) crl = mado_octets_dup (input);
  g_autoptr (MadoCert) issuer = mado_cert_parse (issuer_octets, NULL);
  g_autoptr (MadoCert) cert = mado_cert_parse (cert_octets, NULL);

  if (issuer != NULL && cert != NULL)
    check (crl, cert, issuer);
  return 0;
}
