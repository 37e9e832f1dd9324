#include "app/central/syncface.h"

#include "app/base/log.h"
#include "app/store/error.h"
#include "app/sync/answer.h"
#include "app/sync/checkpoint.h"
#include "app/sync/deflate.h"
#include "app/sync/error.h"
#include "app/sync/request.h"

#include <string.h>

static GBytes *
plain_body (const MadoExchange *exchange, GError **error)
{
  if (exchange->content_encoding == NULL)
    return g_bytes_ref (exchange->body);
  if (g_ascii_strcasecmp (exchange->content_encoding, "deflate") == 0)
    return mado_inflate (exchange->body, MADO_SYNC_INFLATED_MAX, error);
  mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "a content coding other than deflate");
  return NULL;
}

static gboolean
is_own_word (const MadoExchange *exchange, const MadoSyncRequest *request)
{
  const MadoCheckpoint *checkpoint = &request->checkpoint;

  if (checkpoint->signature == NULL)
    return TRUE;
  g_autofree char *text = mado_checkpoint_text (exchange->terminal->id, request->g, checkpoint->n,
                                                checkpoint->digest);
  return mado_cert_signed (exchange->cert, text, strlen (text), checkpoint->signature);
}

static gboolean
keep_checkpoint (const MadoExchange *exchange, const MadoSyncRequest *request, GError **error)
{
  const MadoCheckpoint *checkpoint = &request->checkpoint;

  return checkpoint->signature == NULL
         || mado_centre_keep_checkpoint (exchange->house->centre, exchange->terminal->id,
                                         request->g, checkpoint->n, checkpoint->digest,
                                         checkpoint->signature, request->anchor_at, error);
}

/* Anchor first: nothing is stored for a terminal that has seen another life of this centre. */
static gboolean
work (const MadoExchange    *exchange,
      const MadoSyncRequest *request,
      MadoSyncAnswer        *answer,
      MadoSyncConflict      *conflict,
      GError               **error)
{
  MadoCentre *centre = exchange->house->centre;
  const char *terminal = exchange->terminal->id;
  GPtrArray  *answers = NULL;

  if (!mado_centre_check_anchor (centre, request->epoch, request->anchor_at, request->anchor_digest,
                                 &conflict->epoch, error)
      || (request->seen->len > 0 && !mado_centre_note_seen (centre, terminal, request->seen, error))
      || !mado_centre_receive (centre, terminal, request->g, request->lines, &answers, &conflict->g,
                               error))
    return FALSE;
  g_ptr_array_unref (answer->answers);
  answer->answers = answers;
  return keep_checkpoint (exchange, request, error)
         && mado_centre_changes (centre, request->anchor_at, request->anchor_digest, answer, error);
}

static MadoReply *
refuse (const MadoExchange *exchange, const MadoSyncConflict *conflict, const GError *fault)
{
  MadoSyncConflict told = { 0 };

  if (g_error_matches (fault, MADO_STORE_ERROR, MADO_STORE_ERROR_JOURNAL))
    told.g = conflict->g;
  else if (!g_error_matches (fault, MADO_STORE_ERROR, MADO_STORE_ERROR_EPOCH)
           || !mado_centre_epoch (exchange->house->centre, &told.epoch, NULL))
    return mado_exchange_fault (exchange, fault);
  mado_log (G_LOG_LEVEL_WARNING, told.g > 0 ? "a terminal lives twice" : "sync under a new epoch",
            "TERMINAL", exchange->terminal->id, NULL);
  return mado_reply_json (409, mado_sync_conflict_write (&told));
}

static void
count_answers (const MadoExchange *exchange, const MadoSyncAnswer *answer)
{
  static const struct {
    const char *word;
    MadoCounter counter;
  } words[] = {
    { "stored", MADO_COUNTER_LINES_STORED },
    { "already", MADO_COUNTER_LINES_ALREADY },
    { "fork", MADO_COUNTER_LINES_FORK },
    { "refused", MADO_COUNTER_LINES_REFUSED },
  };

  for (guint i = 0; i < answer->answers->len; i++) {
    const MadoLineAnswer *line = answer->answers->pdata[i];
    for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
      if (g_str_equal (words[w].word, line->answer))
        mado_counters_add (&exchange->house->counters, words[w].counter);
    if (g_str_equal (line->answer, "refused") || g_str_equal (line->answer, "fork"))
      mado_log (G_LOG_LEVEL_WARNING, "a line was put aside", "TERMINAL", exchange->terminal->id,
                "APPLICATION", line->application, "REASON",
                line->reason != NULL ? line->reason : line->answer, NULL);
  }
}

MadoReply *
mado_sync_face (const MadoExchange *exchange)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_new ();
  MadoSyncConflict conflict = { 0 };
  g_autoptr (GBytes) text = plain_body (exchange, &fault);
  g_autoptr (MadoSyncRequest) request = text ? mado_sync_request_read (text, &fault) : NULL;

  if (request == NULL)
    return mado_reply_fault (400, "malformed", fault->message);
  if (!is_own_word (exchange, request))
    return mado_reply_fault (400, "checkpoint", "the checkpoint is not signed by this terminal");
  if (!work (exchange, request, answer, &conflict, &fault))
    return refuse (exchange, &conflict, fault);
  count_answers (exchange, answer);
  return mado_reply_json (200, mado_sync_answer_write (answer));
}
