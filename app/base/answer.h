/* app/base/answer.h - an answer that can honestly be "nobody looked". */
#pragma once
#include <glib.h>

typedef enum {
  MADO_ANSWER_NOT_CHECKED, /* zero, so that nothing is a yes by accident */
  MADO_ANSWER_NO,
  MADO_ANSWER_YES,
} MadoAnswer;

typedef enum {
  MADO_REVOCATION_NOT_CHECKED,
  MADO_REVOCATION_GOOD,
  MADO_REVOCATION_REVOKED,
  MADO_REVOCATION_UNKNOWN,
} MadoRevocation;

/** "yes", "no" or "not-checked", as in every JSON answer of ours. */
const char *mado_answer_name (MadoAnswer answer);

/** "good", "revoked", "unknown" or "not-checked". */
const char *mado_revocation_name (MadoRevocation revocation);
