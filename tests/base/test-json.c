#include "app/base/error.h"
#include "app/base/json.h"

#include <string.h>

static void
test_canonical (void)
{
  static const struct {
    const char *text;
    const char *canonical;
  } cases[] = {
    { " { \"b\" : 1 , \"a\" : [ true , null ] } ", "{\"a\":[true,null],\"b\":1}" },
    { "{\"\\u00e9\":\"\\u0041\\n\\u001f/\"}", NULL }, /* an escaped name is refused */
    { "{\"x\":\"\\u0041\\n\\u001f\\/\\u20ac\"}", "{\"x\":\"A\\n\\u001f/€\"}" },
    { "{\"\xEF\xBC\xA1\":1,\"\xF0\x9F\x98\x80\":2}",
      "{\"\xF0\x9F\x98\x80\":2,\"\xEF\xBC\xA1\":1}" }, /* UTF-16 order: D83D before FF21 */
    { "-9007199254740991", "-9007199254740991" },
    { "\"\"", "\"\"" },
    { "\"\\ud83d\\uDE00\"", "\"\xF0\x9F\x98\x80\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) node = mado_json_parse (cases[i].text, strlen (cases[i].text), NULL);
    if (cases[i].canonical == NULL) {
      g_assert_null (node);
      continue;
    }
    g_assert_nonnull (node);
    g_autofree char *canonical = mado_json_canonical (node, NULL);
    g_assert_cmpstr (canonical, ==, cases[i].canonical);
  }
}

static void
test_no_canonical_form (void)
{
  static const char *const cases[] = { "1.5", "9007199254740992", "-9007199254740992", "[1e3]" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = mado_json_parse (cases[i], strlen (cases[i]), NULL);
    g_assert_nonnull (node);
    g_assert_null (mado_json_canonical (node, &error));
    g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_MALFORMED);
  }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "{",
    "{\"a\":1}x",
    "{\"a\":1,\"a\":2}",
    "[1,]",
    "{\"a\":1,}",
    "/* c */ {}",
    "{\"a\" 1}",
    "\"\xFF\"",
    "{'a':1}",
    "nul",
    "{\"a\":01}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":0x1}",
    "-",
    "1.",
    "truex",
    "\"a\nb\"",
    "\"\\x\"",
    "\"\\u12\"",
    "\"",
    "\"\\\"",
    "{\"a\":}",
    "[1 2]",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = mado_json_parse (cases[i], strlen (cases[i]), &error);
    if (node != NULL)
      g_test_message ("taken: %s", cases[i]);
    g_assert_null (node);
    g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_MALFORMED);
  }
}

static void
test_nothing_is_refused (void)
{
  g_assert_null (mado_json_parse (NULL, 0, NULL));
}

static void
test_too_deep_is_refused (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *close = g_strnfill (100000, ']');
  g_autofree char *text = g_strconcat (open, close, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (mado_json_parse (text, strlen (text), &error));
  g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_MALFORMED);
}

static void
test_embedded_nul_is_refused (void)
{
  g_assert_null (mado_json_parse ("{}\0", 3, NULL));
}

/* json-glib would make "a" of the first, text that is not UTF-8 of the second and -1 of the last
 * two: another document than the one that was sent, or one without canonical form. */
static void
test_what_json_glib_would_change_is_refused (void)
{
  static const char *const cases[] = {
    "\"a\\u0000b\"",        "\"\\ud800x\"",         "\"\\ud800\"",
    "\"\\udc00\\ud800\"",   "\"\\ud800\\u0041\"",   "\"\\ud83d\\udbff\"",
    "18446744073709551615", "36893488147419103232", "9223372036854775808",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = mado_json_parse (cases[i], strlen (cases[i]), &error);
    if (node != NULL)
      g_test_message ("taken: %s", cases[i]);
    g_assert_null (node);
    g_assert_error (error, MADO_BASE_ERROR, MADO_BASE_ERROR_MALFORMED);
  }
}

static void
test_getters_of_another_type_give_nothing (void)
{
  static const char text[] = "{\"s\":1,\"i\":\"x\",\"o\":[],\"a\":{},\"f\":\"true\"}";
  g_autoptr (JsonObject) object = mado_json_parse_object (text, strlen (text), NULL);
  gint64 value = 5;

  g_assert_nonnull (object);
  g_assert_null (mado_json_string (object, "s"));
  g_assert_false (mado_json_integer (object, "i", &value));
  g_assert_cmpint (value, ==, 5);
  g_assert_null (mado_json_object (object, "o"));
  g_assert_null (mado_json_array (object, "a"));
  g_assert_false (mado_json_flag (object, "f"));
  g_assert_null (mado_json_string (object, "absent"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/json/canonical", test_canonical);
  g_test_add_func ("/base/json/no-canonical-form", test_no_canonical_form);
  g_test_add_func ("/base/json/refused", test_refused);
  g_test_add_func ("/base/json/nothing-is-refused", test_nothing_is_refused);
  g_test_add_func ("/base/json/too-deep-is-refused", test_too_deep_is_refused);
  g_test_add_func ("/base/json/embedded-nul-is-refused", test_embedded_nul_is_refused);
  g_test_add_func ("/base/json/what-json-glib-would-change-is-refused",
                   test_what_json_glib_would_change_is_refused);
  g_test_add_func ("/base/json/getters-of-another-type-give-nothing",
                   test_getters_of_another_type_give_nothing);
  return g_test_run ();
}
