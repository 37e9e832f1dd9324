#include "app/agent/card-desk.h"

#include "pcsc/error.h"

struct _MadoCardDesk {
  MadoTrace *trace;
  MadoCard  *card; /* NULL: nothing lies here */
};

MadoCardDesk *
mado_card_desk_new (MadoTrace *trace)
{
  MadoCardDesk *desk = g_new0 (MadoCardDesk, 1);

  desk->trace = trace;
  return desk;
}

void
mado_card_desk_free (MadoCardDesk *desk)
{
  if (desk == NULL)
    return;
  mado_card_desk_let_go (desk);
  g_free (desk);
}

void
mado_card_desk_let_go (MadoCardDesk *desk)
{
  mado_card_free (g_steal_pointer (&desk->card));
}

/* A child's card lacks the signing certificate: found before anybody types a password. */
static gboolean
greet (MadoCard *card, MadoJpkiKey key, MadoCardGreeting *ret_greeting, GError **error)
{
  gboolean has = FALSE;

  if (!mado_jpki_has_cert (card, key, &has, error))
    return FALSE;
  if (!has)
    return mado_pcsc_raise (error, MADO_PCSC_ERROR_NO_CERTIFICATE,
                            "the card has no such certificate (JPKI EF 0008)");
  if (!mado_jpki_tries (card, key, &ret_greeting->tries_left, error))
    return FALSE;
  ret_greeting->tries_max = mado_jpki_tries_max (key);
  return TRUE;
}

gboolean
mado_card_desk_open (MadoCardDesk     *desk,
                     const char       *reader,
                     MadoJpkiKey       key,
                     MadoCardGreeting *ret_greeting,
                     GError          **error)
{
  mado_card_desk_let_go (desk);
  desk->card = mado_reader_open_card (reader, desk->trace, &ret_greeting->kind, error);
  if (desk->card == NULL)
    return FALSE;
  if (greet (desk->card, key, ret_greeting, error))
    return TRUE;
  mado_card_desk_let_go (desk);
  return FALSE;
}

MadoCard *
mado_card_desk_card (MadoCardDesk *desk, GError **error)
{
  if (desk->card == NULL)
    mado_pcsc_raise (error, MADO_PCSC_ERROR_CARD_REMOVED, "no card lies at the desk");
  return desk->card;
}
