#include "app/base/json.h"

#include "app/base/error.h"
#include "app/base/jsontext.h"

#define GREATEST_INTEGER (G_GINT64_CONSTANT (1) << 53)

static gboolean append_node (GString *out, JsonNode *node, GError **error);

/* RFC 8785 §3.2.2.2: two-character escapes where JSON has one, \u00xx for other controls. */
static void
append_escaped (GString *out, guchar octet)
{
  static const char escapes[] = { [8] = 'b', [9] = 't', [10] = 'n', [12] = 'f', [13] = 'r' };

  if (octet == '"' || octet == '\\')
    g_string_append_printf (out, "\\%c", octet);
  else if (octet < sizeof escapes && escapes[octet] != 0)
    g_string_append_printf (out, "\\%c", escapes[octet]);
  else if (octet < 0x20)
    g_string_append_printf (out, "\\u%04x", octet);
  else
    g_string_append_c (out, (char)octet);
}

static gboolean
append_string (GString *out, const char *text, GError **error)
{
  if (!g_utf8_validate (text, -1, NULL))
    return mado_base_raise (error, MADO_BASE_ERROR_MALFORMED, "a JSON string is not UTF-8");
  g_string_append_c (out, '"');
  for (const char *at = text; *at != '\0'; at++)
    append_escaped (out, (guchar)*at);
  g_string_append_c (out, '"');
  return TRUE;
}

/* UTF-8 sorts by code point; UTF-16 puts U+10000 and above (surrogates) before U+E000..U+FFFF. */
static gint
compare_utf16 (gconstpointer a, gconstpointer b)
{
  const char *left = a;
  const char *right = b;

  while (*left != '\0' && g_utf8_get_char (left) == g_utf8_get_char (right)) {
    left = g_utf8_next_char (left);
    right = g_utf8_next_char (right);
  }
  gunichar x = g_utf8_get_char (left);
  gunichar y = g_utf8_get_char (right);
  gboolean x_is_pair = x >= 0x10000;
  gboolean y_is_pair = y >= 0x10000;
  if (x_is_pair != y_is_pair && MAX (x, y) >= 0x10000 && MIN (x, y) >= 0xE000)
    return x_is_pair ? -1 : 1;
  return x < y ? -1 : x > y;
}

static gboolean
append_object (GString *out, JsonObject *object, GError **error)
{
  g_autoptr (GList) members
      = g_list_sort (json_object_get_members (object), (GCompareFunc)compare_utf16);

  g_string_append_c (out, '{');
  for (GList *at = members; at != NULL; at = at->next) {
    if (at != members)
      g_string_append_c (out, ',');
    if (!append_string (out, at->data, error))
      return FALSE;
    g_string_append_c (out, ':');
    if (!append_node (out, json_object_get_member (object, at->data), error))
      return FALSE;
  }
  g_string_append_c (out, '}');
  return TRUE;
}

static gboolean
append_array (GString *out, JsonArray *array, GError **error)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    if (!append_node (out, json_array_get_element (array, i), error))
      return FALSE;
  }
  g_string_append_c (out, ']');
  return TRUE;
}

static gboolean
append_integer (GString *out, gint64 value, GError **error)
{
  if (value <= -GREATEST_INTEGER || value >= GREATEST_INTEGER)
    return mado_base_raise (error, MADO_BASE_ERROR_MALFORMED, "an integer beyond 2^53");
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
  return TRUE;
}

static gboolean
append_value (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_value_type (node)) {
  case G_TYPE_STRING:
    return append_string (out, json_node_get_string (node), error);
  case G_TYPE_INT64:
    return append_integer (out, json_node_get_int (node), error);
  case G_TYPE_BOOLEAN:
    g_string_append (out, json_node_get_boolean (node) ? "true" : "false");
    return TRUE;
  default:
    return mado_base_raise (error, MADO_BASE_ERROR_MALFORMED,
                            "a JSON number that is no integer has no canonical form here");
  }
}

static gboolean
append_node (GString *out, JsonNode *node, GError **error)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    return append_object (out, json_node_get_object (node), error);
  case JSON_NODE_ARRAY:
    return append_array (out, json_node_get_array (node), error);
  case JSON_NODE_VALUE:
    return append_value (out, node, error);
  case JSON_NODE_NULL:
  default:
    g_string_append (out, "null");
    return TRUE;
  }
}

char *
mado_json_canonical (JsonNode *node, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!append_node (out, node, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
mado_json_canonical_object (JsonObject *object)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (!append_object (out, object, &error))
    g_error ("a document of our own has no canonical form: %s", error->message);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

JsonNode *
mado_json_parse (const char *text, gsize len, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) cause = NULL;

  if (!mado_jsontext_is_strict (text, len)) {
    mado_base_raise (error, MADO_BASE_ERROR_MALFORMED, "not one JSON text (RFC 8259)");
    return NULL;
  }
  if (!json_parser_load_from_data (parser, text, (gssize)len, &cause)) {
    mado_base_raise (error, MADO_BASE_ERROR_MALFORMED, "not JSON (RFC 8259), line %u",
                     json_parser_get_current_line (parser));
    return NULL;
  }
  return json_parser_steal_root (parser);
}

JsonObject *
mado_json_parse_object (const char *text, gsize len, GError **error)
{
  g_autoptr (JsonNode) node = mado_json_parse (text, len, error);

  if (node == NULL)
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    mado_base_raise (error, MADO_BASE_ERROR_MALFORMED, "a JSON object was expected");
    return NULL;
  }
  return json_node_dup_object (node);
}

static JsonNode *
find_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

const char *
mado_json_string (JsonObject *object, const char *member)
{
  JsonNode *node = find_value (object, member, G_TYPE_STRING);

  return node != NULL ? json_node_get_string (node) : NULL;
}

gboolean
mado_json_flag (JsonObject *object, const char *member)
{
  JsonNode *node = find_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

gboolean
mado_json_integer (JsonObject *object, const char *member, gint64 *ret_value)
{
  JsonNode *node = find_value (object, member, G_TYPE_INT64);

  if (node == NULL)
    return FALSE;
  *ret_value = json_node_get_int (node);
  return TRUE;
}

JsonObject *
mado_json_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
mado_json_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

void
mado_json_set_string (JsonObject *object, const char *member, const char *value)
{
  if (value == NULL)
    json_object_set_null_member (object, member);
  else
    json_object_set_string_member (object, member, value);
}
