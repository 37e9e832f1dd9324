/* app/domain/day.h - civil days as text: "2026-11-20". */
#pragma once
#include <glib.h>

/** A day of the Gregorian calendar, every part known. */
gboolean mado_day_is_valid (const char *day);

/** A birth date as a card has it: unknown parts are zeros ("1990-00-00", "0000-00-00"). */
gboolean mado_birth_date_is_valid (const char *birth_date);

/**
 * mado_age_on:
 * @birth_date: a valid birth date
 * @day: a valid day
 * @ret_least, @ret_most: full years; both are equal when every part is known (who was born on
 *   29 February is a year older on 1 March of a common year)
 *
 * Returns: %FALSE when the year is unknown or @birth_date lies after @day
 */
gboolean mado_age_on (const char *birth_date, const char *day, int *ret_least, int *ret_most);
