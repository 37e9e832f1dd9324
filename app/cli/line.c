#include "app/cli/line.h"

#include "app/cli/options.h"

/* "--reader NAME"; not "--reader=NAME", and not a flag. */
static gboolean
takes_next (const char *argument)
{
  return g_str_has_prefix (argument, "--") && mado_options_has_value (argument + 2);
}

GArray *
mado_line_words (char **argv)
{
  GArray  *places = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean all = FALSE;

  for (guint i = 0; argv[i] != NULL; i++)
    if (all || argv[i][0] != '-')
      g_array_append_val (places, i);
    else if (g_str_equal (argv[i], "--"))
      all = TRUE;
    else if (takes_next (argv[i]) && argv[i + 1] != NULL)
      i++;
  return places;
}

char **
mado_line_without (char **argv, GArray *places, guint n)
{
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  guint left_out = 0;

  g_strv_builder_add (rest, argv[g_array_index (places, guint, n - 1)]);
  for (guint i = 0; argv[i] != NULL; i++)
    if (left_out < n && g_array_index (places, guint, left_out) == i)
      left_out++;
    else
      g_strv_builder_add (rest, argv[i]);
  return g_strv_builder_end (rest);
}
