#include "pcsc/scard.h"

#include "app/base/octets.h"

#include <string.h>

static const struct {
  LONG          status;
  MadoPcscError opening;
  MadoPcscError in_use;
} outcomes[] = {
  { SCARD_E_NO_SERVICE, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_SERVICE_STOPPED, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_W_SECURITY_VIOLATION, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_NO_READERS_AVAILABLE, MADO_PCSC_ERROR_NO_READER, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_UNKNOWN_READER, MADO_PCSC_ERROR_NO_READER, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_READER_UNAVAILABLE, MADO_PCSC_ERROR_NO_READER, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_NO_SMARTCARD, MADO_PCSC_ERROR_NO_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_W_REMOVED_CARD, MADO_PCSC_ERROR_NO_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_W_RESET_CARD, MADO_PCSC_ERROR_CARD_REMOVED, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_NOT_TRANSACTED, MADO_PCSC_ERROR_CARD_REMOVED, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_W_UNRESPONSIVE_CARD, MADO_PCSC_ERROR_WRONG_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_W_UNPOWERED_CARD, MADO_PCSC_ERROR_WRONG_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_W_UNSUPPORTED_CARD, MADO_PCSC_ERROR_WRONG_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_PROTO_MISMATCH, MADO_PCSC_ERROR_WRONG_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
  { SCARD_E_SHARING_VIOLATION, MADO_PCSC_ERROR_BUSY, MADO_PCSC_ERROR_BUSY },
  { SCARD_E_TIMEOUT, MADO_PCSC_ERROR_TIMEOUT, MADO_PCSC_ERROR_TIMEOUT },
  { SCARD_E_INSUFFICIENT_BUFFER, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_PROTOCOL },
};

static MadoPcscError
code_of (LONG status, MadoScardPhase phase)
{
  for (gsize i = 0; i < G_N_ELEMENTS (outcomes); i++)
    if (outcomes[i].status == status)
      return phase == MADO_SCARD_OPENING ? outcomes[i].opening : outcomes[i].in_use;
  /* The service has failed in some way of its own. */
  return phase == MADO_SCARD_OPENING ? MADO_PCSC_ERROR_NO_SERVICE : MADO_PCSC_ERROR_CARD_REMOVED;
}

gboolean
mado_scard_raise (GError **error, LONG status, MadoScardPhase phase, const char *doing)
{
  return mado_pcsc_raise (error, code_of (status, phase), "%s: %s", doing,
                          pcsc_stringify_error (status));
}

/* Readers with several slots name the ones for security modules "… SAM 01 00" or "… [… SAM Reader]
 * …"; a maker called Samsung is none. */
static gboolean
is_security_module (const char *name)
{
  return g_regex_match_simple ("\\bSAM\\b", name, 0, 0);
}

GStrv
mado_scard_usable (const char *names)
{
  g_autoptr (GStrvBuilder) usable = g_strv_builder_new ();

  for (const char *name = names; *name != '\0'; name += strlen (name) + 1)
    if (g_utf8_validate (name, -1, NULL) && !is_security_module (name))
      g_strv_builder_add (usable, name);
  return g_strv_builder_end (usable);
}

LONG
mado_scard_names (SCARDCONTEXT context, GStrv *ret_names)
{
  char *names = NULL;
  DWORD len = SCARD_AUTOALLOCATE;
  LONG  status = SCardListReaders (context, NULL, (LPSTR)&names, &len);

  if (status == SCARD_E_NO_READERS_AVAILABLE) {
    *ret_names = g_new0 (char *, 1);
    return SCARD_S_SUCCESS;
  }
  if (status == SCARD_S_SUCCESS) {
    *ret_names = mado_scard_usable (names);
    SCardFreeMemory (context, names);
  }
  return status;
}

MadoReader *
mado_scard_reader (const SCARD_READERSTATE *state)
{
  MadoReader *reader = g_new0 (MadoReader, 1);

  reader->name = g_strdup (state->szReader);
  reader->present = (state->dwEventState & SCARD_STATE_PRESENT) != 0;
  if (reader->present)
    reader->atr = mado_octets_to_hex (MADO_OCTETS (state->rgbAtr, state->cbAtr));
  return reader;
}
