/* app/cli/link.h - the way to the agent: peer-to-peer D-Bus on its socket. */
#pragma once
#include "app/base/secret.h"
#include "app/cli/call.h"

typedef struct {
  GDBusConnection *connection;
  MadoCall        *call; /* a problem the agent tells is put here */
} MadoLink;

/** Connects; %FALSE with %MADO_FAILURE_AGENT_UNREACHABLE. Blocks. */
gboolean mado_link_open (MadoLink *link, MadoCall *call, GError **error);
void     mado_link_clear (MadoLink *link);

/**
 * mado_link_call:
 * @interface: "Session1" or "Agent1"
 * @arguments: (nullable): floating, consumed
 * @secret: (nullable): goes along as a pipe with handle 0
 *
 * One call; waits as long as it takes. Returns: (transfer full): the answer, or %NULL with the
 * problem in the call, or with %MADO_FAILURE_AGENT_UNREACHABLE
 */
GVariant *mado_link_call (MadoLink         *link,
                          const char       *interface,
                          const char       *method,
                          GVariant         *arguments,
                          const MadoSecret *secret,
                          GError          **error);

/** The JSON object that @method of Agent1 answers; %NULL as above. */
JsonObject *mado_link_ask (MadoLink *link, const char *method, GVariant *arguments, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoLink, mado_link_clear)
