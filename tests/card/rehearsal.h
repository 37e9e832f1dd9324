/* tests/card/rehearsal.h - the rehearsal's people, for tests that run from the repository's root.
 */
#pragma once
#include "tests/card/model.h"

/**
 * mado_rehearsal_pki:
 *
 * The folder rehearsal-ca fills, `rehearsal` below $MADO_BUILD (default: build), made when it is
 * not there. Shared by all tests: read it, never write into it. Ends the program when it cannot be
 * made. Blocks, at first for a few seconds.
 *
 * Returns: (transfer none): an absolute path
 */
const char *mado_rehearsal_pki (void);

/** tests/card/profiles/@name.card. */
char *mado_rehearsal_profile (const char *name);

/** The card of that profile; ends the program when it cannot be loaded. */
MadoSimCard *mado_rehearsal_card (const char *name);

/** A file of DIR/cards/@name: "sign.der", "auth-ca.der"; ends the program when it is not there. */
GBytes *mado_rehearsal_file (const char *name, const char *file);
