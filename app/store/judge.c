#include "app/store/judge.h"

#include "app/base/json.h"
#include "app/base/random.h"
#include "app/domain/line.h"

#include <openssl/crypto.h>
#include <string.h>

typedef struct {
  MadoCentre    *centre;
  const char    *terminal;
  MadoGivenLine *line;
  MadoVerdict   *verdict;
} Judging;

/* Each check says FALSE when the verdict is found, or @error is set. */
static gboolean
refuse (Judging *judging, const char *reason)
{
  judging->verdict->answer = "refused";
  judging->verdict->reason = g_strdup (reason);
  return FALSE;
}

static gboolean
fits (Judging *judging)
{
  gsize octets = 0;

  if (judging->line->events->len > MADO_LINE_MAX_EVENTS)
    return refuse (judging, "too_large");
  for (guint i = 0; i < judging->line->events->len; i++) {
    const MadoGivenEvent *given = judging->line->events->pdata[i];
    gsize                 len = g_bytes_get_size (given->sealed);
    octets += len;
    if (len > MADO_SEALED_MAX || octets > MADO_LINE_MAX_OCTETS)
      return refuse (judging, "too_large");
  }
  return TRUE;
}

static MadoEvent *
rebuild_event (Judging *judging, const MadoGivenEvent *given, gint64 seq, const guint8 previous[32])
{
  MadoEvent *event = mado_event_new ();

  event->actor = g_strdup (given->actor);
  event->application = g_strdup (judging->line->application);
  event->holder = g_strdup (judging->terminal);
  event->type = g_strdup (given->type);
  event->seq = seq;
  event->time = given->time;
  memcpy (event->previous, previous, sizeof event->previous);
  mado_sealed_digest (given->sealed, event->body_digest);
  return event;
}

/* A header must be one that can be read again from the file. */
static gboolean
is_header (const MadoEvent *event)
{
  if (event->actor == NULL || event->type == NULL || !g_utf8_validate (event->actor, -1, NULL)
      || !g_utf8_validate (event->type, -1, NULL) || event->time < 0
      || event->time >= G_GINT64_CONSTANT (1) << 53)
    return FALSE;
  g_autofree char *header = mado_event_header (event);
  g_autoptr (MadoEvent) again = mado_event_parse_header (header, strlen (header), NULL);
  return again != NULL;
}

static gboolean
rebuild (Judging *judging)
{
  guint8 head[32] = { 0 };

  for (guint i = 0; i < judging->line->events->len; i++) {
    MadoEvent *event = rebuild_event (judging, judging->line->events->pdata[i], i + 1, head);
    g_ptr_array_add (judging->verdict->events, event);
    if (!is_header (event))
      return refuse (judging, "schema");
    mado_event_digest (event, head);
    g_byte_array_append (judging->verdict->digests, head, sizeof head);
  }
  /* Of an erased line only its head is left: the ledger answers. */
  if (judging->line->events->len > 0 && memcmp (head, judging->line->head, sizeof head) != 0)
    return refuse (judging, "digest");
  return TRUE;
}

static gboolean
is_alive (Judging *judging, GError **error)
{
  gboolean purged = FALSE;

  if (!mado_vault_is_purged (judging->centre->vault, judging->line->application, &purged, error))
    return FALSE;
  if (!purged)
    return judging->line->events->len > 0 || refuse (judging, "digest");
  judging->verdict->thrown = TRUE;
  return refuse (judging, "purged");
}

static GByteArray *
digests_here (Judging *judging, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GByteArray) digests = g_byte_array_new ();
  g_autoptr (MadoRows) rows = mado_rows_new (
      judging->centre->data, error, "SELECT digest FROM event WHERE application = ? ORDER BY seq",
      "u", judging->line->application);
  guint8 digest[32];

  if (rows == NULL)
    return NULL;
  while (mado_rows_next (rows, &cause)) {
    mado_rows_digest (rows, 0, digest);
    g_byte_array_append (digests, digest, sizeof digest);
  }
  if (cause != NULL) {
    g_propagate_error (error, g_steal_pointer (&cause));
    return NULL;
  }
  return g_steal_pointer (&digests);
}

