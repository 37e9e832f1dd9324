/* app/central/attempts.h - how often somebody may guess a one-time password.
 *
 * A bucket per terminal id and one for all: a guess costs one, and each minute gives one back.
 */
#pragma once
#include <glib.h>

#define MADO_ATTEMPTS_EACH 5
#define MADO_ATTEMPTS_ALL 100

typedef struct _MadoAttempts MadoAttempts;

MadoAttempts *mado_attempts_new (void);
void          mado_attempts_free (MadoAttempts *attempts);

/**
 * mado_attempts_allow:
 * @now: Unix seconds
 * @ret_wait: seconds to wait when refused
 *
 * Whether one more password may be tried for @terminal. Any thread.
 */
gboolean
mado_attempts_allow (MadoAttempts *attempts, const char *terminal, gint64 now, gint64 *ret_wait);

/** A password was wrong. */
void mado_attempts_note (MadoAttempts *attempts, const char *terminal, gint64 now);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoAttempts, mado_attempts_free)
