#include "app/sync/line.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/sync/error.h"
#include "app/sync/strict.h"

#include <string.h>

#define GREATEST (G_GINT64_CONSTANT (1) << 53)
#define EVENTS_MAX 4096 /* more than MADO_LINE_MAX_EVENTS, for the centre to say "too_large" */

static void
set_octets (JsonObject *object, const char *member, const void *octets, gsize len)
{
  g_autofree char *text = mado_base64url (octets, len);

  json_object_set_string_member (object, member, text);
}

static void
add_octets (JsonArray *array, GBytes *octets)
{
  gsize            len;
  const guint8    *data = g_bytes_get_data (octets, &len);
  g_autofree char *text = mado_base64url (data, len);

  json_array_add_string_element (array, text);
}

static JsonObject *
event_to_json (const MadoGivenEvent *event)
{
  JsonObject   *object = json_object_new ();
  gsize         len;
  const guint8 *sealed = g_bytes_get_data (event->sealed, &len);

  json_object_set_string_member (object, "actor", event->actor);
  json_object_set_int_member (object, "time", event->time);
  json_object_set_string_member (object, "type", event->type);
  set_octets (object, "b", sealed, len);
  return object;
}

static JsonArray *
box_to_json (const MadoGivenLine *line)
{
  JsonArray *box = json_array_new ();

  json_array_add_string_element (box, line->box_key);
  add_octets (box, line->box_epk);
  add_octets (box, line->boxed);
  return box;
}

JsonObject *
mado_given_line_to_json (const MadoGivenLine *line)
{
  JsonObject *object = json_object_new ();
  JsonArray  *events = json_array_new ();

  for (guint i = 0; i < line->events->len; i++)
    json_array_add_object_element (events, event_to_json (line->events->pdata[i]));
  json_object_set_string_member (object, "application", line->application);
  json_object_set_int_member (object, "n", line->n);
  set_octets (object, "head", line->head, MADO_SHA256_LEN);
  if (line->box_key != NULL)
    json_object_set_array_member (object, "box", box_to_json (line));
  json_object_set_array_member (object, "events", events);
  return object;
}

static MadoGivenEvent *
event_from_json (JsonObject *object, GError **error)
{
  static const char *const known[] = { "actor", "time", "type", "b", NULL };
  const char              *actor, *type;
  gint64                   time;

  if (!mado_strict_members (object, known, error)
      || (actor = mado_strict_text (object, "actor", 64, error)) == NULL
      || (type = mado_strict_text (object, "type", 32, error)) == NULL
      || !mado_strict_integer (object, "time", 0, GREATEST, &time, error))
    return NULL;
  g_autoptr (GBytes) sealed = mado_strict_octets (object, "b", error);
  if (sealed == NULL)
    return NULL;
  MadoGivenEvent *event = g_new0 (MadoGivenEvent, 1);
  event->actor = g_strdup (actor);
  event->type = g_strdup (type);
  event->time = time;
  event->sealed = g_steal_pointer (&sealed);
  return event;
}

static gboolean
read_events (MadoGivenLine *line, JsonObject *object, GError **error)
{
  JsonArray *events = mado_strict_array (object, "events", EVENTS_MAX, error);

  for (guint i = 0; events != NULL && i < json_array_get_length (events); i++) {
    JsonObject     *element = mado_strict_element (events, i, error);
    MadoGivenEvent *event = element != NULL ? event_from_json (element, error) : NULL;
    if (event == NULL)
      return FALSE;
    g_ptr_array_add (line->events, event);
  }
  return events != NULL;
}

static GBytes *
box_octets (JsonArray *box, guint i)
{
  const char *text = mado_strict_element_text (box, i);

  return text != NULL ? mado_base64url_decode (text) : NULL;
}

