#include "app/domain/application.h"

#include "app/base/json.h"

static const char *const state_names[MADO_STATE_LAST_ENTRY] = {
  [MADO_STATE_DRAFT] = "draft",         [MADO_STATE_MAIL_WAIT] = "mail_wait",
  [MADO_STATE_RECEIVED] = "received",   [MADO_STATE_REVIEWING] = "reviewing",
  [MADO_STATE_RETURNED] = "returned",   [MADO_STATE_PROVISIONAL] = "provisional",
  [MADO_STATE_ACCEPTED] = "accepted",   [MADO_STATE_NUMBERED] = "numbered",
  [MADO_STATE_COMPLETED] = "completed", [MADO_STATE_REJECTED] = "rejected",
  [MADO_STATE_WITHDRAWN] = "withdrawn", [MADO_STATE_PURGED] = "purged",
};

const char *
mado_state_name (MadoState state)
{
  return state_names[state];
}

MadoState
mado_state_from_name (const char *name)
{
  for (MadoState state = MADO_STATE_DRAFT; name != NULL && state < MADO_STATE_LAST_ENTRY; state++)
    if (g_str_equal (state_names[state], name))
      return state;
  return MADO_STATE_NONE;
}

MadoApplication *
mado_application_new (void)
{
  MadoApplication *application = g_new0 (MadoApplication, 1);

  application->fields = json_object_new ();
  application->marked = g_ptr_array_new_with_free_func (g_free);
  application->flags = g_ptr_array_new_with_free_func (g_free);
  application->told = g_ptr_array_new_with_free_func (g_free);
  return application;
}

static gpointer
copy_text (gconstpointer text, gpointer unused)
{
  (void)unused;
  return g_strdup (text);
}

static GPtrArray *
copy_texts (GPtrArray *texts)
{
  return g_ptr_array_copy (texts, copy_text, NULL);
}

static JsonObject *
copy_object (JsonObject *object)
{
  JsonObject *copy = json_object_new ();

  for (GList *names = json_object_get_members (object); names != NULL;
       names = g_list_delete_link (names, names))
    json_object_set_member (copy, names->data, json_object_dup_member (object, names->data));
  return copy;
}

MadoApplication *
mado_application_copy (const MadoApplication *application)
{
  MadoApplication *copy = g_memdup2 (application, sizeof *application);

  copy->id = g_strdup (application->id);
  copy->home = g_strdup (application->home);
  copy->fields = copy_object (application->fields);
  copy->number = g_strdup (application->number);
  copy->claim = g_strdup (application->claim);
  copy->marked = copy_texts (application->marked);
  copy->flags = copy_texts (application->flags);
  copy->told = copy_texts (application->told);
  if (application->tombstone != NULL)
    copy->tombstone = copy_object (application->tombstone);
  return copy;
}

void
mado_application_free (MadoApplication *application)
{
  if (application == NULL)
    return;
  g_free (application->id);
  g_free (application->home);
  json_object_unref (application->fields);
  g_free (application->number);
  g_free (application->claim);
  g_ptr_array_unref (application->marked);
  g_ptr_array_unref (application->flags);
  g_ptr_array_unref (application->told);
  g_clear_pointer (&application->tombstone, json_object_unref);
  g_free (application);
}

static void
set_texts (JsonObject *json, const char *member, GPtrArray *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < texts->len; i++)
    json_array_add_string_element (array, texts->pdata[i]);
  json_object_set_array_member (json, member, array);
}

JsonObject *
mado_application_to_json (const MadoApplication *application)
{
  JsonObject *json = json_object_new ();

  mado_json_set_string (json, "state", mado_state_name (application->state));
  mado_json_set_string (json, "home", application->home);
  json_object_set_int_member (json, "seq", application->seq);
  json_object_set_object_member (json, "fields", copy_object (application->fields));
  mado_json_set_string (json, "number", application->number);
  mado_json_set_string (json, "claim", application->claim);
  set_texts (json, "marked", application->marked);
  set_texts (json, "flags", application->flags);
  set_texts (json, "told", application->told);
  if (application->tombstone != NULL)
    json_object_set_object_member (json, "tombstone", copy_object (application->tombstone));
  else
    json_object_set_null_member (json, "tombstone");
  return json;
}

gboolean
mado_application_has_flag (const MadoApplication *application, const char *flag)
{
  return g_ptr_array_find_with_equal_func (application->flags, flag, g_str_equal, NULL);
}
