/* app/base/secret.h - octets nobody else may see: a PIN on its way to the card, a password. */
#pragma once
#include <glib.h>

/* Octets a secret holds at most; a signing password has 16, a one-time password fewer than this. */
#define MADO_SECRET_MAX 128

typedef struct _MadoSecret MadoSecret;

/**
 * mado_secret_new:
 *
 * One page of its own: locked in memory, left out of core dumps, wiped in a child after fork.
 *
 * Returns: (transfer full): an empty secret, or %NULL with %MADO_BASE_ERROR_UNLOCKABLE; then no
 *   secret may be asked for
 */
MadoSecret *mado_secret_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Wipes the whole page and gives it back; %NULL is fine. */
void mado_secret_free (MadoSecret *secret);

/** Appends @octet; %FALSE, unchanged, when %MADO_SECRET_MAX are there. */
gboolean mado_secret_push (MadoSecret *secret, guint8 octet);

/** Takes the last octet away; %FALSE when there is none. */
gboolean mado_secret_pop (MadoSecret *secret);

/** Empties the secret and overwrites what was in it. */
void mado_secret_wipe (MadoSecret *secret);

gsize         mado_secret_len (const MadoSecret *secret);
const guint8 *mado_secret_data (const MadoSecret *secret);

/**
 * mado_secret_read_fd:
 *
 * Appends the octets from @fd up to the first newline (dropped) or the end, one at a time so
 * that nothing behind the newline is taken and no buffer but the locked page ever holds them.
 * Blocks.
 *
 * Returns: %FALSE with %MADO_BASE_ERROR_TOO_LONG (%MADO_SECRET_MAX or more) or _IO; the secret is
 *   empty then
 */
gboolean mado_secret_read_fd (MadoSecret *secret, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Writes the octets to @fd, which stays open; %FALSE with %MADO_BASE_ERROR_IO. Blocks. */
gboolean
mado_secret_write_fd (const MadoSecret *secret, int fd, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSecret, mado_secret_free)