static gboolean
read_box (MadoGivenLine *line, JsonObject *object, GError **error)
{
  JsonArray  *box;
  const char *key;

  if (!json_object_has_member (object, "box"))
    return TRUE; /* of an erased line only place and head are left */
  box = mado_strict_array (object, "box", 3, error);
  if (box == NULL)
    return FALSE;
  key = json_array_get_length (box) == 3 ? mado_strict_element_text (box, 0) : NULL;
  line->box_epk = key != NULL ? box_octets (box, 1) : NULL;
  line->boxed = key != NULL ? box_octets (box, 2) : NULL;
  if (line->box_epk == NULL || line->boxed == NULL)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "member \"box\": expected a box");
  line->box_key = g_strdup (key);
  return TRUE;
}

static gboolean
read_rest (MadoGivenLine *line, JsonObject *object, GError **error)
{
  static const char *const known[] = { "application", "n", "head", "box", "events", NULL };

  return mado_strict_members (object, known, error) && read_box (line, object, error)
         && read_events (line, object, error);
}

/* Whatever it holds, also what has no canonical form. */
static char *
text_of (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);

  return json_to_string (node, FALSE);
}

MadoGivenLine *
mado_given_line_from_json (JsonObject *object, GError **error)
{
  g_autoptr (MadoGivenLine) line = g_new0 (MadoGivenLine, 1);
  g_autoptr (GError) fault = NULL;
  const char *application = mado_strict_uuid (object, "application", error);

  line->events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_given_event_free);
  if (application == NULL || !mado_strict_integer (object, "n", 1, GREATEST, &line->n, error)
      || !mado_strict_digest (object, "head", line->head, error))
    return NULL;
  line->application = g_strdup (application);
  if (!read_rest (line, object, &fault)) {
    g_debug ("a given line cannot be read: %s", fault->message);
    g_ptr_array_set_size (line->events, 0);
    line->unreadable = text_of (object);
  }
  return g_steal_pointer (&line);
}

JsonObject *
mado_line_change_to_json (const MadoLineChange *change)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "application", change->application);
  json_object_set_int_member (object, "seq", change->seq);
  set_octets (object, "head", change->head, MADO_SHA256_LEN);
  json_object_set_string_member (object, "state", change->state);
  return object;
}

MadoLineChange *
mado_line_change_from_json (JsonObject *object, GError **error)
{
  static const char *const known[] = { "application", "seq", "head", "state", "view", NULL };
  MadoLineChange           change;
  const char              *application, *state;

  if (!mado_strict_members (object, known, error)
      || (application = mado_strict_uuid (object, "application", error)) == NULL
      || (state = mado_strict_text (object, "state", 16, error)) == NULL
      || !mado_strict_integer (object, "seq", 1, GREATEST, &change.seq, error)
      || !mado_strict_digest (object, "head", change.head, error))
    return NULL;
  change.application = g_strdup (application);
  change.state = g_strdup (state);
  return g_memdup2 (&change, sizeof change);
}

JsonArray *
mado_anchor_to_json (gint64 at, const guint8 *digest)
{
  JsonArray       *array = json_array_new ();
  g_autofree char *text = at > 0 ? mado_base64url (digest, MADO_SHA256_LEN) : g_strdup ("");

  json_array_add_int_element (array, at);
  json_array_add_string_element (array, text);
  return array;
}

static gboolean
is_integer (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
}

gboolean
mado_anchor_from_json (JsonArray *array, gint64 *ret_at, guint8 *ret_digest, GError **error)
{
  const char *text;
  gint64      at;

  if (json_array_get_length (array) != 2 || !is_integer (json_array_get_element (array, 0))
      || (text = mado_strict_element_text (array, 1)) == NULL)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "an anchor: expected place, digest");
  at = json_array_get_int_element (array, 0);
  g_autoptr (GBytes) digest = mado_base64url_decode (text);
  gsize len = at == 0 ? 0 : MADO_SHA256_LEN;
  if (at < 0 || at > GREATEST || digest == NULL || g_bytes_get_size (digest) != len)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "an anchor out of its range");
  memset (ret_digest, 0, MADO_SHA256_LEN);
  if (len > 0)
    memcpy (ret_digest, g_bytes_get_data (digest, NULL), len);
  *ret_at = at;
  return TRUE;
}
