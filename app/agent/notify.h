/* app/agent/notify.h - telling the service manager that we serve. */
#pragma once
#include <glib.h>

/** Sends @state ("READY=1") as one datagram to $NOTIFY_SOCKET (sd_notify(3)); nothing without it.
 */
void mado_notify (const char *state);
