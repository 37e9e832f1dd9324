#include "app/agent/typed.h"

#include "app/base/json.h"
#include "app/domain/era.h"
#include "app/domain/number.h"

#include <string.h>

/* Longest name or address a card or a register holds, in octets, with room to spare. */
#define TEXT_MAX 600

static JsonObject *
parse (const char *text, MadoFieldFault *ret_fault)
{
  JsonObject *object = mado_json_parse_object (text, strlen (text), NULL);

  if (object == NULL)
    *ret_fault = (MadoFieldFault){ "fields", "form" };
  return object;
}

/* A copy without blanks around it, or %NULL with the fault. */
static char *
take_text (JsonObject *object, const char *field, MadoFieldFault *ret_fault)
{
  const char      *value = mado_json_string (object, field);
  g_autofree char *text = g_strstrip (g_strdup (value != NULL ? value : ""));

  if (*text == '\0' || strlen (text) > TEXT_MAX) {
    *ret_fault = (MadoFieldFault){ field, *text == '\0' ? "missing" : "length" };
    return NULL;
  }
  return g_steal_pointer (&text);
}

MadoPerson *
mado_typed_person (const char *text, MadoFieldFault *ret_fault)
{
  g_autoptr (JsonObject) object = parse (text, ret_fault);
  g_autofree char *name = object != NULL ? take_text (object, "name", ret_fault) : NULL;
  g_autofree char *address = name != NULL ? take_text (object, "address", ret_fault) : NULL;
  g_autofree char *typed = address != NULL ? take_text (object, "birth_date", ret_fault) : NULL;
  g_autofree char *birth_date = typed != NULL ? mado_era_parse (typed) : NULL;

  if (typed == NULL)
    return NULL;
  if (birth_date == NULL) {
    *ret_fault = (MadoFieldFault){ "birth_date", "form" };
    return NULL;
  }
  MadoPerson *person = mado_person_new ();
  g_free (person->name);
  g_free (person->address);
  g_free (person->birth_date);
  person->name = g_steal_pointer (&name);
  person->address = g_steal_pointer (&address);
  person->birth_date = g_steal_pointer (&birth_date);
  return person;
}

/* Which numbers a library gives is its plan's to say; here only that it is one. */
static gboolean
take_number (JsonObject *object, char **ret_number, MadoFieldFault *ret_fault)
{
  static const MadoNumberPlan any = { .scheme = MADO_NUMBER_NONE };
  const char                 *number = mado_json_string (object, "number");
  MadoNumberFault             fault;

  if (number == NULL || *number == '\0')
    return TRUE;
  fault = mado_number_check (&any, number, ret_number);
  if (fault == MADO_NUMBER_FINE && strlen (number) <= 32)
    return TRUE;
  *ret_fault
      = (MadoFieldFault){ "number",
                          fault == MADO_NUMBER_FINE ? "length" : mado_number_fault_name (fault) };
  return FALSE;
}

static void
copy_member (G_GNUC_UNUSED JsonObject *object, const char *name, JsonNode *node, gpointer data)
{
  if (!g_str_equal (name, "number"))
    json_object_set_member (data, name, json_node_copy (node));
}

JsonObject *
mado_typed_contact (const char *text, char **ret_number, MadoFieldFault *ret_fault)
{
  g_autoptr (JsonObject) object = parse (text, ret_fault);
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autofree char *number = NULL;

  if (object == NULL || !take_number (object, &number, ret_fault))
    return NULL;
  json_object_foreach_member (object, copy_member, fields);
  JsonObject *typed = mado_applicant_check (fields, TRUE, ret_fault);
  if (typed != NULL)
    *ret_number = g_steal_pointer (&number);
  return typed;
}
