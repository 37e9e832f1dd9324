/* app/sync/strict.h - members of a JSON object from the other side, each with its form.
 *
 * Every function raises %MADO_SYNC_ERROR_PROTOCOL naming the member, never its value.
 */
#pragma once
#include "app/base/digest.h"
#include <json-glib/json-glib.h>

/** %FALSE when @object has a member that is not among @known (closed by %NULL). */
gboolean mado_strict_members (JsonObject *object, const char *const *known, GError **error);

/** Printable ASCII of 1 to @max octets; %NULL with error. Stays the object's. */
const char *mado_strict_text (JsonObject *object, const char *member, gsize max, GError **error);

/** A UUID in lower case with hyphens; %NULL with error. */
const char *mado_strict_uuid (JsonObject *object, const char *member, GError **error);

gboolean mado_strict_integer (JsonObject *object,
                              const char *member,
                              gint64      min,
                              gint64      max,
                              gint64     *ret_value,
                              GError    **error);

/** Octets in base64url, at least one; %NULL with error. */
GBytes *mado_strict_octets (JsonObject *object, const char *member, GError **error);

/** 32 octets in base64url. */
gboolean mado_strict_digest (JsonObject *object,
                             const char *member,
                             guint8      ret_digest[MADO_SHA256_LEN],
                             GError    **error);

JsonObject *mado_strict_object (JsonObject *object, const char *member, GError **error);

/** An array of at most @max elements. */
JsonArray *mado_strict_array (JsonObject *object, const char *member, guint max, GError **error);

/** Element @i of @array when it is an object; %NULL with error. */
JsonObject *mado_strict_element (JsonArray *array, guint i, GError **error);

/** Element @i of @array when it is text; %NULL without error. */
const char *mado_strict_element_text (JsonArray *array, guint i);
