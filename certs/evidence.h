/* certs/evidence.h - what a person signed: detached CMS SignedData (RFC 5652) with the signed
 * attributes of CAdES-B (ETSI EN 319 122-1).
 *
 * The key stays in the card, so evidence is made in two steps: begin gives the digest the card
 * signs, finish takes the card's signature.
 */
#pragma once
#include "certs/path.h"

typedef struct _MadoEvidence MadoEvidence;

/**
 * mado_evidence_begin:
 * @content: the octets the person agreed to; only their digest goes into the evidence
 * @signing_time: Unix seconds, claimed in a signed attribute
 *
 * Returns: (transfer full): %NULL with %MADO_CERTS_ERROR_CRYPTO
 */
MadoEvidence *mado_evidence_begin (GBytes   *content,
                                   MadoCert *signer,
                                   gint64    signing_time,
                                   GError  **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_evidence_free (MadoEvidence *evidence);

/** SHA-256 over the DER SET OF signed attributes (RFC 5652 §5.4): what the card signs. */
void mado_evidence_digest (MadoEvidence *evidence, guint8 ret_digest[32]);

/**
 * mado_evidence_finish:
 * @signature: over mado_evidence_digest(), checked with the signer's certificate first
 *
 * Returns: (transfer full): DER ContentInfo, or %NULL with %MADO_CERTS_ERROR_SIGNATURE or _CRYPTO
 */
GBytes *mado_evidence_finish (MadoEvidence *evidence,
                              GBytes       *signature,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

typedef struct {
  MadoPathAnswer path;      /* of the signer, at the time asked for */
  MadoAnswer     signature; /* over the signed attributes, by the one certificate they name */
  MadoAnswer     content;   /* the content has the digest that was signed */
  MadoCert      *signer;
  char          *reason; /* NULL, or every no (the path's too) with its clause, joined by "; " */
} MadoEvidenceAnswer;

/**
 * mado_evidence_verify:
 * @p7s: DER ContentInfo, nothing behind it
 * @profile: as mado_path_check() takes it
 * @at: Unix seconds
 * @ret_answer: filled only when %TRUE is returned; freed by mado_evidence_answer_clear()
 *
 * Returns: %FALSE with %MADO_CERTS_ERROR_MALFORMED when @p7s is no evidence of ours: not detached,
 *   not exactly one signer, its certificate missing, a signed attribute missing or there twice
 */
gboolean mado_evidence_verify (GBytes             *p7s,
                               GBytes             *content,
                               GPtrArray          *anchors,
                               MadoCertProfile     profile,
                               gint64              at,
                               MadoEvidenceAnswer *ret_answer,
                               GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/** Whether signature, content and path are all yes. */
gboolean mado_evidence_answer_is_yes (const MadoEvidenceAnswer *answer);

void mado_evidence_answer_clear (MadoEvidenceAnswer *answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoEvidence, mado_evidence_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoEvidenceAnswer, mado_evidence_answer_clear)
