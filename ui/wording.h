/* ui/wording.h - what each failure says: the one place with these sentences. */
#pragma once
#include "app/base/failure.h"

typedef struct {
  MadoFailure failure;
  const char *first;   /* what happened, in the patron's words; the heading */
  const char *second;  /* what still works */
  const char *next[2]; /* what to do now, the easiest first; NULL: one is enough */
  const char *aloud;   /* 声かけ */
} MadoWording;

/** Never %NULL: an unknown failure reads as MADO_FAILURE_INTERNAL. */
const MadoWording *mado_wording (int failure);
