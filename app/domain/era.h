/* app/domain/era.h - years of the Japanese eras, from Meiji 6 (1873, the Gregorian calendar) on. */
#pragma once
#include <glib.h>

/**
 * mado_era_birth_text:
 * @birth_date: "1990-01-02", unknown parts zeros
 *
 * In both countings: "平成2年（1990年）1月2日"; "平成2年（1990年）1月（日は不明）";
 * "昭和64年・平成元年（1989年）（月日は不明）" where the year alone does not tell the era;
 * "生年月日は不明".
 *
 * Returns: (transfer full): or %NULL when @birth_date is none
 */
char *mado_era_birth_text (const char *birth_date);

/** The same in the Japanese counting alone: "平成2年1月2日". */
char *mado_era_text (const char *birth_date);

/**
 * mado_era_parse:
 * @text: "平成2年1月2日", "H2.1.2", "昭和元年12月25日", "1990年1月2日", "1990-1-2" or "19900102",
 *   in full or half width
 *
 * A day that is not in its era (昭和64年1月8日) or before 1868 is none.
 *
 * Returns: (transfer full): "1990-01-02", or %NULL
 */
char *mado_era_parse (const char *text);
