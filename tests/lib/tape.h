/* tests/lib/tape.h - a recorded session with a card, played again.
 *
 * A readable file: `>` before a command, `<` before its answer (several lines join), both in
 * hexadecimal; `! removed` or `! silent` instead of an answer; `#` before a remark. A PIN is
 * blanked as `**`, which any octets of the announced number match.
 */
#pragma once
#include "tests/lib/script.h"

/**
 * mado_tape_load:
 *
 * The tape as a script, so the commands must come as they were recorded. A tape that cannot be read
 * ends the test.
 */
MadoScript *mado_tape_load (const char *path);
