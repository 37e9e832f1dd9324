#include "app/store/centre-inner.h"

#include "app/base/json.h"

#include <openssl/crypto.h>
#include <string.h>

static MadoEvent *
next_event (MadoCentre *centre, const MadoApplication *now, const char *type, JsonObject *body)
{
  MadoEvent *event = mado_event_new ();

  event->actor = g_strdup ("server");
  event->application = g_strdup (now->id);
  event->holder = g_strdup ("S");
  event->type = g_strdup (type);
  event->seq = now->seq + 1;
  event->time = mado_clock_now_ms (centre->clock);
  event->body = json_object_ref (body);
  memcpy (event->previous, now->head, sizeof event->previous);
  return event;
}

/* A tombstone is for everybody to read, and its key is gone. */
static GBytes *
octets_of (MadoCentre *centre, const MadoEvent *event, GError **error)
{
  guint8 key[MADO_KEY_LEN];

  if (g_str_equal (event->type, "purged")) {
    char *text = mado_json_canonical_object (event->body);
    return g_bytes_new_take (text, strlen (text));
  }
  if (!mado_vault_key (centre->vault, event->application, key, error))
    return NULL;
  GBytes *sealed
      = mado_seal_body (key, event->application, event->seq, event->type, event->body, error);
  OPENSSL_cleanse (key, sizeof key);
  return sealed;
}

gboolean
mado_centre_append (
    MadoCentre *centre, MadoApplication *now, const char *type, JsonObject *body, GError **error)
{
  g_autoptr (MadoEvent) event = next_event (centre, now, type, body);
  g_autoptr (GBytes) sealed = octets_of (centre, event, error);
  gint64 n = 0;

  if (sealed == NULL)
    return FALSE;
  mado_sealed_digest (sealed, event->body_digest);
  return mado_events_step (now, event, error)
         && mado_events_append (centre->data, event, sealed, NULL, now->head, error)
         && mado_centre_line_write (centre, now, NULL, 0, error)
         && mado_centre_place_append (centre, now->id, now->head, &n, error);
}

gboolean
mado_centre_flag (
    MadoCentre *centre, const char *application, const char *flag, const char *ref, GError **error)
{
  g_autoptr (MadoCentreLine) line = NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  g_autofree char *written = g_strdup_printf ("%s %s", flag, ref);

  if (!mado_centre_line_load (centre, application, &line, error))
    return FALSE;
  g_autoptr (MadoApplication) now
      = line != NULL ? mado_centre_line_fold (centre, line, NULL) : NULL;
  if (now == NULL || mado_application_has_flag (now, written))
    return TRUE;
  json_object_set_string_member (body, "flag", flag);
  json_object_set_string_member (body, "ref", ref);
  return mado_centre_append (centre, now, "flagged", body, error);
}