static gboolean
is_new (Judging *judging, GError **error)
{
  g_autoptr (GByteArray) here = digests_here (judging, error);
  const GByteArray *offered = judging->verdict->digests;

  if (here == NULL)
    return FALSE;
  MadoLineGift gift
      = mado_line_compare (here->data, here->len / 32, offered->data, offered->len / 32);
  judging->verdict->answer = mado_line_gift_name (gift);
  return gift == MADO_LINE_STORED;
}

static gboolean
has_key (Judging *judging)
{
  const MadoGivenLine *line = judging->line;

  if (line->box_key != NULL && line->box_epk != NULL && line->boxed != NULL
      && mado_vault_unbox (judging->centre->vault, line->box_key, line->application, line->box_epk,
                           line->boxed, judging->verdict->key, NULL))
    return TRUE;
  return refuse (judging, "no_key");
}

/* Floats and integers beyond 2^53 can be sealed elsewhere; we could neither show nor copy them. */
static gboolean
is_canonical (JsonObject *body)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
  g_autofree char *text = mado_json_canonical (node, NULL);

  return text != NULL;
}

static gboolean
opens (Judging *judging)
{
  for (guint i = 0; i < judging->verdict->events->len; i++) {
    MadoEvent            *event = judging->verdict->events->pdata[i];
    const MadoGivenEvent *given = judging->line->events->pdata[i];
    event->body = mado_unseal_body (judging->verdict->key, event->application, event->seq,
                                    event->type, given->sealed, NULL);
    if (event->body == NULL || !is_canonical (event->body))
      return refuse (judging, "schema");
  }
  return TRUE;
}

static gboolean
refuse_fold (Judging *judging, MadoFoldFault fault)
{
  g_autofree char *reason = g_strconcat ("fold:", mado_fold_fault_name (fault), NULL);

  return refuse (judging, reason);
}

/* The centre speaks for itself: no terminal verifies, purges or reinstates in its name. */
static gboolean
is_spoken_there (Judging *judging)
{
  for (guint i = 0; i < judging->verdict->events->len; i++) {
    const MadoEvent *event = judging->verdict->events->pdata[i];
    if (g_str_equal (event->actor, "server"))
      return refuse_fold (judging, MADO_FOLD_ACTOR);
  }
  return TRUE;
}

static gboolean
folds (Judging *judging)
{
  MadoFoldFault fault = MADO_FOLD_NONE;

  judging->verdict->folded = mado_fold (judging->verdict->events, &fault, NULL);
  return judging->verdict->folded != NULL || refuse_fold (judging, fault);
}

/* An id that is none has no row of its own anywhere, so nothing of it is kept. */
static gboolean
is_named (Judging *judging)
{
  if (mado_uuid_is_valid (judging->line->application))
    return TRUE;
  judging->verdict->thrown = TRUE;
  return refuse (judging, "schema");
}

static gboolean
is_readable (Judging *judging)
{
  return judging->line->unreadable == NULL || refuse (judging, "schema");
}

MadoVerdict *
mado_judge (MadoCentre *centre, const char *terminal, MadoGivenLine *line, GError **error)
{
  g_autoptr (MadoVerdict) verdict = g_new0 (MadoVerdict, 1);
  g_autoptr (GError) cause = NULL;
  Judging judging = { centre, terminal, line, verdict };

  verdict->answer = "stored";
  verdict->events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_event_free);
  verdict->digests = g_byte_array_new ();
  G_GNUC_UNUSED gboolean right
      = is_named (&judging) && fits (&judging) && is_readable (&judging) && rebuild (&judging)
        && is_alive (&judging, &cause) && is_new (&judging, &cause) && has_key (&judging)
        && opens (&judging) && is_spoken_there (&judging) && folds (&judging);
  if (cause == NULL)
    return g_steal_pointer (&verdict);
  g_propagate_error (error, g_steal_pointer (&cause));
  return NULL;
}

void
mado_verdict_free (MadoVerdict *verdict)
{
  if (verdict == NULL)
    return;
  g_free (verdict->reason);
  g_ptr_array_unref (verdict->events);
  g_byte_array_unref (verdict->digests);
  OPENSSL_cleanse (verdict->key, sizeof verdict->key);
  g_clear_pointer (&verdict->folded, mado_application_free);
  g_free (verdict);
}
