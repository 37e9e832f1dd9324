/* app/central/notify.h - telling the service manager (sd_notify(3)) without its library. */
#pragma once
#include <glib.h>

/** Sends @state ("READY=1") to $NOTIFY_SOCKET; does nothing where there is none. */
void mado_notify (const char *state);
