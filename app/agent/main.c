#include "app/agent/program.h"

int
main (int argc, char **argv)
{
  return mado_agent_main (argc, argv);
}
