#include "app/print/error.h"
#include "app/print/nw7.h"

static void
bars_are_those_of_the_standard (void)
{
  /* A: narrow narrow wide wide narrow wide narrow; 0: five narrow, two wide; a gap between. */
  static const guint8 wanted[]
      = { 2, 2, 5, 5, 2, 5, 2, 2, 2, 2, 2, 2, 2, 5, 5, 2, 2, 2, 5, 5, 2, 5, 2, 0 };
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bars = mado_nw7_bars ("A0A", &error);

  g_assert_no_error (error);
  g_assert_cmpmem (bars, sizeof wanted, wanted, sizeof wanted);
}

/* No two characters look alike. */
static void
every_character_is_its_own (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const char *character = "0123456789-$:/.+"; *character != '\0'; character++) {
    char               text[] = { 'A', *character, 'B', '\0' };
    g_autofree guint8 *bars = mado_nw7_bars (text, NULL);
    g_assert_true (g_hash_table_add (seen, g_strndup ((const char *)bars + 8, 7)));
  }
  g_assert_cmpuint (g_hash_table_size (seen), ==, 16);
}

static void
refuses_what_it_cannot_draw (void)
{
  const char *texts[] = { "", "A", "AA", "123", "A1", "A1a", "A1A1A", "AZA", "E1A" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (mado_nw7_bars (texts[i], &error));
    g_assert_error (error, MADO_PRINT_ERROR, MADO_PRINT_ERROR_TEXT);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print/nw7/bars-are-those-of-the-standard", bars_are_those_of_the_standard);
  g_test_add_func ("/print/nw7/every-character-is-its-own", every_character_is_its_own);
  g_test_add_func ("/print/nw7/refuses-what-it-cannot-draw", refuses_what_it_cannot_draw);
  return g_test_run ();
}
