/* app/base/clock.h - where time comes from. */
#pragma once
#include <glib.h>

typedef struct _MadoClock MadoClock;

/** The machine's clock. */
MadoClock *mado_clock_new_real (void);

/** A clock that stands at @now_ms (Unix milliseconds) until it is moved; for tests. */
MadoClock *mado_clock_new_fixed (gint64 now_ms);

/** Moves a fixed clock by @by_ms, which may be negative; programmer's error on a real one. */
void mado_clock_move (MadoClock *clock, gint64 by_ms);

void mado_clock_free (MadoClock *clock);

/** Unix milliseconds. */
gint64 mado_clock_now_ms (const MadoClock *clock);

/** Unix seconds. */
gint64 mado_clock_now (const MadoClock *clock);

/** @seconds (Unix) as "2026-11-20T09:00:00+09:00", always in Japan's time. */
char *mado_clock_format (gint64 seconds);

/**
 * mado_clock_parse:
 * @text: RFC 3339 date and time with offset, T and Z in capitals, for example
 * "2026-11-20T09:00:00+09:00"
 *
 * Returns: %FALSE, @ret_seconds untouched, when @text is none
 */
gboolean mado_clock_parse (const char *text, gint64 *ret_seconds);

/** The civil day of @seconds in Japan, "2026-11-20". */
char *mado_clock_day (gint64 seconds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoClock, mado_clock_free)
