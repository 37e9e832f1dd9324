/* tests/central/openapi.h - answers against app/central/openapi.json: the keywords used there. */
#pragma once
#include "app/base/json.h"

#include <string.h>

static JsonObject *openapi;

G_GNUC_UNUSED static JsonObject *
openapi_load (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize            len;

  if (openapi != NULL)
    return openapi;
  g_file_get_contents ("app/central/openapi.json", &text, &len, &error);
  g_assert_no_error (error);
  openapi = mado_json_parse_object (text, len, &error);
  g_assert_no_error (error);
  return openapi;
}

static gboolean openapi_holds (JsonObject *schema, JsonNode *value, GString *why);

static gboolean
openapi_says (GString *why, const char *keyword, JsonNode *value)
{
  g_autofree char *text = json_to_string (value, FALSE);

  g_string_append_printf (why, "%s: %.200s; ", keyword, text);
  return FALSE;
}

static const char *
openapi_type_of (JsonNode *value)
{
  if (JSON_NODE_HOLDS_NULL (value))
    return "null";
  if (JSON_NODE_HOLDS_OBJECT (value))
    return "object";
  if (JSON_NODE_HOLDS_ARRAY (value))
    return "array";
  GType type = json_node_get_value_type (value);
  return type == G_TYPE_STRING    ? "string"
         : type == G_TYPE_BOOLEAN ? "boolean"
         : type == G_TYPE_INT64   ? "integer"
                                  : "number";
}

static gboolean
openapi_is_type (JsonNode *types, JsonNode *value)
{
  const char *type = openapi_type_of (value);

  if (!JSON_NODE_HOLDS_ARRAY (types))
    return g_str_equal (json_node_get_string (types), type);
  JsonArray *array = json_node_get_array (types);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (g_str_equal (json_array_get_string_element (array, i), type))
      return TRUE;
  return FALSE;
}

static JsonObject *
openapi_follow (JsonObject *schema)
{
  const char *ref = mado_json_string (schema, "$ref");

  if (ref == NULL)
    return schema;
  g_assert_true (g_str_has_prefix (ref, "#/components/schemas/"));
  JsonObject *all = mado_json_object (mado_json_object (openapi_load (), "components"), "schemas");
  JsonObject *target = mado_json_object (all, strrchr (ref, '/') + 1);
  g_assert_nonnull (target);
  return target;
}

static gboolean
openapi_string_holds (JsonObject *schema, JsonNode *value, GString *why)
{
  const char *text = json_node_get_string (value);
  const char *pattern = mado_json_string (schema, "pattern");
  gint64      limit;

  if (pattern != NULL && !g_regex_match_simple (pattern, text, G_REGEX_DOLLAR_ENDONLY, 0))
    return openapi_says (why, "pattern", value);
  if (mado_json_integer (schema, "minLength", &limit) && g_utf8_strlen (text, -1) < limit)
    return openapi_says (why, "minLength", value);
  if (mado_json_integer (schema, "maxLength", &limit) && g_utf8_strlen (text, -1) > limit)
    return openapi_says (why, "maxLength", value);
  return TRUE;
}

static gboolean
openapi_integer_holds (JsonObject *schema, JsonNode *value, GString *why)
{
  gint64 limit;

  if (mado_json_integer (schema, "minimum", &limit) && json_node_get_int (value) < limit)
    return openapi_says (why, "minimum", value);
  if (mado_json_integer (schema, "maximum", &limit) && json_node_get_int (value) > limit)
    return openapi_says (why, "maximum", value);
  return TRUE;
}

static gboolean
openapi_array_holds (JsonObject *schema, JsonNode *value, GString *why)
{
  JsonArray  *array = json_node_get_array (value);
  JsonArray  *prefix = mado_json_array (schema, "prefixItems");
  JsonObject *items = mado_json_object (schema, "items");
  guint       len = json_array_get_length (array);
  gint64      limit;

  if (mado_json_integer (schema, "minItems", &limit) && len < limit)
    return openapi_says (why, "minItems", value);
  if (mado_json_integer (schema, "maxItems", &limit) && len > limit)
    return openapi_says (why, "maxItems", value);
  for (guint i = 0; i < len; i++) {
    JsonObject *one = prefix != NULL && i < json_array_get_length (prefix)
                          ? json_array_get_object_element (prefix, i)
                          : items;
    if (one != NULL && !openapi_holds (one, json_array_get_element (array, i), why))
      return FALSE;
  }
  return TRUE;
}

