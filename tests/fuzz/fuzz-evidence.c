/* Hostile evidence: what is believed of one content is believed of no other, nor with an octet
 * more.
 *
 * Input: anchor, content, evidence as pieces. */
#include "certs/evidence.h"
#include "tests/fuzz/pieces.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
is_believed (GBytes *p7s, GBytes *content, GPtrArray *anchors)
{
  g_auto (MadoEvidenceAnswer) answer = { 0 };

  if (!mado_evidence_verify (p7s, content, anchors, MADO_CERT_OTHER, FUZZ_NOW, &answer, NULL)) {
    g_assert_null (answer.signer);
    return FALSE;
  }
  g_assert_nonnull (answer.signer);
  g_assert_true (mado_evidence_answer_is_yes (&answer) == (answer.reason == NULL));
  return mado_evidence_answer_is_yes (&answer);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  MadoOctets input = MADO_OCTETS (data, size);
  g_autoptr (GPtrArray) anchors = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_cert_unref);
  g_autoptr (GBytes) anchor_octets = fuzz_piece (&input);
  g_autoptr (GBytes) content = fuzz_piece (&input);
  g_autoptr (GBytes) p7s = mado_octets_dup (input);
  g_autoptr (GBytes) longer_p7s = fuzz_longer (p7s);
  g_autoptr (GBytes) longer_content = fuzz_longer (content);
  MadoCert *anchor = mado_cert_parse (anchor_octets, NULL);

  if (anchor != NULL)
    g_ptr_array_add (anchors, anchor);
  if (is_believed (p7s, content, anchors)) {
    g_assert_false (is_believed (longer_p7s, content, anchors));
    g_assert_false (is_believed (p7s, longer_content, anchors));
  }
  return 0;
}
