#include "app/central/application.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/base/log.h"
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

static MadoReply *
not_found (void)
{
  return mado_reply_fault (404, "not_found", "no such application");
}

/* A terminal knows the id of every line of the library; persons it sees only of its branch. */
static MadoReply *
check_scope (const MadoExchange *exchange)
{
  g_autoptr (GError) fault = NULL;
  gboolean is_ours;

  if (!mado_centre_is_of_branch (exchange->house->centre, exchange->argument,
                                 exchange->terminal->branch, &is_ours, &fault))
    return mado_exchange_fault (exchange, fault);
  return is_ours ? NULL : not_found ();
}

MadoReply *
mado_application_show (const MadoExchange *exchange)
{
  const char *id = exchange->argument;
  g_autoptr (GError) fault = NULL;
  MadoReply *refusal = check_scope (exchange);

  if (refusal != NULL)
    return refusal;
  g_autoptr (MadoApplication) application = mado_centre_read (exchange->house->centre, id, &fault);
  if (application == NULL)
    return mado_exchange_fault (exchange, fault);
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
