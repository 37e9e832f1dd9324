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

/** Whether all three files are there. Blocks (files). */
gboolean mado_identity_is_enrolled (const MadoIdentity *identity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoIdentity, mado_identity_free)
