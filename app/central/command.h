/* app/central/command.h - the command line of madoguchi-central.
 *
 * madoguchi-central [--config FILE] [--state-dir DIR] [--check-config]
 * madoguchi-central init [--name HOST]
 * madoguchi-central terminal add ID --branch B | revoke ID | list
 */
#pragma once
#include <glib.h>

/**
 * mado_command_run:
 *
 * Without a command it serves until SIGTERM or SIGINT. Blocks.
 *
 * Returns: exit status: 0 done, 1 it failed, 2 wrong usage, configuration or file
 */
int mado_command_run (int argc, char **argv);
