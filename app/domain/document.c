#include "app/domain/document.h"

#include "app/base/json.h"

static JsonObject *
consent_member (const MadoConsent *consent)
{
  JsonObject      *json = json_object_new ();
  g_autofree char *digest = mado_consent_digest_text (consent);

  json_object_set_string_member (json, "version", consent->version);
  json_object_set_string_member (json, "digest", digest);
  return json;
}

char *
mado_application_document (const MadoDocument *document)
{
  g_autoptr (JsonObject) json = json_object_new ();

  json_object_set_string_member (json, "application", document->application);
  json_object_set_object_member (json, "consent", consent_member (document->consent));
  json_object_set_object_member (json, "fields", json_object_ref (document->fields));
  json_object_set_string_member (json, "method", document->method);
  json_object_set_string_member (json, "purpose", "madoguchi-application");
  json_object_set_string_member (json, "terminal", document->terminal);
  json_object_set_string_member (json, "time", document->time);
  return mado_json_canonical_object (json);
}
