#include "pcsc/card.h"

#include "pcsc/error.h"

#include <string.h>

#define LABEL_LEN 32 /* of CK_TOKEN_INFO (PKCS #11), padded with blanks */

struct _MadoCard {
  MadoLink link;
};

MadoCard *
mado_card_new (MadoTransport *transport, MadoTrace *trace)
{
  MadoCard *card = g_new0 (MadoCard, 1);

  card->link.transport = transport;
  card->link.trace = trace;
  card->link.tries_left = -1;
  return card;
}

void
mado_card_free (MadoCard *card)
{
  if (card == NULL)
    return;
  mado_transport_close (card->link.transport);
  g_free (card);
}

MadoLink *
mado_card_link (MadoCard *card)
{
  return &card->link;
}

static const struct {
  MadoCardKind kind;
  const char  *label;
} labels[] = {
  { MADO_CARD_MY_NUMBER, "JPKIAPICCTOKEN2" },
  { MADO_CARD_JUKI, "JPKIAPICCTOKEN" },
  { MADO_CARD_ANDROID, "JPKIAPGPSETOKEN" },
  { MADO_CARD_IPHONE, "JPKIAPIOSTOKEN" },
};

/* One label is the beginning of another, so it must be whole: nothing but padding may follow. */
static MadoCardKind
kind_by_label (const guint8 octets[LABEL_LEN])
{
  gsize len = LABEL_LEN;

  while (len > 0 && (octets[len - 1] == ' ' || octets[len - 1] == '\0'))
    len--;
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (strlen (labels[i].label) == len && memcmp (labels[i].label, octets, len) == 0)
      return labels[i].kind;
  return MADO_CARD_UNKNOWN;
}

static gboolean
read_label (MadoLink *link, MadoCardKind *ret_kind, GError **error)
{
  MadoReply reply;

  if (!mado_apdu_read (link, 0, LABEL_LEN, &reply, error))
    return FALSE;
  if (reply.status != MADO_SW_OK)
    return mado_apdu_raise (error, reply.status, "READ BINARY of the token label");
  if (reply.len != LABEL_LEN)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL,
                            "%" G_GSIZE_FORMAT " octets of token label, expected %d", reply.len,
                            LABEL_LEN);
  *ret_kind = kind_by_label (reply.data);
  return TRUE;
}

gboolean
mado_card_recognise (MadoCard *card, MadoCardKind *ret_kind, GError **error)
{
  gboolean found;

  if (!mado_apdu_select_ap (&card->link, MADO_AP_JPKI, &found, error)
      || (found && !mado_apdu_select (&card->link, &MADO_FILE_TOKEN_INFO, &found, error)))
    return FALSE;
  if (found)
    return read_label (&card->link, ret_kind, error);
  *ret_kind = MADO_CARD_UNKNOWN;
  return TRUE;
}

const char *
mado_card_kind_name (MadoCardKind kind)
{
  switch (kind) {
  case MADO_CARD_MY_NUMBER:
    return "my-number-card";
  case MADO_CARD_JUKI:
    return "juki-card";
  case MADO_CARD_ANDROID:
    return "android-phone";
  case MADO_CARD_IPHONE:
    return "iphone";
  case MADO_CARD_UNKNOWN:
  default:
    return "unknown";
  }
}
