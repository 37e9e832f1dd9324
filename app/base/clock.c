#include "app/base/clock.h"

#define JAPAN_OFFSET_S (9 * 60 * 60)

struct _MadoClock {
  gboolean fixed;
  gint64   now_ms; /* of a fixed clock */
};

MadoClock *
mado_clock_new_real (void)
{
  return g_new0 (MadoClock, 1);
}

MadoClock *
mado_clock_new_fixed (gint64 now_ms)
{
  MadoClock *clock = g_new0 (MadoClock, 1);

  clock->fixed = TRUE;
  clock->now_ms = now_ms;
  return clock;
}

void
mado_clock_move (MadoClock *clock, gint64 by_ms)
{
  g_return_if_fail (clock->fixed);
  clock->now_ms += by_ms;
}

void
mado_clock_free (MadoClock *clock)
{
  g_free (clock);
}

gint64
mado_clock_now_ms (const MadoClock *clock)
{
  return clock->fixed ? clock->now_ms : g_get_real_time () / 1000;
}

gint64
mado_clock_now (const MadoClock *clock)
{
  return mado_clock_now_ms (clock) / 1000;
}

static char *
format_in_japan (gint64 seconds, const char *format)
{
  g_autoptr (GTimeZone) japan = g_time_zone_new_offset (JAPAN_OFFSET_S);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, japan) : NULL;

  return local != NULL ? g_date_time_format (local, format) : NULL;
}

char *
mado_clock_format (gint64 seconds)
{
  return format_in_japan (seconds, "%Y-%m-%dT%H:%M:%S+09:00");
}

char *
mado_clock_day (gint64 seconds)
{
  return format_in_japan (seconds, "%Y-%m-%d");
}

/* RFC 3339 §5.6; GLib would also take weeks, days of the year and dates without hyphens. */
#define RFC_3339 "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$"

gboolean
mado_clock_parse (const char *text, gint64 *ret_seconds)
{
  gboolean fits = g_regex_match_simple (RFC_3339, text, G_REGEX_RAW | G_REGEX_DOLLAR_ENDONLY, 0);
  g_autoptr (GDateTime) when = fits ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (when == NULL)
    return FALSE;
  *ret_seconds = g_date_time_to_unix (when);
  return TRUE;
}
