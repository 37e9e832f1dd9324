#include "app/central/application.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/base/log.h"
#include "app/base/random.h"
#include "app/store/error.h"
#include "app/sync/boxkey.h"

#include <string.h>

static GBytes *
write_application (const MadoApplication *application, const char *id)
{
  g_autoptr (JsonObject) object = mado_application_to_json (application);
  g_autofree char *head = mado_base64url (application->head, MADO_SHA256_LEN);

  json_object_set_string_member (object, "application", id);
  json_object_set_string_member (object, "head", head);
  char *text = mado_json_canonical_object (object);
  return g_bytes_new_take (text, strlen (text));
}

MadoReply *
mado_application_show (const MadoExchange *exchange)
{
  const char *id = exchange->argument;
  g_autoptr (GError) fault = NULL;

  if (!mado_uuid_is_valid (id))
    return mado_reply_fault (404, "not_found", "no such application");
  g_autoptr (MadoApplication) application = mado_centre_read (exchange->house->centre, id, &fault);
  if (application == NULL)
    return g_error_matches (fault, MADO_STORE_ERROR, MADO_STORE_ERROR_NOT_FOUND)
               ? mado_reply_fault (404, "not_found", "no such application")
               : mado_exchange_fault (exchange, fault);
  /* Who looked at a person is part of the record. */
  mado_log (G_LOG_LEVEL_INFO, "application shown", "TERMINAL", exchange->terminal->id,
            "APPLICATION", id, NULL);
  return mado_reply_json (200, write_application (application, id));
}

MadoReply *
mado_box_key_show (const MadoExchange *exchange)
{
  g_autoptr (GBytes) public_key = NULL;
  const char *id = mado_centre_box_key (exchange->house->centre, &public_key);
  MadoBoxKey  key = { .id = (char *)id, .public_key = public_key };

  return mado_reply_json (200, mado_box_key_write (&key));
}
