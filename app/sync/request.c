#include "app/sync/request.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/sync/error.h"
#include "app/sync/line.h"
#include "app/sync/strict.h"

#include <string.h>

#define GREATEST (G_GINT64_CONSTANT (1) << 53)
#define SEEN_MAX 100000

MadoSyncRequest *
mado_sync_request_new (void)
{
  MadoSyncRequest *request = g_new0 (MadoSyncRequest, 1);

  request->seen = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_line_change_free);
  request->lines = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_line_free);
  request->boot = g_strdup ("");
  request->g = 1;
  return request;
}

void
mado_sync_request_free (MadoSyncRequest *request)
{
  if (request == NULL)
    return;
  g_clear_pointer (&request->checkpoint.signature, g_bytes_unref);
  g_ptr_array_unref (request->seen);
  g_ptr_array_unref (request->lines);
  g_free (request->boot);
  g_free (request);
}

static JsonNode *
checkpoint_to_json (const MadoCheckpoint *checkpoint)
{
  JsonObject      *object = json_object_new ();
  gsize            len;
  const guint8    *data = g_bytes_get_data (checkpoint->signature, &len);
  g_autofree char *digest = mado_base64url (checkpoint->digest, MADO_SHA256_LEN);
  g_autofree char *signature = mado_base64url (data, len);

  json_object_set_int_member (object, "n", checkpoint->n);
  json_object_set_string_member (object, "digest", digest);
  json_object_set_string_member (object, "signature", signature);
  return json_node_init_object (json_node_alloc (), object);
}

static JsonObject *
clock_to_json (const MadoSyncRequest *request)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "local", request->local_ms);
  json_object_set_int_member (object, "monotonic", request->monotonic_ms);
  json_object_set_string_member (object, "boot", request->boot);
  return object;
}

GBytes *
mado_sync_request_write (const MadoSyncRequest *request)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *seen = json_array_new ();
  JsonArray *lines = json_array_new ();

  for (guint i = 0; i < request->seen->len; i++)
    json_array_add_object_element (seen, mado_line_change_to_json (request->seen->pdata[i]));
  for (guint i = 0; i < request->lines->len; i++)
    json_array_add_object_element (lines, mado_given_line_to_json (request->lines->pdata[i]));
  json_object_set_int_member (object, "epoch", request->epoch);
  json_object_set_array_member (object, "anchor",
                                mado_anchor_to_json (request->anchor_at, request->anchor_digest));
  json_object_set_int_member (object, "g", request->g);
  json_object_set_int_member (object, "wait", request->wait);
  json_object_set_array_member (object, "seen", seen);
  if (request->checkpoint.signature != NULL)
    json_object_set_member (object, "checkpoint", checkpoint_to_json (&request->checkpoint));
  json_object_set_object_member (object, "clock", clock_to_json (request));
  json_object_set_array_member (object, "lines", lines);
  char *text = mado_json_canonical_object (object);
  return g_bytes_new_take (text, strlen (text));
}

static gboolean
read_checkpoint (MadoSyncRequest *request, JsonObject *object, GError **error)
{
  static const char *const known[] = { "n", "digest", "signature", NULL };
  JsonObject              *inner;

  if (!json_object_has_member (object, "checkpoint"))
    return TRUE;
  inner = mado_strict_object (object, "checkpoint", error);
  if (inner == NULL || !mado_strict_members (inner, known, error)
      || !mado_strict_integer (inner, "n", 1, GREATEST, &request->checkpoint.n, error)
      || !mado_strict_digest (inner, "digest", request->checkpoint.digest, error))
    return FALSE;
  request->checkpoint.signature = mado_strict_octets (inner, "signature", error);
  return request->checkpoint.signature != NULL;
}

static gboolean
read_clock (MadoSyncRequest *request, JsonObject *object, GError **error)
{
  static const char *const known[] = { "local", "monotonic", "boot", NULL };
  JsonObject              *inner = mado_strict_object (object, "clock", error);
  const char              *boot;

  if (inner == NULL || !mado_strict_members (inner, known, error)
      || !mado_strict_integer (inner, "local", 0, GREATEST, &request->local_ms, error)
      || !mado_strict_integer (inner, "monotonic", 0, GREATEST, &request->monotonic_ms, error)
      || (boot = mado_strict_text (inner, "boot", 64, error)) == NULL)
    return FALSE;
  g_free (request->boot);
  request->boot = g_strdup (boot);
  return TRUE;
}

static gboolean
read_seen (MadoSyncRequest *request, JsonObject *object, GError **error)
{
  JsonArray *seen = mado_strict_array (object, "seen", SEEN_MAX, error);

  for (guint i = 0; seen != NULL && i < json_array_get_length (seen); i++) {
    JsonObject     *element = mado_strict_element (seen, i, error);
    MadoLineChange *change = element ? mado_line_change_from_json (element, error) : NULL;
    if (change == NULL)
      return FALSE;
    g_ptr_array_add (request->seen, change);
  }
  return seen != NULL;
}

static gboolean
read_lines (MadoSyncRequest *request, JsonObject *object, GError **error)
{
  JsonArray *lines = mado_strict_array (object, "lines", MADO_SYNC_LINES_MAX, error);

  for (guint i = 0; lines != NULL && i < json_array_get_length (lines); i++) {
    JsonObject    *element = mado_strict_element (lines, i, error);
    MadoGivenLine *line = element != NULL ? mado_given_line_from_json (element, error) : NULL;
    if (line == NULL)
      return FALSE;
    g_ptr_array_add (request->lines, line);
  }
  return lines != NULL;
}

static gboolean
read_position (MadoSyncRequest *request, JsonObject *object, GError **error)
{
  JsonArray *anchor = mado_strict_array (object, "anchor", 2, error);

  return anchor != NULL
         && mado_anchor_from_json (anchor, &request->anchor_at, request->anchor_digest, error)
         && mado_strict_integer (object, "epoch", 0, GREATEST, &request->epoch, error)
         && mado_strict_integer (object, "g", 1, GREATEST, &request->g, error)
         && mado_strict_integer (object, "wait", 0, MADO_SYNC_WAIT_MAX, &request->wait, error);
}

MadoSyncRequest *
mado_sync_request_read (GBytes *text, GError **error)
{
  static const char *const known[]
      = { "epoch", "anchor", "g", "wait", "seen", "checkpoint", "clock", "lines", NULL };
  g_autoptr (MadoSyncRequest) request = mado_sync_request_new ();
  gsize       len;
  const char *data = g_bytes_get_data (text, &len);
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonObject) object = mado_json_parse_object (data, len, &fault);

  if (object == NULL) {
    mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "not JSON: %s", fault->message);
    return NULL;
  }
  if (!mado_strict_members (object, known, error) || !read_position (request, object, error)
      || !read_checkpoint (request, object, error) || !read_clock (request, object, error)
      || !read_seen (request, object, error) || !read_lines (request, object, error))
    return NULL;
  return g_steal_pointer (&request);
}
