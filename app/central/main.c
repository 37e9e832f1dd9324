/* madoguchi-central: the central server. */
#include "app/central/command.h"

int
main (int argc, char **argv)
{
  return mado_command_run (argc, argv);
}
