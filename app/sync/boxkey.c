#include "app/sync/boxkey.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/sync/error.h"
#include "app/sync/strict.h"

#include <string.h>

#define PUBLIC_LEN 32

void
mado_box_key_clear (MadoBoxKey *key)
{
  g_clear_pointer (&key->id, g_free);
  g_clear_pointer (&key->public_key, g_bytes_unref);
}

GBytes *
mado_box_key_write (const MadoBoxKey *key)
{
  g_autoptr (JsonObject) object = json_object_new ();
  gsize            len;
  const guint8    *data = g_bytes_get_data (key->public_key, &len);
  g_autofree char *public_key = mado_base64url (data, len);

  json_object_set_string_member (object, "id", key->id);
  json_object_set_string_member (object, "public", public_key);
  char *text = mado_json_canonical_object (object);
  return g_bytes_new_take (text, strlen (text));
}

gboolean
mado_box_key_read (GBytes *text, MadoBoxKey *ret_key, GError **error)
{
  static const char *const known[] = { "id", "public", NULL };
  gsize                    len;
  const char              *data = g_bytes_get_data (text, &len);
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonObject) object = mado_json_parse_object (data, len, &fault);
  const char *id;

  if (object == NULL)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "not JSON: %s", fault->message);
  if (!mado_strict_members (object, known, error)
      || (id = mado_strict_text (object, "id", 64, error)) == NULL)
    return FALSE;
  g_autoptr (GBytes) octets = mado_strict_octets (object, "public", error);
  if (octets == NULL)
    return FALSE;
  if (g_bytes_get_size (octets) != PUBLIC_LEN)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "the box key is no X25519 key");
  *ret_key = (MadoBoxKey){ .id = g_strdup (id), .public_key = g_steal_pointer (&octets) };
  return TRUE;
}

gboolean
mado_box_key_fetch (MadoHttp *http, MadoBoxKey *ret_key, GError **error)
{
  MadoHttpRequest request = { .path = "/v1/box-key" };
  g_auto (MadoHttpAnswer) answer = { 0 };

  return mado_http_send (http, &request, &answer, error)
         && mado_http_expect (&answer, "application/json", error)
         && mado_box_key_read (answer.body, ret_key, error);
}
