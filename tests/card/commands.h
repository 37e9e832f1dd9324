/* tests/card/commands.h - the commands a My Number Card understands, one function each. */
#pragma once
#include "tests/card/model.h"

/**
 * mado_sim_command_run:
 * @answer: what the command gives is appended, without the status word
 *
 * Returns: the status word
 */
guint16
mado_sim_command_run (MadoSimCard *card, const guint8 *command, gsize len, GByteArray *answer);
