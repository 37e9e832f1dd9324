#include "app/domain/number.h"

#include <string.h>

/* NW-7 characters in the order of their values (JIS X 0506): start and stop letters from 16 on. */
static const char nw7[] = "0123456789-$:/.+ABCD";
#define FIRST_LETTER 16

static const struct {
  const char      *name;
  MadoNumberScheme scheme;
} schemes[] = {
  { "none", MADO_NUMBER_NONE },         { "mod10w21", MADO_NUMBER_MOD10W21 },
  { "mod10w31", MADO_NUMBER_MOD10W31 }, { "mod11", MADO_NUMBER_MOD11 },
  { "7dr", MADO_NUMBER_7DR },           { "mod16", MADO_NUMBER_MOD16 },
};

gboolean
mado_number_scheme_from_name (const char *name, MadoNumberScheme *ret_scheme)
{
  for (gsize i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_str_equal (schemes[i].name, name)) {
      *ret_scheme = schemes[i].scheme;
      return TRUE;
    }
  return FALSE;
}

const char *
mado_number_fault_name (MadoNumberFault fault)
{
  static const char *const names[] = {
    [MADO_NUMBER_EMPTY] = "empty",
    [MADO_NUMBER_CHARACTER] = "character",
    [MADO_NUMBER_START_STOP] = "start-stop",
    [MADO_NUMBER_WIDTH] = "width",
    [MADO_NUMBER_CHECK_DIGIT] = "check-digit",
  };

  return names[fault];
}

static int
value_of (char c)
{
  return c != '\0' ? (int)(strchr (nw7, c) - nw7) : 0;
}

/* --- check digits ---------------------------------------------------------------------------- */

/* Sum of the digits with the weights @first, @second, … from the right. */
static int
weighted_sum (const char *digits, int (*weigh) (int digit, gsize place))
{
  gsize len = strlen (digits);
  int   sum = 0;

  for (gsize place = 0; place < len; place++)
    sum += weigh (digits[len - 1 - place] - '0', place);
  return sum;
}

static int
weigh_21_split (int digit, gsize place)
{
  int product = place % 2 == 0 ? digit * 2 : digit;

  return product / 10 + product % 10;
}

static int
weigh_31 (int digit, gsize place)
{
  return place % 2 == 0 ? digit * 3 : digit;
}

static int
weigh_2_to_7 (int digit, gsize place)
{
  return digit * (int)(2 + place % 6);
}

static int
remainder_by_7 (const char *digits)
{
  int remainder = 0;

  for (; *digits != '\0'; digits++)
    remainder = (remainder * 10 + (*digits - '0')) % 7;
  return remainder;
}

static int
mod_11 (const char *digits)
{
  int rest = 11 - weighted_sum (digits, weigh_2_to_7) % 11;

  return rest >= 10 ? 0 : rest;
}

/* The outer modulus gives 0, not 16, when the sum divides evenly. */
static int
mod_16 (const MadoNumberPlan *plan, const char *payload)
{
  int sum = value_of (plan->start) + value_of (plan->stop);

  for (; *payload != '\0'; payload++)
    sum += value_of (*payload);
  return (16 - sum % 16) % 16;
}

char
mado_number_check_digit (const MadoNumberPlan *plan, const char *payload)
{
  switch (plan->scheme) {
  case MADO_NUMBER_MOD10W21:
    return nw7[(10 - weighted_sum (payload, weigh_21_split) % 10) % 10];
  case MADO_NUMBER_MOD10W31:
    return nw7[(10 - weighted_sum (payload, weigh_31) % 10) % 10];
  case MADO_NUMBER_MOD11:
    return nw7[mod_11 (payload)];
  case MADO_NUMBER_7DR:
    return nw7[remainder_by_7 (payload)];
  case MADO_NUMBER_MOD16:
    return nw7[mod_16 (plan, payload)];
  case MADO_NUMBER_NONE:
  default:
    return '\0';
  }
}

/* --- a whole number -------------------------------------------------------------------------- */

static gboolean
is_letter (char c)
{
  return c != '\0' && strchr (nw7 + FIRST_LETTER, g_ascii_toupper (c)) != NULL;
}

/* What stands between start and stop; NULL when there are letters other than the plan's. */
static char *
strip_letters (const MadoNumberPlan *plan, const char *number)
{
  gsize    len = strlen (number);
  gboolean starts = is_letter (number[0]);
  gboolean stops = len > 1 && is_letter (number[len - 1]);

  if (!starts && !stops)
    return g_strdup (number);
  if (!starts || !stops || g_ascii_toupper (number[0]) != plan->start
      || g_ascii_toupper (number[len - 1]) != plan->stop)
    return NULL;
  return g_strndup (number + 1, len - 2);
}

static gboolean
has_allowed_characters (const MadoNumberPlan *plan, const char *bare)
{
  gboolean digits_only = plan->scheme != MADO_NUMBER_MOD16 && plan->scheme != MADO_NUMBER_NONE;

  for (; *bare != '\0'; bare++)
    if (digits_only ? !g_ascii_isdigit (*bare) : memchr (nw7, *bare, FIRST_LETTER) == NULL)
      return FALSE;
  return TRUE;
}

static MadoNumberFault
check_bare (const MadoNumberPlan *plan, const char *bare)
{
  gsize len = strlen (bare);

  if (len == 0)
    return MADO_NUMBER_EMPTY;
  if (!has_allowed_characters (plan, bare))
    return MADO_NUMBER_CHARACTER;
  if (plan->width != 0 && len != plan->width)
    return MADO_NUMBER_WIDTH;
  if (plan->scheme == MADO_NUMBER_NONE)
    return MADO_NUMBER_FINE;
  if (len < 2)
    return MADO_NUMBER_WIDTH; /* a check digit of nothing */
  g_autofree char *payload = g_strndup (bare, len - 1);
  return mado_number_check_digit (plan, payload) == bare[len - 1] ? MADO_NUMBER_FINE
                                                                  : MADO_NUMBER_CHECK_DIGIT;
}

MadoNumberFault
mado_number_check (const MadoNumberPlan *plan, const char *number, char **ret_number)
{
  g_autofree char *bare = strip_letters (plan, number);
  MadoNumberFault  fault = bare != NULL ? check_bare (plan, bare) : MADO_NUMBER_START_STOP;

  if (fault == MADO_NUMBER_FINE && ret_number != NULL)
    *ret_number = g_steal_pointer (&bare);
  return fault;
}
