/* A hostile responder: an answer that is read says something, and says it with no octet more.
 *
 * Input: issuer, certificate, nonce, answer as pieces. */
#include "certs/ocsp.h"
#include "tests/fuzz/pieces.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check (GBytes *response, MadoCert *cert, MadoCert *issuer, GBytes *nonce)
{
  g_autoptr (GBytes) longer = fuzz_longer (response);
  g_autofree char *reason = NULL;
  g_autofree char *no_reason = NULL;
  MadoRevocation   status = MADO_REVOCATION_NOT_CHECKED;

  if (!mado_ocsp_read (response, cert, issuer, nonce, FUZZ_NOW, &status, &reason, NULL)) {
    g_assert_cmpint (status, ==, MADO_REVOCATION_NOT_CHECKED);
    g_assert_null (reason);
    return;
  }
  g_assert_cmpint (status, !=, MADO_REVOCATION_NOT_CHECKED);
  g_assert_true ((reason != NULL) == (status == MADO_REVOCATION_REVOKED));
  g_assert_false (
      mado_ocsp_read (longer, cert, issuer, nonce, FUZZ_NOW, &status, &no_reason, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  MadoOctets input = MADO_OCTETS (data, size);
  g_autoptr (GBytes) issuer_octets = fuzz_piece (&input);
  g_autoptr (GBytes) cert_octets = fuzz_piece (&input);
  g_autoptr (GBytes) nonce = fuzz_piece (&input);
  g_autoptr (GBytes) response = mado_octets_dup (input);
  g_autoptr (MadoCert) issuer = mado_cert_parse (issuer_octets, NULL);
  g_autoptr (MadoCert) cert = mado_cert_parse (cert_octets, NULL);

  if (issuer != NULL && cert != NULL)
    check (response, cert, issuer, g_bytes_get_size (nonce) > 0 ? nonce : NULL);
  return 0;
}
