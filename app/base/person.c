#include "app/base/person.h"

MadoPerson *
mado_person_new (void)
{
  MadoPerson *person = g_new0 (MadoPerson, 1);

  person->name = g_strdup ("");
  person->address = g_strdup ("");
  person->birth_date = g_strdup ("0000-00-00");
  person->name_substituted = g_array_new (FALSE, FALSE, sizeof (guint));
  person->address_substituted = g_array_new (FALSE, FALSE, sizeof (guint));
  return person;
}

MadoPerson *
mado_person_copy (const MadoPerson *person)
{
  MadoPerson *copy = g_new0 (MadoPerson, 1);

  copy->name = g_strdup (person->name);
  copy->address = g_strdup (person->address);
  copy->birth_date = g_strdup (person->birth_date);
  copy->sex = person->sex;
  copy->name_substituted = g_array_copy (person->name_substituted);
  copy->address_substituted = g_array_copy (person->address_substituted);
  return copy;
}

void
mado_person_free (MadoPerson *person)
{
  if (person == NULL)
    return;
  g_free (person->name);
  g_free (person->address);
  g_free (person->birth_date);
  g_array_unref (person->name_substituted);
  g_array_unref (person->address_substituted);
  g_free (person);
}

static JsonArray *
positions_to_json (const GArray *positions)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < positions->len; i++)
    json_array_add_int_element (array, g_array_index (positions, guint, i));
  return array;
}

const char *
mado_sex_name (MadoSex sex)
{
  static const char *const names[] = { "not-stated", "male", "female" };

  return names[sex];
}

JsonObject *
mado_person_to_json (const MadoPerson *person, const char *source)
{
  JsonObject *object = json_object_new ();
  JsonObject *substituted = json_object_new ();

  json_object_set_string_member (object, "name", person->name);
  json_object_set_string_member (object, "address", person->address);
  json_object_set_string_member (object, "birth_date", person->birth_date);
  json_object_set_string_member (object, "sex", mado_sex_name (person->sex));
  json_object_set_array_member (substituted, "name", positions_to_json (person->name_substituted));
  json_object_set_array_member (substituted, "address",
                                positions_to_json (person->address_substituted));
  json_object_set_object_member (object, "substituted", substituted);
  json_object_set_string_member (object, "source", source);
  return object;
}
