#include "app/domain/event.h"

#include "app/base/base64url.h"
#include "app/base/json.h"
#include "app/base/random.h"
#include "app/domain/error.h"

#include <string.h>

#define DIGEST_LABEL "madoguchi/event/1\n"
#define LONGEST_TEXT 64

static const char *const members[]
    = { "actor", "application", "body", "holder", "previous", "seq", "time", "type", "v" };

MadoEvent *
mado_event_new (void)
{
  return g_new0 (MadoEvent, 1);
}

MadoEvent *
mado_event_copy (const MadoEvent *event)
{
  MadoEvent *copy = g_memdup2 (event, sizeof *event);

  copy->actor = g_strdup (event->actor);
  copy->application = g_strdup (event->application);
  copy->holder = g_strdup (event->holder);
  copy->type = g_strdup (event->type);
  copy->body = event->body != NULL ? json_object_ref (event->body) : NULL;
  return copy;
}

void
mado_event_free (MadoEvent *event)
{
  if (event == NULL)
    return;
  g_free (event->actor);
  g_free (event->application);
  g_free (event->holder);
  g_free (event->type);
  g_clear_pointer (&event->body, json_object_unref);
  g_free (event);
}

static void
set_digest (JsonObject *object, const char *member, const guint8 digest[MADO_SHA256_LEN])
{
  g_autofree char *text = mado_base64url (digest, MADO_SHA256_LEN);

  json_object_set_string_member (object, member, text);
}

char *
mado_event_header (const MadoEvent *event)
{
  g_autoptr (JsonObject) header = json_object_new ();

  mado_json_set_string (header, "actor", event->actor);
  mado_json_set_string (header, "application", event->application);
  set_digest (header, "body", event->body_digest);
  mado_json_set_string (header, "holder", event->holder);
  set_digest (header, "previous", event->previous);
  json_object_set_int_member (header, "seq", event->seq);
  json_object_set_int_member (header, "time", event->time);
  mado_json_set_string (header, "type", event->type);
  json_object_set_int_member (header, "v", 1);
  return mado_json_canonical_object (header);
}

void
mado_event_digest (const MadoEvent *event, guint8 ret_digest[MADO_SHA256_LEN])
{
  g_autofree char *header = mado_event_header (event);

  mado_sha256_of (ret_digest, DIGEST_LABEL, strlen (DIGEST_LABEL), header, strlen (header), NULL);
}

static gboolean
has_exact_members (JsonObject *header)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (!json_object_has_member (header, members[i]))
      return FALSE;
  return json_object_get_size (header) == G_N_ELEMENTS (members);
}

static gboolean
take_text (JsonObject *header, const char *member, char **ret_text)
{
  const char *text = mado_json_string (header, member);

  if (text == NULL || *text == '\0' || strlen (text) > LONGEST_TEXT)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return FALSE;
  *ret_text = g_strdup (text);
  return TRUE;
}

static gboolean
take_digest (JsonObject *header, const char *member, guint8 ret_digest[MADO_SHA256_LEN])
{
  const char *text = mado_json_string (header, member);
  g_autoptr (GBytes) octets = text != NULL ? mado_base64url_decode (text) : NULL;

  if (octets == NULL || g_bytes_get_size (octets) != MADO_SHA256_LEN)
    return FALSE;
  memcpy (ret_digest, g_bytes_get_data (octets, NULL), MADO_SHA256_LEN);
  return TRUE;
}

static gboolean
take_integer (JsonObject *header, const char *member, gint64 least, gint64 *ret_value)
{
  gint64 value;

  if (!mado_json_integer (header, member, &value) || value < least
      || value >= G_GINT64_CONSTANT (1) << 53)
    return FALSE;
  *ret_value = value;
  return TRUE;
}

static gboolean
take_members (JsonObject *header, MadoEvent *event)
{
  gint64 version;

  return take_text (header, "actor", &event->actor)
         && take_text (header, "application", &event->application)
         && mado_uuid_is_valid (event->application)
         && take_digest (header, "body", event->body_digest)
         && take_text (header, "holder", &event->holder)
         && take_digest (header, "previous", event->previous)
         && take_integer (header, "seq", 1, &event->seq)
         && take_integer (header, "time", 0, &event->time)
         && take_text (header, "type", &event->type) && take_integer (header, "v", 1, &version)
         && version == 1;
}

MadoEvent *
mado_event_from_json (JsonObject *header, GError **error)
{
  g_autoptr (MadoEvent) event = mado_event_new ();

  if (!has_exact_members (header)) {
    mado_domain_raise (error, MADO_DOMAIN_ERROR_HEADER,
                       "an event header has exactly nine members, this one has others");
    return NULL;
  }
  if (!take_members (header, event)) {
    mado_domain_raise (error, MADO_DOMAIN_ERROR_HEADER,
                       "a member of an event header is not of its form");
    return NULL;
  }
  return g_steal_pointer (&event);
}

MadoEvent *
mado_event_parse_header (const char *text, gsize len, GError **error)
{
  g_autoptr (JsonObject) header = mado_json_parse_object (text, len, NULL);
  g_autoptr (MadoEvent) event = NULL;

  if (header == NULL) {
    mado_domain_raise (error, MADO_DOMAIN_ERROR_HEADER, "an event header is one JSON object");
    return NULL;
  }
  event = mado_event_from_json (header, error);
  if (event == NULL)
    return NULL;
  g_autofree char *canonical = mado_event_header (event);
  if (strlen (canonical) != len || memcmp (canonical, text, len) != 0) {
    mado_domain_raise (error, MADO_DOMAIN_ERROR_HEADER,
                       "an event header is kept in its canonical form (RFC 8785)");
    return NULL;
  }
  return g_steal_pointer (&event);
}
