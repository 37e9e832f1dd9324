/* app/agent/secret-pipe.h - a secret that arrives through a pipe, without anybody waiting for it.
 */
#pragma once
#include "app/base/secret.h"

/**
 * MadoSecretArrived:
 * @secret: (transfer full): what was written, or %NULL
 * @error: why there is none
 */
typedef void (*MadoSecretArrived) (MadoSecret *secret, const GError *error, gpointer data);

typedef struct _MadoSecretPipe MadoSecretPipe;

/**
 * mado_secret_pipe_read:
 * @fd: (transfer full): reading end; octets up to the first newline or the end count
 *
 * Reads in the main loop octet by octet, so that only the locked page ever holds them, and gives
 * up on a writer that is silent for ten seconds. @arrived is called once, later, unless the pipe
 * is freed before; the pipe is gone then.
 *
 * Returns: or %NULL with %MADO_BASE_ERROR_UNLOCKABLE, or %MADO_FAILURE_USAGE for what is no pipe;
 * @fd is closed
 */
MadoSecretPipe      *
mado_secret_pipe_read (int fd, MadoSecretArrived arrived, gpointer data, GError **error);
void mado_secret_pipe_free (MadoSecretPipe *pipe);
