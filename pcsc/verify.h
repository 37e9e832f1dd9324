/* pcsc/verify.h - PIN files: how many tries are left, and spending one (ISO/IEC 7816-4 §11.5.6). */
#pragma once
#include "app/base/secret.h"
#include "pcsc/apdu.h"

/** @ret_left: 0 = locked, -1 = no such file. */
gboolean mado_verify_tries (MadoLink *link, const MadoFile *file, int *ret_left, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** As mado_jpki_verify_pin(). */
gboolean mado_verify_pin (MadoLink       *link,
                          const MadoFile *file,
                          MadoSecret     *pin,
                          gboolean        spend_last_try,
                          int            *reterr_tries,
                          GError        **error) G_GNUC_WARN_UNUSED_RESULT;
