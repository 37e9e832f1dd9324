#include "app/domain/day.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
  int year;
  int month;
  int day;
} Parts;

static gboolean
read_parts (const char *text, Parts *ret_parts)
{
  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return FALSE;
  for (int i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return FALSE;
  ret_parts->year = atoi (text);
  ret_parts->month = atoi (text + 5);
  ret_parts->day = atoi (text + 8);
  return TRUE;
}

static gboolean
is_day (Parts parts)
{
  return g_date_valid_dmy ((GDateDay)parts.day, (GDateMonth)parts.month, (GDateYear)parts.year);
}

gboolean
mado_day_is_valid (const char *day)
{
  Parts parts;

  return read_parts (day, &parts) && parts.year > 0 && is_day (parts);
}

gboolean
mado_birth_date_is_valid (const char *birth_date)
{
  Parts parts;

  if (!read_parts (birth_date, &parts) || parts.month > 12 || parts.day > 31)
    return FALSE;
  if (parts.month == 0 && parts.day != 0)
    return FALSE;
  if (parts.day == 0)
    return TRUE;
  if (parts.year == 0)
    parts.year = 2000; /* a leap year: 29 February of an unknown year is possible */
  return is_day (parts);
}

static int
age_at (Parts birth, Parts on)
{
  gboolean before = on.month < birth.month || (on.month == birth.month && on.day < birth.day);

  return on.year - birth.year - (before ? 1 : 0);
}

gboolean
mado_age_on (const char *birth_date, const char *day, int *ret_least, int *ret_most)
{
  Parts birth, on, earliest, latest;

  if (!mado_birth_date_is_valid (birth_date) || !mado_day_is_valid (day))
    return FALSE;
  read_parts (birth_date, &birth);
  read_parts (day, &on);
  earliest = latest = birth;
  if (birth.month == 0) {
    earliest.month = 1;
    latest.month = 12;
  }
  if (birth.day == 0) {
    earliest.day = 1;
    latest.day = 31;
  }
  if (birth.year == 0 || age_at (earliest, on) < 0)
    return FALSE;
  *ret_most = age_at (earliest, on);
  *ret_least = MAX (age_at (latest, on), 0);
  return TRUE;
}
