/* app/agent/bus.h - the agent's face: peer-to-peer D-Bus on a unix socket. */
#pragma once
#include "app/agent/exchange.h"
#include "app/agent/office.h"
#include "app/agent/session.h"
#include "app/agent/status.h"

typedef struct _MadoBus MadoBus;

/* What the calls are answered from; all outlive the bus. */
typedef struct {
  MadoOffice   *office;
  MadoSession  *session;
  MadoStatus   *status;
  MadoExchange *exchange;
} MadoBusParts;

/**
 * mado_bus_new:
 * @socket: path; a socket nobody answers at (of a killed agent) is replaced
 *
 * Listens from now on. EXTERNAL only, so the kernel vouches for each peer's user, who decides what
 * it may call (access.h); whoever may nothing is still answered: MADO_NOT_ALLOWED.
 *
 * Returns: (transfer full): or %NULL with %MADO_FAILURE_BUSY (an agent answers there) or _FILE
 */
MadoBus *mado_bus_new (const char *socket, const MadoBusParts *parts, GError **error);
void     mado_bus_free (MadoBus *bus);

/** Tells the owner of the sitting what its screen shows now. */
void mado_bus_session_changed (MadoBus *bus);

/** Tells all staff about lights and figures. */
void mado_bus_status_changed (MadoBus *bus);
