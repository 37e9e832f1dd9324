/* certs/profile.h - what JPKI's profile asks of a holder's certificate; for this room. */
#pragma once
#include "certs/libcrypto.h"

/** The profile whose policy and key usage @x509 has. */
MadoCertProfile mado_profile_of (X509 *x509);

/**
 * mado_profile_check:
 * @profile: %MADO_CERT_OTHER takes the one the policy names
 * @reasons: each rule broken is added, with its clause
 *
 * Returns: whether none is
 */
gboolean mado_profile_check (X509 *x509, MadoCertProfile profile, GString *reasons);
