#include "ui/drawn.h"

#include "app/base/json.h"

static void
copy_member (JsonObject *from G_GNUC_UNUSED, const char *name, JsonNode *value, gpointer to)
{
  if (!g_str_equal (name, "reader"))
    json_object_set_member (to, name, json_node_copy (value));
}

/* The document but for the reader's light, which is no step of the sitting. */
static char *
sitting_text (JsonObject *state)
{
  g_autoptr (JsonObject) sitting = json_object_new ();

  json_object_foreach_member (state, copy_member, sitting);
  return mado_json_canonical_object (sitting);
}

/* Whether @place holds the digest of @text already; it does from here on. */
static gboolean
is_known (char **place, const char *text)
{
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  gboolean         same = g_strcmp0 (digest, *place) == 0;

  g_free (*place);
  *place = g_steal_pointer (&digest);
  return same;
}

static char *
surround_text (const MadoMoment *moment)
{
  g_autofree char *status
      = moment->status != NULL ? mado_json_canonical_object (moment->status) : NULL;
  g_autofree char *list
      = moment->applications != NULL ? mado_json_canonical_object (moment->applications) : NULL;

  return g_strdup_printf ("%s\n%s", status != NULL ? status : "", list != NULL ? list : "");
}

gboolean
mado_drawn_is (MadoDrawn *drawn, const MadoMoment *moment, gboolean with_surround)
{
  g_autofree char *sitting = moment->state != NULL ? sitting_text (moment->state) : g_strdup ("");
  g_autofree char *surround = surround_text (moment);
  gboolean         same_sitting = is_known (&drawn->sitting, sitting);
  gboolean         same_surround = is_known (&drawn->surround, surround);

  return same_sitting && (same_surround || !with_surround);
}

void
mado_drawn_clear (MadoDrawn *drawn)
{
  g_clear_pointer (&drawn->sitting, g_free);
  g_clear_pointer (&drawn->surround, g_free);
}