static gboolean
openapi_object_holds (JsonObject *schema, JsonNode *value, GString *why)
{
  JsonObject    *object = json_node_get_object (value);
  JsonObject    *properties = mado_json_object (schema, "properties");
  JsonArray     *required = mado_json_array (schema, "required");
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *member;

  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++)
    if (!json_object_has_member (object, json_array_get_string_element (required, i)))
      return openapi_says (why, json_array_get_string_element (required, i), value);
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member)) {
    JsonObject *one = properties != NULL ? mado_json_object (properties, name) : NULL;
    if (one == NULL && json_object_has_member (schema, "additionalProperties")
        && !mado_json_flag (schema, "additionalProperties"))
      return openapi_says (why, "additionalProperties", value);
    if (one != NULL && !openapi_holds (one, member, why))
      return openapi_says (why, name, member);
  }
  return TRUE;
}

static gboolean
openapi_is_among (JsonObject *schema, JsonNode *value, GString *why)
{
  JsonArray *words = mado_json_array (schema, "enum");
  gboolean   found = words == NULL;

  for (guint i = 0; words != NULL && i < json_array_get_length (words); i++)
    found |= json_node_equal (json_array_get_element (words, i), value);
  if (json_object_has_member (schema, "const"))
    found = json_node_equal (json_object_get_member (schema, "const"), value);
  return found || openapi_says (why, "enum or const", value);
}

static gboolean
openapi_is_one_of (JsonArray *schemas, JsonNode *value, GString *why)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (schemas); i++)
    n += openapi_holds (json_array_get_object_element (schemas, i), value, why) ? 1 : 0;
  return n == 1 || openapi_says (why, "oneOf", value);
}

static gboolean
openapi_holds (JsonObject *schema, JsonNode *value, GString *why)
{
  schema = openapi_follow (schema);
  JsonNode  *types = json_object_get_member (schema, "type");
  JsonArray *choices = mado_json_array (schema, "oneOf");

  if (choices != NULL)
    return openapi_is_one_of (choices, value, why);
  if (types != NULL && !openapi_is_type (types, value))
    return openapi_says (why, "type", value);
  if (!openapi_is_among (schema, value, why))
    return FALSE;
  const char *type = openapi_type_of (value);
  if (g_str_equal (type, "string"))
    return openapi_string_holds (schema, value, why);
  if (g_str_equal (type, "integer"))
    return openapi_integer_holds (schema, value, why);
  if (g_str_equal (type, "array"))
    return openapi_array_holds (schema, value, why);
  return !g_str_equal (type, "object") || openapi_object_holds (schema, value, why);
}

/* The description of @path, where "{id}" stands for anything. */
static JsonObject *
openapi_path (const char *path)
{
  JsonObject *paths = mado_json_object (openapi_load (), "paths");

  if (g_str_has_prefix (path, "/v1/applications/") && strlen (path) > strlen ("/v1/applications/"))
    return mado_json_object (paths, "/v1/applications/{id}");
  return mado_json_object (paths, path);
}

/* Where media types are described: parameters do not count. */
static JsonObject *
openapi_schema_for (JsonObject *holder, const char *content_type)
{
  JsonObject      *content = holder != NULL ? mado_json_object (holder, "content") : NULL;
  g_autofree char *type = g_strndup (content_type, strcspn (content_type, "; "));
  JsonObject      *media = content != NULL ? mado_json_object (content, type) : NULL;

  return media != NULL ? mado_json_object (media, "schema") : NULL;
}

static JsonObject *
openapi_fault (void)
{
  JsonObject *all = mado_json_object (mado_json_object (openapi_load (), "components"), "schemas");

  return mado_json_object (all, "Fault");
}

/* Ends the test when the answer is not as described; what is not listed gets 404 or 405. */
G_GNUC_UNUSED static void
openapi_assert_answer (
    const char *method, const char *path, guint status, const char *content_type, GBytes *body)
{
  JsonObject      *item = openapi_path (path);
  g_autofree char *verb = g_ascii_strdown (g_str_equal (method, "HEAD") ? "GET" : method, -1);
  JsonObject      *operation = item != NULL ? mado_json_object (item, verb) : NULL;
  g_autofree char *code = g_strdup_printf ("%u", status);
  g_autoptr (GString) why = g_string_new (NULL);
  gsize       len;
  const char *data = g_bytes_get_data (body, &len);

  JsonObject *answers = operation != NULL ? mado_json_object (operation, "responses") : NULL;
  JsonObject *answer = answers != NULL ? mado_json_object (answers, code) : NULL;
  JsonObject *schema = answer != NULL ? openapi_schema_for (answer, content_type) : NULL;
  if (schema == NULL && (status == 404 || status == 405))
    schema = openapi_fault ();
  if (schema == NULL)
    g_error ("%s %s: %u %s is not described", method, path, status, content_type);
  if (!g_str_has_prefix (content_type, "application/json") || g_str_equal (method, "HEAD"))
    return;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = mado_json_parse (data, len, &error);
  g_assert_no_error (error);
  if (!openapi_holds (schema, node, why))
    g_error ("%s %s: %u is not as described: %s", method, path, status, why->str);
}
