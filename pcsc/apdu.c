#include "pcsc/apdu.h"

#include "pcsc/error.h"

#include <string.h>

#define INS_VERIFY 0x20
#define INS_SIGN 0x2A
#define INS_SELECT 0xA4
#define INS_READ 0xB0
#define INS_GET_RESPONSE 0xC0

#define SW_WRONG_LE 0x6C /* SW2 is the right one */
#define SW_MORE 0x61     /* SW2 octets are waiting */
#define SW_NOT_FOUND 0x6A82
#define SW_COLD_START 0x6F00 /* what these cards may answer to the first command after power-up */

/* No answer of ours comes in more pieces; a card that announces more and more is not believed. */
#define PIECES_MAX 8

static gboolean
answers_with_data (const guint8 *command)
{
  return command[1] == INS_READ || command[1] == INS_SIGN || command[1] == INS_GET_RESPONSE;
}

static MadoTraceHide
what_to_hide (const MadoLink *link, const guint8 *command, gsize len)
{
  const MadoFile *file = link->guard.file;

  if (command[1] == INS_VERIFY && len > 4)
    return MADO_TRACE_HIDE_COMMAND | MADO_TRACE_HIDE_ANSWER;
  /* Data of a PIN file, at once or announced, can only be our PIN played back to us. */
  if (answers_with_data (command) && file != NULL && (file->personal || file->use == MADO_FILE_PIN))
    return MADO_TRACE_HIDE_ANSWER;
  return MADO_TRACE_SHOW_ALL;
}

static gboolean
split_answer (const guint8 *answer, gsize len, MadoReply *ret_reply, GError **error)
{
  if (len == 0)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_CARD_REMOVED, "the card answered nothing");
  if (len < 2 || len > MADO_TRANSPORT_ROOM)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "an answer of %" G_GSIZE_FORMAT " octets, expected 2 to %d", len,
                            MADO_TRANSPORT_ROOM);
  ret_reply->len = len - 2;
  memcpy (ret_reply->data, answer, len - 2);
  ret_reply->status = (guint16)(answer[len - 2] << 8 | answer[len - 1]);
  return TRUE;
}

/* One command over the wire and its answer back, whatever it is. */
static gboolean
exchange (MadoLink *link, const guint8 *command, gsize len, MadoReply *ret_reply, GError **error)
{
  guint8   answer[MADO_TRANSPORT_ROOM];
  gsize    answer_len = sizeof answer;
  gint64   before;
  gboolean sent;

  if (!mado_guard_allows (&link->guard, command, len, error))
    return FALSE;
  if (command[1] == INS_SELECT)
    link->tries_left = -1;
  before = g_get_monotonic_time ();
  sent = mado_transport_transmit (link->transport, command, len, answer, &answer_len, error);
  if (link->trace != NULL)
    mado_trace_add (link->trace, command, len, answer, sent ? answer_len : 0,
                    g_get_monotonic_time () - before, what_to_hide (link, command, len));
  if (!sent || !split_answer (answer, answer_len, ret_reply, error))
    return FALSE;
  mado_guard_learn (&link->guard, command, len, ret_reply->status);
  return TRUE;
}

/* The same once more when the card names another length to ask for. The data of such a command is
 * no secret, so it may be copied. */
static gboolean
exchange_exact (
    MadoLink *link, const guint8 *command, gsize len, MadoReply *ret_reply, GError **error)
{
  guint8 again[MADO_TRANSPORT_ROOM];

  if (!exchange (link, command, len, ret_reply, error))
    return FALSE;
  if (ret_reply->status >> 8 != SW_WRONG_LE || !answers_with_data (command))
    return TRUE;
  memcpy (again, command, len);
  again[len - 1] = (guint8)ret_reply->status;
  return exchange (link, again, len, ret_reply, error);
}

static gboolean
append (MadoReply *reply, const MadoReply *piece, GError **error)
{
  if (piece->len > sizeof reply->data - reply->len)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "an answer in pieces of more than %" G_GSIZE_FORMAT " octets",
                            sizeof reply->data);
  memcpy (reply->data + reply->len, piece->data, piece->len);
  reply->len += piece->len;
  reply->status = piece->status;
  return TRUE;
}

