/* Check digits, worked out by hand or taken from printed examples, and whole numbers. */
#include "app/domain/number.h"

#include <string.h>

static void
test_check_digits (void)
{
  static const struct {
    MadoNumberScheme scheme;
    const char      *payload;
    char             start, stop;
    char             digit;
  } cases[] = {
    { MADO_NUMBER_MOD10W21, "12345678", 0, 0, '2' }, /* 38 */
    { MADO_NUMBER_MOD10W21, "20151119", 0, 0, '3' }, /* 17 */
    { MADO_NUMBER_MOD10W21, "20151149", 0, 0, '0' }, /* 20: the even case */
    { MADO_NUMBER_MOD10W31, "4901234", 0, 0, '7' },  /* 43, as a JAN code */
    { MADO_NUMBER_MOD10W31, "400763000011", 0, 0, '6' },
    { MADO_NUMBER_MOD10W31, "55", 0, 0, '0' },
    { MADO_NUMBER_MOD11, "1234567", 0, 0, '4' }, /* 7·2+6·3+5·4+4·5+3·6+2·7+1·2 = 106, 11 − 7 */
    { MADO_NUMBER_MOD11, "0000000", 0, 0, '0' }, /* 11 */
    { MADO_NUMBER_MOD11, "6", 0, 0, '0' },       /* 12: 11 − 1 = 10 */
    { MADO_NUMBER_7DR, "12345678", 0, 0, '2' },
    { MADO_NUMBER_7DR, "7", 0, 0, '0' },
    { MADO_NUMBER_7DR, "999999999999999999999999", 0, 0, '0' },
    { MADO_NUMBER_MOD16, "37859", 'A', 'B', '+' }, /* 65: 16 − 1 */
    { MADO_NUMBER_MOD16, "0", 'A', 'A', '0' },     /* 32: the zero case is 0, not 16 */
    { MADO_NUMBER_MOD16, "97", 0, 0, '0' },        /* 16 */
    { MADO_NUMBER_MOD16, "1-$", 0, 0, '-' },       /* 22: 16 − 6 */
    { MADO_NUMBER_NONE, "123", 0, 0, '\0' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    MadoNumberPlan plan = { cases[i].scheme, 0, cases[i].start, cases[i].stop };
    char           digit = mado_number_check_digit (&plan, cases[i].payload);
    if (digit != cases[i].digit)
      g_error ("%s: got %c, meant %c", cases[i].payload, digit, cases[i].digit);
  }
}

static void
test_whole_numbers (void)
{
  static const struct {
    MadoNumberPlan  plan;
    const char     *number;
    MadoNumberFault fault;
  } cases[] = {
    { { MADO_NUMBER_NONE, 8, 0, 0 }, "00012345", MADO_NUMBER_FINE },
    { { MADO_NUMBER_NONE, 8, 0, 0 }, "0012345", MADO_NUMBER_WIDTH },
    { { MADO_NUMBER_NONE, 0, 0, 0 }, "", MADO_NUMBER_EMPTY },
    { { MADO_NUMBER_NONE, 0, 0, 0 }, "12-34", MADO_NUMBER_FINE },
    { { MADO_NUMBER_NONE, 0, 0, 0 }, "12_34", MADO_NUMBER_CHARACTER },
    { { MADO_NUMBER_NONE, 0, 0, 0 }, "12A34", MADO_NUMBER_CHARACTER },
    { { MADO_NUMBER_MOD10W21, 9, 0, 0 }, "123456782", MADO_NUMBER_FINE },
    { { MADO_NUMBER_MOD10W21, 9, 0, 0 }, "123456783", MADO_NUMBER_CHECK_DIGIT },
    { { MADO_NUMBER_MOD10W21, 9, 0, 0 }, "12345678+", MADO_NUMBER_CHARACTER },
    { { MADO_NUMBER_MOD10W21, 0, 0, 0 }, "2", MADO_NUMBER_WIDTH },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "A123456782B", MADO_NUMBER_FINE },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "a123456782b", MADO_NUMBER_FINE },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "123456782", MADO_NUMBER_FINE },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "B123456782A", MADO_NUMBER_START_STOP },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "A123456782", MADO_NUMBER_START_STOP },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "123456782B", MADO_NUMBER_START_STOP },
    { { MADO_NUMBER_MOD10W21, 9, 0, 0 }, "A123456782A", MADO_NUMBER_START_STOP },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "A", MADO_NUMBER_START_STOP },
    { { MADO_NUMBER_MOD10W21, 9, 'A', 'B' }, "AB", MADO_NUMBER_EMPTY },
    { { MADO_NUMBER_MOD10W31, 0, 0, 0 }, "49012347", MADO_NUMBER_FINE },
    { { MADO_NUMBER_MOD11, 0, 0, 0 }, "12345674", MADO_NUMBER_FINE },
    { { MADO_NUMBER_7DR, 0, 0, 0 }, "123456782", MADO_NUMBER_FINE },
    { { MADO_NUMBER_7DR, 0, 0, 0 }, "123456781", MADO_NUMBER_CHECK_DIGIT },
    { { MADO_NUMBER_MOD16, 6, 'A', 'B' }, "A37859+B", MADO_NUMBER_FINE },
    { { MADO_NUMBER_MOD16, 6, 'A', 'B' }, "37859+", MADO_NUMBER_FINE },
    { { MADO_NUMBER_MOD16, 6, 'A', 'B' }, "37859-", MADO_NUMBER_CHECK_DIGIT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    MadoNumberFault fault = mado_number_check (&cases[i].plan, cases[i].number, NULL);
    if (fault != cases[i].fault)
      g_error ("%s: got %s, meant %s", cases[i].number, mado_number_fault_name (fault),
               mado_number_fault_name (cases[i].fault));
  }
}

static void
test_the_bare_number_comes_back (void)
{
  MadoNumberPlan   plan = { MADO_NUMBER_MOD16, 6, 'A', 'B' };
  g_autofree char *number = NULL;

  g_assert_cmpint (mado_number_check (&plan, "a37859+b", &number), ==, MADO_NUMBER_FINE);
  g_assert_cmpstr (number, ==, "37859+");
}

static void
test_one_wrong_digit_is_seen (void)
{
  MadoNumberPlan plan = { MADO_NUMBER_MOD10W21, 0, 0, 0 };

  for (int i = 0; i < 8; i++)
    for (char digit = '0'; digit <= '9'; digit++) {
      char number[] = "123456782";
      if (number[i] == digit)
        continue;
      number[i] = digit;
      g_assert_cmpint (mado_number_check (&plan, number, NULL), ==, MADO_NUMBER_CHECK_DIGIT);
    }
}

static void
test_names (void)
{
  static const char *const names[] = { "none", "mod10w21", "mod10w31", "mod11", "7dr", "mod16" };
  MadoNumberScheme         scheme;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_assert_true (mado_number_scheme_from_name (names[i], &scheme));
    g_assert_cmpint (scheme, ==, (int)i);
  }
  g_assert_false (mado_number_scheme_from_name ("mod43", &scheme));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/number/check-digits", test_check_digits);
  g_test_add_func ("/domain/number/whole-numbers", test_whole_numbers);
  g_test_add_func ("/domain/number/the-bare-number-comes-back", test_the_bare_number_comes_back);
  g_test_add_func ("/domain/number/one-wrong-digit-is-seen", test_one_wrong_digit_is_seen);
  g_test_add_func ("/domain/number/names", test_names);
  return g_test_run ();
}
