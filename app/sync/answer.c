#include "app/sync/answer.h"

#include "app/base/json.h"
#include "app/sync/error.h"
#include "app/sync/line.h"
#include "app/sync/request.h"
#include "app/sync/strict.h"

#include <string.h>

#define GREATEST (G_GINT64_CONSTANT (1) << 53)
#define CHANGED_MAX 1000000

static GBytes *
write_object (JsonObject *object)
{
  char *text = mado_json_canonical_object (object);

  return g_bytes_new_take (text, strlen (text));
}

static JsonObject *
read_object (GBytes *text, GError **error)
{
  gsize       len;
  const char *data = g_bytes_get_data (text, &len);
  g_autoptr (GError) fault = NULL;
  JsonObject *object = mado_json_parse_object (data, len, &fault);

  if (object == NULL)
    mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "not JSON: %s", fault->message);
  return object;
}

static JsonObject *
line_answer_to_json (const MadoLineAnswer *answer)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "application", answer->application);
  json_object_set_string_member (object, "answer", answer->answer);
  if (answer->reason != NULL)
    json_object_set_string_member (object, "reason", answer->reason);
  json_object_set_int_member (object, "at", answer->at);
  if (answer->state != NULL)
    json_object_set_string_member (object, "state", answer->state);
  return object;
}

GBytes *
mado_sync_answer_write (const MadoSyncAnswer *answer)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *answers = json_array_new ();
  JsonArray *changed = json_array_new ();

  for (guint i = 0; i < answer->answers->len; i++)
    json_array_add_object_element (answers, line_answer_to_json (answer->answers->pdata[i]));
  for (guint i = 0; i < answer->changed->len; i++)
    json_array_add_object_element (changed, mado_line_change_to_json (answer->changed->pdata[i]));
  json_object_set_int_member (object, "epoch", answer->epoch);
  json_object_set_array_member (object, "anchor",
                                mado_anchor_to_json (answer->anchor_at, answer->anchor_digest));
  json_object_set_int_member (object, "backed_up", answer->backed_up);
  json_object_set_int_member (object, "time", answer->time);
  json_object_set_array_member (object, "answers", answers);
  json_object_set_array_member (object, "changed", changed);
  return write_object (object);
}

static gboolean
is_answer_word (const char *word)
{
  static const char *const words[] = { "stored", "already", "fork", "refused", NULL };

  return g_strv_contains (words, word);
}

static gboolean
optional_text (JsonObject *object, const char *member, const char **ret_text, GError **error)
{
  *ret_text = NULL;
  if (!json_object_has_member (object, member))
    return TRUE;
  *ret_text = mado_strict_text (object, member, 64, error);
  return *ret_text != NULL;
}

static MadoLineAnswer *
line_answer_from_json (JsonObject *object, GError **error)
{
  static const char *const known[] = { "application", "answer", "reason", "at", "state", NULL };
  const char              *application, *answer, *reason, *state;
  gint64                   at;

  if (!mado_strict_members (object, known, error)
      || (application = mado_strict_uuid (object, "application", error)) == NULL
      || (answer = mado_strict_text (object, "answer", 16, error)) == NULL
      || !optional_text (object, "reason", &reason, error)
      || !optional_text (object, "state", &state, error)
      || !mado_strict_integer (object, "at", 0, GREATEST, &at, error))
    return NULL;
  if (!is_answer_word (answer)) {
    mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "an answer nobody knows");
    return NULL;
  }
  MadoLineAnswer *line = g_new0 (MadoLineAnswer, 1);
  line->application = g_strdup (application);
  line->answer = g_strdup (answer);
  line->reason = g_strdup (reason);
  line->state = g_strdup (state);
  line->at = at;
  return line;
}

static gboolean
read_answers (MadoSyncAnswer *answer, JsonObject *object, GError **error)
{
  JsonArray *answers = mado_strict_array (object, "answers", MADO_SYNC_LINES_MAX, error);

  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++) {
    JsonObject     *element = mado_strict_element (answers, i, error);
    MadoLineAnswer *one = element != NULL ? line_answer_from_json (element, error) : NULL;
    if (one == NULL)
      return FALSE;
    g_ptr_array_add (answer->answers, one);
  }
  return answers != NULL;
}

static gboolean
read_changed (MadoSyncAnswer *answer, JsonObject *object, GError **error)
{
  JsonArray *changed = mado_strict_array (object, "changed", CHANGED_MAX, error);

  for (guint i = 0; changed != NULL && i < json_array_get_length (changed); i++) {
    JsonObject     *element = mado_strict_element (changed, i, error);
    MadoLineChange *one = element != NULL ? mado_line_change_from_json (element, error) : NULL;
    if (one == NULL)
      return FALSE;
    g_ptr_array_add (answer->changed, one);
  }
  return changed != NULL;
}

static gboolean
read_position (MadoSyncAnswer *answer, JsonObject *object, GError **error)
{
  JsonArray *anchor = mado_strict_array (object, "anchor", 2, error);

  return anchor != NULL
         && mado_anchor_from_json (anchor, &answer->anchor_at, answer->anchor_digest, error)
         && mado_strict_integer (object, "epoch", 1, GREATEST, &answer->epoch, error)
         && mado_strict_integer (object, "backed_up", 0, GREATEST, &answer->backed_up, error)
         && mado_strict_integer (object, "time", 0, GREATEST, &answer->time, error);
}

MadoSyncAnswer *
mado_sync_answer_read (GBytes *text, GError **error)
{
  static const char *const known[]
      = { "epoch", "anchor", "backed_up", "time", "answers", "changed", NULL };
  g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_new ();
  g_autoptr (JsonObject) object = read_object (text, error);

  if (object == NULL || !mado_strict_members (object, known, error)
      || !read_position (answer, object, error) || !read_answers (answer, object, error)
      || !read_changed (answer, object, error))
    return NULL;
  return g_steal_pointer (&answer);
}

GBytes *
mado_sync_conflict_write (const MadoSyncConflict *conflict)
{
  g_autoptr (JsonObject) object = json_object_new ();

  if (conflict->epoch > 0) {
    json_object_set_string_member (object, "code", "epoch");
    json_object_set_int_member (object, "epoch", conflict->epoch);
    json_object_set_string_member (object, "message", "the centre was put back: send again");
  } else {
    json_object_set_string_member (object, "code", "journal");
    json_object_set_int_member (object, "g", conflict->g);
    json_object_set_string_member (object, "message", "another line stands at that place");
  }
  return write_object (object);
}

gboolean
mado_sync_conflict_read (GBytes *text, MadoSyncConflict *ret_conflict, GError **error)
{
  static const char *const known[] = { "code", "epoch", "g", "message", NULL };
  g_autoptr (JsonObject) object = read_object (text, error);
  const char      *code;
  MadoSyncConflict conflict = { 0 };

  if (object == NULL || !mado_strict_members (object, known, error)
      || (code = mado_strict_text (object, "code", 16, error)) == NULL)
    return FALSE;
  if (g_str_equal (code, "epoch")
          ? !mado_strict_integer (object, "epoch", 1, GREATEST, &conflict.epoch, error)
          : !mado_strict_integer (object, "g", 1, GREATEST, &conflict.g, error))
    return FALSE;
  *ret_conflict = conflict;
  return TRUE;
}
