#include "app/sync/client.h"

#include "app/sync/answer.h"
#include "app/sync/boxkey.h"
#include "app/sync/checkpoint.h"
#include "app/sync/deflate.h"
#include "app/sync/error.h"
#include "app/sync/http.h"
#include "app/sync/request.h"
#include "certs/key.h"

#include <string.h>

/* Sealed octets taken from the outbox at most, unless one line alone has more: see
 * MADO_LINE_GIVE_OCTETS. Many short lines bring more names and keys along. */
#define OUTBOX_OCTETS (512 * 1024)

/* Heads one request shows: some sixty octets each when deflated. */
#define SEEN_PORTION 5000

struct _MadoSyncClient {
  char         *url, *terminal;
  MadoIdentity *identity;
  MadoClock    *clock; /* the caller's */
};

MadoSyncClient *
mado_sync_client_new (const MadoSyncClientOptions *options, GError **error)
{
  g_autoptr (MadoIdentity) identity = mado_identity_new (options->state_dir);
  g_autoptr (MadoHttp) http = mado_http_new (options->url, identity->server_ca, identity, error);

  if (http == NULL)
    return NULL;
  MadoSyncClient *client = g_new0 (MadoSyncClient, 1);
  client->url = g_strdup (options->url);
  client->terminal = g_strdup (options->terminal);
  client->identity = g_steal_pointer (&identity);
  client->clock = options->clock;
  return client;
}

void
mado_sync_client_free (MadoSyncClient *client)
{
  if (client == NULL)
    return;
  g_free (client->url);
  g_free (client->terminal);
  mado_identity_free (client->identity);
  g_free (client);
}

/* Read anew each time: an enrolment may have replaced it. */
static MadoKey *
load_key (MadoSyncClient *client, GError **error)
{
  g_autofree char *text = NULL;
  gsize            len;
  g_autoptr (GError) fault = NULL;

  if (!g_file_get_contents (client->identity->key, &text, &len, &fault)) {
    mado_sync_raise (error, MADO_SYNC_ERROR_NOT_ENROLLED, "terminal.key: %s", fault->message);
    return NULL;
  }
  g_autoptr (GBytes) pem = g_bytes_new (text, len);
  MadoKey *key = mado_key_from_pem (pem, &fault);
  explicit_bzero (text, len);
  if (key == NULL)
    mado_sync_raise (error, MADO_SYNC_ERROR_NOT_ENROLLED, "terminal.key: %s", fault->message);
  return key;
}

static gboolean
sign_checkpoint (MadoSyncClient *client, MadoStore *store, MadoSyncRequest *request, GError **error)
{
  MadoCheckpoint *checkpoint = &request->checkpoint;
  g_autoptr (GError) fault = NULL;

  if (!mado_store_checkpoint (store, &request->g, &checkpoint->n, checkpoint->digest, error))
    return FALSE;
  if (checkpoint->n == 0)
    return TRUE;
  g_autoptr (MadoKey) key = load_key (client, error);
  if (key == NULL)
    return FALSE;
  g_autofree char *text
      = mado_checkpoint_text (client->terminal, request->g, checkpoint->n, checkpoint->digest);
  checkpoint->signature = mado_key_sign (key, text, strlen (text), &fault);
  return checkpoint->signature != NULL
         || mado_sync_raise (error, MADO_SYNC_ERROR_NOT_ENROLLED, "terminal.key: %s",
                             fault->message);
}

static char *
boot_id (void)
{
  char *text = NULL;

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    return g_strdup ("unknown");
  return g_strstrip (text);
}

static gboolean
take_lines (MadoStore *store, MadoSyncRequest *request, GError **error)
{
  GPtrArray *lines = mado_store_outbox (store, MADO_SYNC_LINES_MAX, OUTBOX_OCTETS, error);

  if (lines == NULL)
    return FALSE;
  g_ptr_array_unref (request->lines);
  request->lines = lines;
  return TRUE;
}

static gboolean
take_seen (MadoStore *store, MadoSyncRequest *request, GError **error)
{
  GPtrArray *seen = mado_store_seen (store, error);

  if (seen == NULL)
    return FALSE;
  g_ptr_array_unref (request->seen);
  request->seen = seen;
  return TRUE;
}

static MadoSyncRequest *
compose (MadoSyncClient *client, MadoStore *store, GError **error)
{
  g_autoptr (MadoSyncRequest) request = mado_sync_request_new ();
  g_autoptr (MadoStorePlace) place = mado_store_place (store, error);

  if (place == NULL || !take_lines (store, request, error)
      || !sign_checkpoint (client, store, request, error)
      || (place->tell_seen && !take_seen (store, request, error)))
    return NULL;
  request->epoch = place->epoch;
  request->anchor_at = place->anchor_at;
  memcpy (request->anchor_digest, place->anchor_digest, MADO_SHA256_LEN);
  request->local_ms = mado_clock_now_ms (client->clock);
  request->monotonic_ms = g_get_monotonic_time () / 1000;
  g_free (request->boot);
  request->boot = boot_id ();
  return g_steal_pointer (&request);
}

static gboolean
post (MadoHttp *http, MadoSyncRequest *request, MadoHttpAnswer *ret_answer, GError **error)
{
  g_autoptr (GBytes) text = mado_sync_request_write (request);
  g_autoptr (GBytes) packed = mado_deflate (text);
  MadoHttpRequest message = {
    .path = "/v1/sync",
    .content_type = "application/json",
    .body = packed,
    .deflated = TRUE,
  };

  return mado_http_send (http, &message, ret_answer, error);
}

