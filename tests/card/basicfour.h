/* tests/card/basicfour.h - the file of the basic four items, as the text application has it. */
#pragma once
#include "tests/card/profile.h"

/** FF20 { DF21 offsets, DF22 name, DF23 address, DF24 birth date, DF25 sex } of @profile's person.
 */
GByteArray *mado_sim_basic_four (const MadoSimProfile *profile);
