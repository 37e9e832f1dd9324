/* app/cli/options.h - the one table of options. */
#pragma once
#include "app/cli/command.h"

/**
 * mado_options_parse:
 * @argv: what follows the command's words; %NULL-terminated, consumed
 *
 * Fills call->options and call->words with what @command takes; anything else is an error, and so
 * are too few or too many words. `--help` prints and sets @ret_helped.
 */
gboolean mado_options_parse (
    const MadoCommand *command, char **argv, MadoCall *call, gboolean *ret_helped, GError **error);

/** Whether there is an option --@name that is followed by a value. */
gboolean mado_options_has_value (const char *name);
