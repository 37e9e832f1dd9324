/* app/sync/identity.h - who this terminal is to the centre: files in its state directory.
 *
 * `terminal.key` (PEM, mode 0600), `terminal.crt` (PEM) and `server-ca.pem`, the one authority a
 * server certificate must come from.
 */
#pragma once
#include <glib.h>

typedef struct {
  char *key, *certificate, *server_ca; /* paths */
} MadoIdentity;

/** The paths in @state_dir; nothing is opened. */
MadoIdentity *mado_identity_new (const char *state_dir);
void          mado_identity_free (MadoIdentity *identity);

/**
 * mado_identity_is_enrolled:
 *
 * Whether all three files are there. Finishes an enrolment that was cut off between its renames.
 * Blocks (files).
 */
gboolean mado_identity_is_enrolled (const MadoIdentity *identity);

/**
 * mado_identity_replace:
 * @key: PEM
 * @certificate: PEM
 * @server_ca: PEM
 *
 * Writes all three, synced, and renames them in an order after which either the old identity or
 * the new one is whole, wherever the power goes: a cut among the renames is made good by the next
 * call of this or of mado_identity_is_enrolled(). Blocks.
 *
 * Returns: %FALSE with %MADO_SYNC_ERROR_IO
 */
gboolean mado_identity_replace (const MadoIdentity *identity,
                                GBytes             *key,
                                GBytes             *certificate,
                                GBytes             *server_ca,
                                GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoIdentity, mado_identity_free)
