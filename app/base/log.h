/* app/base/log.h - one line an event, with fields. */
#pragma once
#include <glib.h>

/**
 * mado_log:
 * @level: GLib's level; debug lines appear with MADO_DEBUG=1 in the environment
 * @message: plain words without personal data
 *
 * Fields follow as pairs of name (capitals, as journald has them) and text, closed by %NULL.
 * Goes to journald when standard error is its stream, else to standard error as
 * `message NAME=text`. Never a PIN, a name, an address, a serial or an APDU body.
 */
void mado_log (GLogLevelFlags level, const char *message, ...) G_GNUC_NULL_TERMINATED;

/** The name in front of each line on standard error; the program's own, called once at start. */
void mado_log_init (const char *program);
