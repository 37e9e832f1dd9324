/* tests/card/state.h - what a card remembers between two commands; model.c and commands.c only. */
#pragma once
#include "tests/card/files.h"
#include "tests/card/model.h"
#include "tests/card/profile.h"

struct _MadoSimCard {
  MadoSimProfile     *profile;
  GPtrArray          *applications; /* of MadoSimApplication */
  MadoSimApplication *application;  /* selected, or NULL after power-on */
  MadoSimFile        *file;         /* selected, or NULL */
  gboolean            fails_next;   /* the first command after the first power-on: 6F00 */
  char               *tripped;
};
