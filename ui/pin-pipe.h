/* ui/pin-pipe.h - a secret on its way to the agent: through a pipe, never inside a message. */
#pragma once
#include "app/base/secret.h"

/**
 * mado_pin_pipe_open:
 * @secret: (transfer full): written by a thread of its own, as a pipe may block, and wiped at once
 * @ret_fd: the end to read from; the caller's
 *
 * Returns: %FALSE when no pipe can be had; @secret is wiped then too
 */
gboolean mado_pin_pipe_open (MadoSecret *secret, int *ret_fd) G_GNUC_WARN_UNUSED_RESULT;
