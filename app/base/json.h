/* app/base/json.h - JSON as we sign it, store it and answer it. */
#pragma once
#include <json-glib/json-glib.h>

/**
 * mado_json_canonical:
 *
 * The one octet string of @node by RFC 8785: no blanks, members in the order of their UTF-16
 * code units, the shortest escapes. Floats and integers beyond 2^53 have no place in our
 * documents and are refused with %MADO_BASE_ERROR_MALFORMED, as is text that is not UTF-8.
 *
 * Returns: (transfer full): UTF-8, or %NULL
 */
char *mado_json_canonical (JsonNode *node, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** The canonical form of an object whose content is ours, so that it cannot fail. */
char *mado_json_canonical_object (JsonObject *object);

/**
 * mado_json_parse:
 *
 * One JSON text (RFC 8259) of @len octets. Refused with %MADO_BASE_ERROR_MALFORMED: what is not
 * UTF-8, holds a NUL (also as \u0000), half a surrogate pair or an integer beyond 64 bits, nests
 * deeper than 32 levels, has a member twice in one object or one whose name is written with
 * escapes.
 *
 * Returns: (transfer full): the value, or %NULL
 */
JsonNode *mado_json_parse (const char *text, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** As mado_json_parse(), for a text that must be an object. */
JsonObject *
mado_json_parse_object (const char *text, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Members of an object that came from outside: %NULL, 0 or %FALSE when absent or of another type;
 * what is returned stays the object's. */
const char *mado_json_string (JsonObject *object, const char *member);
JsonObject *mado_json_object (JsonObject *object, const char *member);
JsonArray  *mado_json_array (JsonObject *object, const char *member);
gboolean    mado_json_flag (JsonObject *object, const char *member);

/** %FALSE, @ret_value untouched, when @member is absent or no integer. */
gboolean mado_json_integer (JsonObject *object, const char *member, gint64 *ret_value);

/** Sets @member to @value, or to null when @value is %NULL. */
void mado_json_set_string (JsonObject *object, const char *member, const char *value);
