/* pcsc/guard.h - the allow-list through which every command passes before it reaches a reader.
 *
 * A command is let through when it has one of seven shapes and fits the file that is selected:
 * SELECT of our two applications by whole identifier, SELECT of a file in pcsc/files.h, READ
 * BINARY of a readable one (never by short identifier), the question for tries and VERIFY on a
 * PIN file with a PIN of its form, COMPUTE DIGITAL SIGNATURE over a SHA-256 DigestInfo on a key,
 * and GET RESPONSE for what the card has just announced. Everything else is refused.
 */
#pragma once
#include "pcsc/files.h"

/* What the card has selected, as far as its own answers say. All zero after power-up. */
typedef struct {
  MadoAp          ap;
  const MadoFile *file;    /* NULL: none */
  gboolean        pending; /* the last answer announced more octets (61xx) */
} MadoGuard;

/**
 * mado_guard_allows:
 * @guard: forgets the selection as soon as a SELECT is let through, until the card confirms it
 *
 * Returns: %FALSE with %MADO_PCSC_ERROR_FORBIDDEN
 */
gboolean mado_guard_allows (MadoGuard *guard, const guint8 *command, gsize len, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

/** Tells @guard how the card answered the command it has let through last. */
void mado_guard_learn (MadoGuard *guard, const guint8 *command, gsize len, guint16 status);
