/* tests/card/applications.h - what is written into a card before it is handed to its holder. */
#pragma once
#include "tests/card/files.h"
#include "tests/card/profile.h"

/**
 * mado_sim_applications_new:
 * @pki_dir: what tests/card/rehearsal-ca made
 *
 * The applications of @profile, files filled, PINs set. The surface and the common application
 * are there by name only: to select one is what the tripwire waits for.
 *
 * Returns: (transfer full): of MadoSimApplication, or %NULL with %MADO_SIM_ERROR_KEY
 */
GPtrArray *mado_sim_applications_new (const MadoSimProfile *profile,
                                      const char           *pki_dir,
                                      GError              **error) G_GNUC_WARN_UNUSED_RESULT;
