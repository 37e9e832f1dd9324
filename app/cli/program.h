/* app/cli/program.h - madoguchictl. */
#pragma once

/** Returns: the exit status. */
int mado_cli_main (int argc, char **argv);
