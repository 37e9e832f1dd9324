#include "app/domain/era.h"

#include "app/domain/day.h"
#include "app/domain/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  const char *name;
  char        letter;
  const char *first; /* first day of the era; an era ends the day before the next begins */
} Era;

/* Before 1873 Japan counted days by another calendar; nobody alive was born then. */
static const Era eras[] = {
  { "明治", 'm', "1868-10-23" }, { "大正", 't', "1912-07-30" }, { "昭和", 's', "1926-12-25" },
  { "平成", 'h', "1989-01-08" }, { "令和", 'r', "2019-05-01" },
};

static int
first_year (const Era *era)
{
  return atoi (era->first);
}

/* The era @day falls in; NULL before Meiji. */
static const Era *
era_of (const char *day)
{
  const Era *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++)
    if (strcmp (eras[i].first, day) <= 0)
      found = &eras[i];
  return found;
}

static char *
year_in (const Era *era, int year)
{
  int n = year - first_year (era) + 1;

  return n == 1 ? g_strdup_printf ("%s元年", era->name) : g_strdup_printf ("%s%d年", era->name, n);
}

/* Two names where a date without its day could be in either era. */
static char *
era_year (const char *birth_date)
{
  int              year = atoi (birth_date);
  int              month = atoi (birth_date + 5);
  int              day = atoi (birth_date + 8);
  g_autofree char *earliest
      = g_strdup_printf ("%04d-%02d-%02d", year, MAX (month, 1), MAX (day, 1));
  g_autofree char *latest
      = g_strdup_printf ("%04d-%02d-%02d", year, month > 0 ? month : 12, day > 0 ? day : 31);
  const Era *first = era_of (earliest);
  const Era *last = era_of (latest);

  if (first == NULL)
    return NULL;
  g_autofree char *text = year_in (first, year);
  if (first == last)
    return g_steal_pointer (&text);
  g_autofree char *other = year_in (last, year);
  return g_strdup_printf ("%s・%s", text, other);
}

static void
append_rest (GString *text, int month, int day)
{
  if (month == 0)
    g_string_append (text, "（月日は不明）");
  else if (day == 0)
    g_string_append_printf (text, "%d月（日は不明）", month);
  else
    g_string_append_printf (text, "%d月%d日", month, day);
}

static char *
birth_text (const char *birth_date, gboolean western)
{
  GString *text;
  int      year, month, day;

  if (!mado_birth_date_is_valid (birth_date))
    return NULL;
  year = atoi (birth_date);
  month = atoi (birth_date + 5);
  day = atoi (birth_date + 8);
  if (year == 0 && month == 0)
    return g_strdup ("生年月日は不明");
  text = g_string_new (NULL);
  g_autofree char *in_era = year > 0 ? era_year (birth_date) : NULL;
  if (year == 0)
    g_string_append (text, "（年は不明）");
  else if (in_era == NULL)
    g_string_append_printf (text, "%d年", year);
  else if (western)
    g_string_append_printf (text, "%s（%d年）", in_era, year);
  else
    g_string_append (text, in_era);
  append_rest (text, month, day);
  return g_string_free (text, FALSE);
}

char *
mado_era_birth_text (const char *birth_date)
{
  return birth_text (birth_date, TRUE);
}

char *
mado_era_text (const char *birth_date)
{
  return birth_text (birth_date, FALSE);
}

/* --- the other way --------------------------------------------------------------------------- */

static const Era *
take_era (const char **at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (eras); i++) {
    if (g_str_has_prefix (*at, eras[i].name)) {
      *at += strlen (eras[i].name);
      return &eras[i];
    }
    if (**at == eras[i].letter) {
      (*at)++;
      return &eras[i];
    }
  }
  return NULL;
}

/* Digits, or 元 for the first year, then the sign (年, 月, 日) or one of @separators. */
static gboolean
take_number (const char **at, const char *sign, const char *separators, int *ret_number)
{
  if (g_str_has_prefix (*at, "元")) {
    *ret_number = 1;
    *at += strlen ("元");
  } else {
    const char *start = *at;
    while (g_ascii_isdigit (**at))
      (*at)++;
    if (*at == start || *at - start > 4)
      return FALSE;
    *ret_number = atoi (start);
  }
  if (g_str_has_prefix (*at, sign))
    *at += strlen (sign);
  else if (**at != '\0' && strchr (separators, **at) != NULL)
    (*at)++;
  else
    return **at == '\0';
  return TRUE;
}

/* "19900102": no signs at all. */
static char *
spread_digits (const char *text)
{
  if (strlen (text) != 8 || strspn (text, "0123456789") != 8)
    return g_strdup (text);
  return g_strdup_printf ("%.4s-%.2s-%.2s", text, text + 4, text + 6);
}

char *
mado_era_parse (const char *text)
{
  g_autofree char *folded = mado_text_fold (text);
  g_autofree char *plain = spread_digits (folded);
  const char      *at = plain;
  const Era       *era = take_era (&at);
  gboolean         counted = g_str_has_prefix (at, "元");
  int              year, month, day;

  if (counted && era == NULL)
    return NULL;
  if (!take_number (&at, "年", "-./", &year) || !take_number (&at, "月", "-./", &month)
      || !take_number (&at, "日", "", &day) || *at != '\0')
    return NULL;
  if (era != NULL)
    year += first_year (era) - 1;
  if (year < first_year (&eras[0]) || year > 9999)
    return NULL;
  g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", year, month % 100, day % 100);
  if (month > 12 || day > 31 || !mado_day_is_valid (date) || (era != NULL && era_of (date) != era))
    return NULL;
  return g_steal_pointer (&date);
}
