#include "app/sync/strict.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/base/random.h"
#include "app/sync/error.h"

#include <string.h>

static gboolean
raise_member (GError **error, const char *member, const char *expected)
{
  return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "member \"%s\": expected %s", member,
                          expected);
}

gboolean
mado_strict_members (JsonObject *object, const char *const *known, GError **error)
{
  JsonObjectIter iter;
  const char    *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (known, name))
      return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "a member nobody knows");
  return TRUE;
}

static gboolean
is_printable (const char *text, gsize max)
{
  gsize len = strlen (text);

  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return len > 0 && len <= max;
}

const char *
mado_strict_text (JsonObject *object, const char *member, gsize max, GError **error)
{
  const char *text = mado_json_string (object, member);

  if (text != NULL && is_printable (text, max))
    return text;
  raise_member (error, member, "printable ASCII");
  return NULL;
}

const char *
mado_strict_uuid (JsonObject *object, const char *member, GError **error)
{
  const char *text = mado_json_string (object, member);

  if (text != NULL && mado_uuid_is_valid (text))
    return text;
  raise_member (error, member, "a UUID");
  return NULL;
}

gboolean
mado_strict_integer (JsonObject *object,
                     const char *member,
                     gint64      min,
                     gint64      max,
                     gint64     *ret_value,
                     GError    **error)
{
  gint64 value;

  if (!mado_json_integer (object, member, &value) || value < min || value > max)
    return raise_member (error, member, "an integer in its range");
  *ret_value = value;
  return TRUE;
}

GBytes *
mado_strict_octets (JsonObject *object, const char *member, GError **error)
{
  const char *text = mado_json_string (object, member);
  GBytes     *octets = text != NULL && *text != '\0' ? mado_base64url_decode (text) : NULL;

  if (octets == NULL)
    raise_member (error, member, "base64url without padding");
  return octets;
}

gboolean
mado_strict_digest (JsonObject *object,
                    const char *member,
                    guint8      ret_digest[MADO_SHA256_LEN],
                    GError    **error)
{
  g_autoptr (GBytes) octets = mado_strict_octets (object, member, error);

  if (octets == NULL)
    return FALSE;
  if (g_bytes_get_size (octets) != MADO_SHA256_LEN)
    return raise_member (error, member, "32 octets");
  memcpy (ret_digest, g_bytes_get_data (octets, NULL), MADO_SHA256_LEN);
  return TRUE;
}

JsonObject *
mado_strict_object (JsonObject *object, const char *member, GError **error)
{
  JsonObject *value = mado_json_object (object, member);

  if (value == NULL)
    raise_member (error, member, "an object");
  return value;
}

JsonArray *
mado_strict_array (JsonObject *object, const char *member, guint max, GError **error)
{
  JsonArray *array = mado_json_array (object, member);

  if (array != NULL && json_array_get_length (array) <= max)
    return array;
  raise_member (error, member, "an array within its limit");
  return NULL;
}

JsonObject *
mado_strict_element (JsonArray *array, guint i, GError **error)
{
  JsonNode *node = json_array_get_element (array, i);

  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "an array element: expected an object");
  return NULL;
}

const char *
mado_strict_element_text (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}
