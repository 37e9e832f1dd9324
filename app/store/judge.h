/* app/store/judge.h - what the centre thinks of one given line; nothing is written here. Private to
 * the room. */
#pragma once
#include "app/store/centre-inner.h"

/* What one line may have. */
#define MADO_LINE_MAX_OCTETS (8 * 1024 * 1024)

typedef struct {
  const char      *answer; /* "stored", "already", "fork", "refused" */
  char            *reason; /* of "refused" */
  gboolean         thrown; /* refused and not to be kept aside */
  GPtrArray       *events; /* MadoEvent, headers rebuilt; bodies once they were opened */
  GByteArray      *digests;
  guint8           key[MADO_KEY_LEN]; /* of "stored" */
  MadoApplication *folded;            /* of "stored" */
} MadoVerdict;

/**
 * mado_judge:
 *
 * In this order: size, form, digest, ledger, the line here, box, bodies, fold.
 *
 * Returns: (transfer full): %NULL when the store could not be read
 */
MadoVerdict *mado_judge (MadoCentre    *centre,
                         const char    *terminal,
                         MadoGivenLine *line,
                         GError       **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_verdict_free (MadoVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoVerdict, mado_verdict_free)