static MadoSyncRequest *
begin_ahead (const MadoSyncRequest *request)
{
  MadoSyncRequest *ahead = mado_sync_request_new ();

  ahead->epoch = request->epoch;
  ahead->g = request->g;
  ahead->anchor_at = request->anchor_at;
  memcpy (ahead->anchor_digest, request->anchor_digest, MADO_SHA256_LEN);
  ahead->local_ms = request->local_ms;
  ahead->monotonic_ms = request->monotonic_ms;
  g_free (ahead->boot);
  ahead->boot = g_strdup (request->boot);
  return ahead;
}

/* A year's heads are more than a request may hold: what is too much goes ahead in requests that
 * give nothing. Their answers count for nothing, so a cut leads back to the beginning. */
static gboolean
post_in_portions (MadoHttp        *http,
                  MadoSyncRequest *request,
                  MadoHttpAnswer  *ret_answer,
                  GError         **error)
{
  GPtrArray *rest = request->seen;

  while (rest->len > SEEN_PORTION) {
    g_autoptr (MadoSyncRequest) ahead = begin_ahead (request);
    for (guint i = 0; i < SEEN_PORTION; i++)
      g_ptr_array_add (ahead->seen, g_ptr_array_steal_index_fast (rest, rest->len - 1));
    if (!post (http, ahead, ret_answer, error))
      return FALSE;
    if (ret_answer->status != 200)
      return TRUE;
    mado_http_answer_clear (ret_answer);
  }
  return post (http, request, ret_answer, error);
}

static void
count_answers (const MadoSyncAnswer *answer, MadoSyncReport *report)
{
  for (guint i = 0; i < answer->answers->len; i++) {
    const MadoLineAnswer *one = answer->answers->pdata[i];
    report->given++;
    report->refused += g_str_equal (one->answer, "refused");
  }
}

static gboolean
apply (MadoStore *store, const MadoHttpAnswer *http, MadoSyncReport *report, GError **error)
{
  if (!mado_http_expect (http, "application/json", error))
    return FALSE;
  g_autoptr (MadoSyncAnswer) answer = mado_sync_answer_read (http->body, error);
  if (answer == NULL || !mado_store_apply (store, answer, error))
    return FALSE;
  count_answers (answer, report);
  return TRUE;
}

/* The first word of a centre to a new terminal is a 409 too: no news of a restore. */
static gboolean
take_conflict (MadoStore *store, gint64 epoch, GBytes *body, MadoSyncReport *report, GError **error)
{
  MadoSyncConflict conflict;

  if (!mado_sync_conflict_read (body, &conflict, error))
    return FALSE;
  report->new_epoch |= conflict.epoch > 0 && epoch > 0;
  report->new_g |= conflict.g > 0;
  return conflict.epoch > 0 ? mado_store_new_epoch (store, conflict.epoch, error)
                            : mado_store_new_generation (store, conflict.g, error);
}

/* @ret_again: a conflict was taken over, and the same must be asked once more. */
static gboolean
exchange (MadoSyncClient *client,
          MadoHttp       *http,
          MadoStore      *store,
          MadoSyncReport *report,
          gboolean       *ret_again,
          GError        **error)
{
  g_autoptr (MadoSyncRequest) request = compose (client, store, error);
  g_auto (MadoHttpAnswer) answer = { 0 };

  if (request == NULL || !post_in_portions (http, request, &answer, error))
    return FALSE;
  report->retry_after = answer.retry_after;
  *ret_again = answer.status == 409;
  if (*ret_again)
    return take_conflict (store, request->epoch, answer.body, report, error);
  return apply (store, &answer, report, error);
}

/* A terminal that lost the centre's box key (a fresh store) could not give anything. */
static gboolean
ensure_box_key (MadoHttp *http, MadoStore *store, GError **error)
{
  g_autoptr (MadoStorePlace) place = mado_store_place (store, error);
  g_auto (MadoBoxKey) key = { 0 };

  if (place == NULL)
    return FALSE;
  if (place->box_key != NULL)
    return TRUE;
  return mado_box_key_fetch (http, &key, error)
         && mado_store_set_box_key (store, key.id, key.public_key, error);
}

gboolean
mado_sync_run (MadoSyncClient *client, MadoStore *store, MadoSyncReport *ret_report, GError **error)
{
  gboolean again = TRUE;

  *ret_report = (MadoSyncReport){ .waiting = mado_store_waiting (store) };
  if (!mado_identity_is_enrolled (client->identity))
    return mado_sync_raise (error, MADO_SYNC_ERROR_NOT_ENROLLED, "this terminal is not enrolled");
  g_autoptr (MadoHttp) http
      = mado_http_new (client->url, client->identity->server_ca, client->identity, error);
  if (http == NULL || !ensure_box_key (http, store, error))
    return FALSE;
  /* A disk that was put back may meet a new epoch and a clash of places, one after the other. */
  for (guint i = 0; again && i < 3; i++)
    if (!exchange (client, http, store, ret_report, &again, error))
      return FALSE;
  ret_report->waiting = mado_store_waiting (store);
  if (again)
    return mado_sync_raise (error, MADO_SYNC_ERROR_PROTOCOL, "the centre answers 409 for ever");
  return TRUE;
}
