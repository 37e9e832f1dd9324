/* certs/path.h - whether a card's certificate comes from a root we were given (RFC 5280 §6). */
#pragma once
#include "app/base/answer.h"
#include "certs/cert.h"

typedef struct {
  MadoAnswer chain;  /* issued by one of the anchors, which may issue, with strong algorithms */
  MadoAnswer dates;  /* the certificate and, where known, its issuer are valid at that time */
  MadoAnswer usage;  /* the end entity keeps to its JPKI profile */
  MadoCert  *issuer; /* the anchor; NULL when none issued it */
  char      *reason; /* NULL, or every no with its clause, joined by "; " */
} MadoPathAnswer;

/**
 * mado_path_check:
 * @anchors: (element-type MadoCert): the roots; nothing else is trusted, least of all a name.
 *   Generations of one authority share a name, so key identifiers and the signature choose; of two
 *   with one key the one that is valid
 * @profile: the profile asked for; %MADO_CERT_OTHER takes the one its policy names
 * @at: Unix seconds
 * @ret_answer: filled whole; owned parts are freed by mado_path_answer_clear()
 *
 * Path of two: anchor and end entity, as JPKI issues. Pure; each no gives its reason.
 */
void mado_path_check (MadoCert       *cert,
                      GPtrArray      *anchors,
                      MadoCertProfile profile,
                      gint64          at,
                      MadoPathAnswer *ret_answer);

/** Whether all three are yes. */
gboolean mado_path_answer_is_yes (const MadoPathAnswer *answer);

void mado_path_answer_clear (MadoPathAnswer *answer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoPathAnswer, mado_path_answer_clear)
