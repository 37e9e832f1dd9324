/* Runs one fuzz target over its saved corpus, with any compiler, as an ordinary test. */
#include <glib.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
test_replay (gconstpointer path)
{
  g_autofree char *octets = NULL;
  gsize            len = 0;

  g_assert_true (g_file_get_contents (path, &octets, &len, NULL));
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const uint8_t *)octets, len), ==, 0);
}

static void
test_nothing (void)
{
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const uint8_t *)"", 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_autoptr (GDir) corpus = g_dir_open (MADO_CORPUS, 0, NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  g_assert_nonnull (corpus);
  g_test_add_func ("/fuzz/nothing", test_nothing);
  while ((name = g_dir_read_name (corpus)) != NULL) {
    g_autofree char *test = g_strconcat ("/fuzz/", name, NULL);
    char            *path = g_build_filename (MADO_CORPUS, name, NULL);
    g_ptr_array_add (paths, path);
    g_test_add_data_func (test, path, test_replay);
  }
  g_assert_cmpuint (paths->len, >, 0);
  return g_test_run ();
}
