/* app/agent/program.h - madoguchid from its command line to its end. */
#pragma once

/** Returns: the exit status. */
int mado_agent_main (int argc, char **argv);
