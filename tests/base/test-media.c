#include "app/base/media.h"

static void
test_media_type (void)
{
  static const char *const same[] = { "application/json",
                                      "Application/JSON",
                                      "application/json; charset=utf-8",
                                      "application/json;charset=utf-8",
                                      "application/json ",
                                      "application/json\t;x=1" };
  static const char *const others[]
      = { "",           "application/jso",   "application/json2",           "application/json-seq",
          "text/plain", " application/json", "text/plain; application/json" };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    g_assert_true (mado_media_type_is (same[i], "application/json"));
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (mado_media_type_is (others[i], "application/json"));
  g_assert_false (mado_media_type_is (NULL, "application/json"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/media/type", test_media_type);
  return g_test_run ();
}
