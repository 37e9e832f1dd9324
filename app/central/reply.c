#include "app/central/reply.h"

#include "app/base/json.h"

#include <string.h>

MadoReply *
mado_reply_new (const char *content_type, GBytes *body)
{
  MadoReply *reply = g_new0 (MadoReply, 1);

  reply->status = 200;
  reply->content_type = content_type;
  reply->body = body;
  return reply;
}

MadoReply *
mado_reply_json (guint status, GBytes *text)
{
  MadoReply *reply = mado_reply_new ("application/json", text);

  reply->status = status;
  return reply;
}

MadoReply *
mado_reply_fault (guint status, const char *code, const char *message)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "message", message);
  char *text = mado_json_canonical_object (object);
  return mado_reply_json (status, g_bytes_new_take (text, strlen (text)));
}

void
mado_reply_free (MadoReply *reply)
{
  if (reply == NULL)
    return;
  g_bytes_unref (reply->body);
  g_free (reply);
}
