#include "app/agent/lookup.h"

#include "app/agent/error.h"
#include "app/base/json.h"
#include "app/domain/day.h"
#include "app/domain/eligibility.h"
#include "app/domain/receipt.h"

#include <string.h>

static char *
municipality_of (const MadoStoreRow *row, const char *address)
{
  g_auto (MadoEligibility) eligibility = { 0 };
  g_autofree char *day = mado_clock_day (row->time / 1000);

  if (address == NULL)
    return NULL;
  mado_eligibility_judge (NULL, address, NULL, day, &eligibility);
  return g_steal_pointer (&eligibility.municipality);
}

static JsonObject *
row_document (const MadoStoreRow *row)
{
  JsonObject      *document = json_object_new ();
  JsonObject      *fields = row->content != NULL ? row->content->fields : NULL;
  const char      *address = fields != NULL ? mado_json_string (fields, "address") : NULL;
  g_autofree char *receipt = mado_receipt_code (row->application);
  g_autofree char *time = mado_clock_format (row->time / 1000);
  g_autofree char *municipality = municipality_of (row, address);

  json_object_set_string_member (document, "application", row->application);
  json_object_set_string_member (document, "receipt", receipt);
  json_object_set_string_member (document, "state", row->state);
  json_object_set_string_member (document, "time", time);
  mado_json_set_string (document, "name",
                        fields != NULL ? mado_json_string (fields, "name") : NULL);
  mado_json_set_string (document, "municipality", municipality);
  json_object_set_string_member (document, "channel", "counter");
  json_object_set_boolean_member (document, "synced",
                                  g_str_equal (row->sync, "stored")
                                      || g_str_equal (row->sync, "backed-up"));
  json_object_set_string_member (document, "sync", row->sync);
  mado_json_set_string (document, "refused", row->code);
  json_object_set_int_member (document, "seq", row->seq);
  return document;
}

typedef struct {
  JsonArray  *states; /* or NULL: all */
  const char *since;  /* or NULL */
} Query;

static gboolean
read_query (JsonObject *object, Query *ret_query)
{
  if (object == NULL)
    return FALSE;
  *ret_query = (Query){ mado_json_array (object, "states"), mado_json_string (object, "since") };
  for (guint i = 0; ret_query->states != NULL && i < json_array_get_length (ret_query->states);
       i++) {
    JsonNode *state = json_array_get_element (ret_query->states, i);
    if (json_node_get_value_type (state) != G_TYPE_STRING
        || mado_state_from_name (json_node_get_string (state)) == MADO_STATE_NONE)
      return FALSE;
  }
  return ret_query->since == NULL || mado_day_is_valid (ret_query->since);
}

static gboolean
is_asked_for (const Query *query, const MadoStoreRow *row)
{
  g_autofree char *day = mado_clock_day (row->time / 1000);

  if (query->since != NULL && strcmp (day, query->since) < 0)
    return FALSE;
  if (query->states == NULL || json_array_get_length (query->states) == 0)
    return TRUE;
  for (guint i = 0; i < json_array_get_length (query->states); i++)
    if (g_str_equal (json_array_get_string_element (query->states, i), row->state))
      return TRUE;
  return FALSE;
}

char *
mado_lookup_applications (MadoStore *store, const char *text, GError **error)
{
  g_autoptr (JsonObject) object = mado_json_parse_object (text, strlen (text), NULL);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (JsonObject) answer = json_object_new ();
  JsonArray *applications = json_array_new ();
  Query      query;

  json_object_set_array_member (answer, "applications", applications);
  if (!read_query (object, &query)) {
    mado_agent_raise (error, MADO_FAILURE_USAGE,
                      "expected {\"states\":[…],\"since\":\"2026-11-20\"}");
    return NULL;
  }
  rows = mado_store_list (store, error);
  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    if (is_asked_for (&query, g_ptr_array_index (rows, i)))
      json_array_add_object_element (applications, row_document (g_ptr_array_index (rows, i)));
  return mado_json_canonical_object (answer);
}

static const MadoStoreRow *
find_row (GPtrArray *rows, const char *application)
{
  for (guint i = 0; i < rows->len; i++) {
    const MadoStoreRow *row = g_ptr_array_index (rows, i);
    if (g_str_equal (row->application, application))
      return row;
  }
  return NULL;
}

char *
mado_lookup_show (MadoStore *store, const char *application, GError **error)
{
  g_autoptr (GPtrArray) rows = mado_store_list (store, error);
  const MadoStoreRow *row;

  if (rows == NULL)
    return NULL;
  row = find_row (rows, application);
  if (row == NULL) {
    mado_agent_raise (error, MADO_FAILURE_NOT_FOUND, "no such application on this terminal");
    return NULL;
  }
  g_autoptr (JsonObject) document = row_document (row);
  if (row->content != NULL)
    json_object_set_object_member (document, "content", mado_application_to_json (row->content));
  else
    json_object_set_null_member (document, "content");
  return mado_json_canonical_object (document);
}

char *
mado_lookup_verify (MadoStore *store, GError **error)
{
  g_autoptr (JsonObject) answer = mado_store_verify (store, error);

  return answer != NULL ? mado_json_canonical_object (answer) : NULL;
}
