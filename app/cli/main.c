#include "app/cli/program.h"

int
main (int argc, char **argv)
{
  return mado_cli_main (argc, argv);
}
