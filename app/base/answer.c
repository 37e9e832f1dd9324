#include "app/base/answer.h"

const char *
mado_answer_name (MadoAnswer answer)
{
  static const char *const names[] = { "not-checked", "no", "yes" };

  return names[answer];
}

const char *
mado_revocation_name (MadoRevocation revocation)
{
  static const char *const names[] = { "not-checked", "good", "revoked", "unknown" };

  return names[revocation];
}
