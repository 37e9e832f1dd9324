/* app/base/notify.h - telling the service manager (sd_notify(3)) without its library. */
#pragma once
#include <glib.h>

/**
 * mado_notify:
 * @state: "READY=1" and its like
 *
 * One datagram to $NOTIFY_SOCKET, a path or, with a leading @, an abstract name; nothing without
 * it. A manager that does not listen is logged: it will end us for it.
 */
void mado_notify (const char *state);