static gboolean
collect (MadoLink *link, MadoReply *reply, GError **error)
{
  for (int pieces = 1; reply->status >> 8 == SW_MORE; pieces++) {
    const guint8 command[] = { 0x00, INS_GET_RESPONSE, 0x00, 0x00, (guint8)reply->status };
    MadoReply    piece;

    if (pieces == PIECES_MAX)
      return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL, "an answer in more than %d pieces",
                              PIECES_MAX);
    if (!exchange_exact (link, command, sizeof command, &piece, error)
        || !append (reply, &piece, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
mado_apdu_send (
    MadoLink *link, const guint8 *command, gsize len, MadoReply *ret_reply, GError **error)
{
  gboolean first = !link->awake;

  if (!exchange_exact (link, command, len, ret_reply, error))
    return FALSE;
  link->awake = TRUE;
  if (first && ret_reply->status == SW_COLD_START
      && !exchange_exact (link, command, len, ret_reply, error))
    return FALSE;
  return collect (link, ret_reply, error);
}

/* ISO/IEC 7816-4 §5.6: 67xx to 6Exx, the card did not take the command at all. Cards of others say
 * this in many ways when an application is not theirs. */
static gboolean
is_refusal (guint16 status)
{
  return status >> 8 >= 0x67 && status >> 8 <= 0x6E && status >> 8 != SW_WRONG_LE;
}

gboolean
mado_apdu_select_ap (MadoLink *link, MadoAp ap, gboolean *ret_found, GError **error)
{
  guint8     command[15] = { 0x00, INS_SELECT, 0x04, 0x0C };
  MadoOctets aid = mado_ap_aid (ap);
  MadoReply  reply;

  *ret_found = link->guard.ap == ap;
  if (*ret_found)
    return TRUE;
  command[4] = (guint8)aid.len;
  memcpy (command + 5, aid.data, aid.len);
  if (!mado_apdu_send (link, command, sizeof command, &reply, error))
    return FALSE;
  *ret_found = reply.status == MADO_SW_OK;
  return *ret_found || is_refusal (reply.status)
         || mado_apdu_raise (error, reply.status, "SELECT of an application");
}

static gboolean
select_file (MadoLink *link, const MadoFile *file, gboolean *ret_found, GError **error)
{
  const guint8 command[]
      = { 0x00, INS_SELECT, 0x02, 0x0C, 2, (guint8)(file->id >> 8), (guint8)file->id };
  MadoReply reply;

  if (!mado_apdu_send (link, command, sizeof command, &reply, error))
    return FALSE;
  *ret_found = reply.status == MADO_SW_OK;
  return *ret_found || reply.status == SW_NOT_FOUND
         || mado_apdu_raise (error, reply.status, "SELECT of a file");
}

gboolean
mado_apdu_select (MadoLink *link, const MadoFile *file, gboolean *ret_found, GError **error)
{
  gboolean has_ap;

  *ret_found = link->guard.file == file;
  if (*ret_found)
    return TRUE;
  if (!mado_apdu_select_ap (link, file->ap, &has_ap, error))
    return FALSE;
  if (!has_ap)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_WRONG_CARD, "a card without the application");
  return select_file (link, file, ret_found, error);
}

gboolean
mado_apdu_read (MadoLink *link, gsize offset, gsize want, MadoReply *ret_reply, GError **error)
{
  /* 256 octets are written as Le 00. */
  const guint8 command[] = { 0x00, INS_READ, (guint8)(offset >> 8), (guint8)offset, (guint8)want };

  g_return_val_if_fail (want >= 1 && want <= sizeof ret_reply->data, FALSE);
  if (!mado_apdu_send (link, command, sizeof command, ret_reply, error))
    return FALSE;
  if (ret_reply->len > want)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "%" G_GSIZE_FORMAT " octets read, asked for %" G_GSIZE_FORMAT,
                            ret_reply->len, want);
  return TRUE;
}

static const struct {
  guint16     status;
  const char *meaning;
} meanings[] = {
  { 0x6300, "refused, without a counter" },
  { 0x6700, "wrong length" },
  { 0x6981, "command does not fit the file" },
  { 0x6982, "PIN not verified" },
  { 0x6985, "conditions of use not satisfied" },
  { 0x6986, "no current file" },
  { 0x6A80, "wrong data" },
  { 0x6A82, "not found" },
  { 0x6A86, "wrong parameters" },
  { 0x6B00, "offset beyond the file" },
  { 0x6D00, "instruction not known" },
  { 0x6E00, "class not known" },
  { 0x6F00, "no diagnosis" },
};

static const char *
meaning_of (guint16 status)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meanings); i++)
    if (meanings[i].status == status)
      return meanings[i].meaning;
  return "no status word of such a card";
}

gboolean
mado_apdu_raise (GError **error, guint16 status, const char *doing)
{
  return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL, "%s: %s (%04X)", doing,
                          meaning_of (status), status);
}
