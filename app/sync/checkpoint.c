#include "app/sync/checkpoint.h"

#include "app/base/base64url.h"
#include "app/base/json.h"

char *
mado_checkpoint_text (const char  *terminal,
                      gint64       g,
                      gint64       n,
                      const guint8 digest[MADO_SHA256_LEN])
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = mado_base64url (digest, MADO_SHA256_LEN);

  json_object_set_string_member (object, "digest", text);
  json_object_set_int_member (object, "g", g);
  json_object_set_int_member (object, "n", n);
  json_object_set_string_member (object, "purpose", "madoguchi-checkpoint");
  json_object_set_string_member (object, "terminal", terminal);
  return mado_json_canonical_object (object);
}
