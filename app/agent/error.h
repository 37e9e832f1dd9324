/* app/agent/error.h - what the agent itself refuses. */
#pragma once
#include "app/base/failure.h"

/* The codes of this domain are the values of MadoFailure: whoever speaks for the agent can act on
 * each of them. */
#define MADO_AGENT_ERROR (mado_agent_error_quark ())
GQuark mado_agent_error_quark (void);

/**
 * mado_agent_raise:
 *
 * The one place that sets an error of this room. @message is English and holds nothing personal.
 *
 * Returns: %FALSE, so that a caller can return it
 */
gboolean mado_agent_raise (GError **error, MadoFailure failure, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
