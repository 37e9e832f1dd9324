/* app/agent/failure.h - what an error of any room means to the people outside. */
#pragma once
#include "app/base/failure.h"

/** The entry of the catalogue; %MADO_FAILURE_INTERNAL for a domain or code no table here has. */
MadoFailure mado_failure_of (const GError *error);

/** Where it is written what the failure stands for: a standard and its clause, or our manual. */
const char *mado_failure_clause (MadoFailure failure);
