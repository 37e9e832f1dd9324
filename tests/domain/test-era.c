/* Days, ages and the two ways to count years. */
#include "app/domain/day.h"
#include "app/domain/era.h"

static void
test_texts (void)
{
  static const struct {
    const char *date;
    const char *both;
    const char *era;
  } texts[] = {
    { "1990-01-02", "平成2年（1990年）1月2日", "平成2年1月2日" },
    { "1989-01-07", "昭和64年（1989年）1月7日", "昭和64年1月7日" },
    { "1989-01-08", "平成元年（1989年）1月8日", "平成元年1月8日" },
    { "2019-04-30", "平成31年（2019年）4月30日", "平成31年4月30日" },
    { "2019-05-01", "令和元年（2019年）5月1日", "令和元年5月1日" },
    { "1926-12-24", "大正15年（1926年）12月24日", "大正15年12月24日" },
    { "1926-12-25", "昭和元年（1926年）12月25日", "昭和元年12月25日" },
    { "1912-07-29", "明治45年（1912年）7月29日", "明治45年7月29日" },
    { "1912-07-30", "大正元年（1912年）7月30日", "大正元年7月30日" },
    { "2026-11-20", "令和8年（2026年）11月20日", "令和8年11月20日" },
    { "1990-01-00", "平成2年（1990年）1月（日は不明）", "平成2年1月（日は不明）" },
    { "1990-00-00", "平成2年（1990年）（月日は不明）", "平成2年（月日は不明）" },
    { "1989-00-00", "昭和64年・平成元年（1989年）（月日は不明）",
      "昭和64年・平成元年（月日は不明）" },
    { "1989-01-00", "昭和64年・平成元年（1989年）1月（日は不明）",
      "昭和64年・平成元年1月（日は不明）" },
    { "1989-02-00", "平成元年（1989年）2月（日は不明）", "平成元年2月（日は不明）" },
    { "0000-05-12", "（年は不明）5月12日", "（年は不明）5月12日" },
    { "0000-00-00", "生年月日は不明", "生年月日は不明" },
    { "1800-01-02", "1800年1月2日", "1800年1月2日" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *both = mado_era_birth_text (texts[i].date);
    g_autofree char *era = mado_era_text (texts[i].date);
    g_assert_cmpstr (both, ==, texts[i].both);
    g_assert_cmpstr (era, ==, texts[i].era);
  }
  g_assert_null (mado_era_birth_text ("1990-13-01"));
  g_assert_null (mado_era_text ("yesterday"));
}

static void
test_back (void)
{
  static const struct {
    const char *text;
    const char *date;
  } texts[] = {
    { "平成2年1月2日", "1990-01-02" },
    { "H2.1.2", "1990-01-02" },
    { "h02.01.02", "1990-01-02" },
    { "Ｈ２．１．２", "1990-01-02" },
    { "平成 2年 1月 2日", "1990-01-02" },
    { "昭和元年12月25日", "1926-12-25" },
    { "昭和64年1月7日", "1989-01-07" },
    { "令和元年5月1日", "2019-05-01" },
    { "1990年1月2日", "1990-01-02" },
    { "1990-1-2", "1990-01-02" },
    { "1990/01/02", "1990-01-02" },
    { "19900102", "1990-01-02" },
    { "昭和64年1月8日", NULL },
    { "平成元年1月7日", NULL },
    { "平成31年5月1日", NULL },
    { "大正16年1月1日", NULL },
    { "平成0年1月2日", NULL },
    { "元年1月2日", NULL },
    { "1990年2月30日", NULL },
    { "1990-1-2-", NULL },
    { "1990", NULL },
    { "", NULL },
    { "平成2年1月2日生まれ", NULL },
    { "1990-101-2", NULL },
    { "0002-01-02", NULL },
    { "慶応3年1月1日", NULL },
    { "\xff", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *date = mado_era_parse (texts[i].text);
    g_assert_cmpstr (date, ==, texts[i].date);
  }
}

static void
test_every_day_comes_back (void)
{
  g_autoptr (GDate) day = g_date_new_dmy (23, G_DATE_OCTOBER, 1868);

  for (; g_date_get_year (day) < 2030; g_date_add_days (day, 7)) {
    g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (day),
                                             (int)g_date_get_month (day), g_date_get_day (day));
    g_autofree char *text = mado_era_text (date);
    g_autofree char *back = mado_era_parse (text);
    g_assert_cmpstr (back, ==, date);
  }
}

static void
test_days (void)
{
  static const char *const days[] = { "2026-11-20", "2024-02-29", "0001-01-01" };
  static const char *const none[]
      = { "2026-02-29", "2026-00-10", "2026-11-00", "0000-01-01", "2026-1-02",  "2026-11-2x",
          "2026/11/20", "",           "2026-13-01", "2026-11-31", "2026-11-200" };

  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    g_assert_true (mado_day_is_valid (days[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (mado_day_is_valid (none[i]));
  g_assert_false (mado_day_is_valid (NULL));
}

static void
test_birth_dates (void)
{
  static const char *const dates[]
      = { "1990-01-02", "1990-01-00", "1990-00-00", "0000-00-00", "0000-02-29" };
  static const char *const none[]
      = { "1990-00-02", "1990-13-00", "1990-02-30", "1990-01-32", "0000-02-30", "19900102" };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    g_assert_true (mado_birth_date_is_valid (dates[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (mado_birth_date_is_valid (none[i]));
}

static void
test_ages (void)
{
  static const struct {
    const char *birth_date;
    int         least;
    int         most;
  } ages[] = {
    { "1990-11-20", 36, 36 }, { "1990-11-21", 35, 35 }, { "1990-00-00", 35, 36 },
    { "1990-11-00", 35, 36 }, { "1990-10-00", 36, 36 }, { "2026-11-20", 0, 0 },
    { "2026-11-00", 0, 0 },   { "2026-00-00", 0, 0 },
  };
  int least = -5, most = -5;

  for (gsize i = 0; i < G_N_ELEMENTS (ages); i++) {
    g_assert_true (mado_age_on (ages[i].birth_date, "2026-11-20", &least, &most));
    g_assert_cmpint (least, ==, ages[i].least);
    g_assert_cmpint (most, ==, ages[i].most);
  }
  g_assert_true (mado_age_on ("2024-02-29", "2026-02-28", &least, &most));
  g_assert_cmpint (most, ==, 1);
  g_assert_true (mado_age_on ("2024-02-29", "2026-03-01", &least, &most));
  g_assert_cmpint (least, ==, 2);
  g_assert_false (mado_age_on ("0000-01-02", "2026-11-20", &least, &most));
  g_assert_false (mado_age_on ("2026-11-21", "2026-11-20", &least, &most));
  g_assert_false (mado_age_on ("1990-01-02", "today", &least, &most));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/era/texts", test_texts);
  g_test_add_func ("/domain/era/back", test_back);
  g_test_add_func ("/domain/era/every-day-comes-back", test_every_day_comes_back);
  g_test_add_func ("/domain/day/days", test_days);
  g_test_add_func ("/domain/day/birth-dates", test_birth_dates);
  g_test_add_func ("/domain/day/ages", test_ages);
  return g_test_run ();
}
