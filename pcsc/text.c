#include "pcsc/text.h"

#include "pcsc/basicfour.h"
#include "pcsc/error.h"
#include "pcsc/verify.h"
#include "pcsc/wholefile.h"

gboolean
mado_text_tries (MadoCard *card, int *ret_left, GError **error)
{
  return mado_verify_tries (mado_card_link (card), &MADO_FILE_TEXT_PIN, ret_left, error);
}

gboolean
mado_text_verify_pin (
    MadoCard *card, MadoSecret *pin, gboolean spend_last_try, int *reterr_tries, GError **error)
{
  return mado_verify_pin (mado_card_link (card), &MADO_FILE_TEXT_PIN, pin, spend_last_try,
                          reterr_tries, error);
}

MadoPerson *
mado_text_read_basic_four (MadoCard *card, GError **error)
{
  g_autoptr (GBytes) file = NULL;
  gboolean found;

  if (!mado_apdu_select (mado_card_link (card), &MADO_FILE_BASIC_FOUR, &found, error))
    return NULL;
  if (!found) {
    mado_pcsc_raise (error, MADO_PCSC_ERROR_WRONG_CARD, "a card without the basic four");
    return NULL;
  }
  file = mado_wholefile_read (mado_card_link (card), MADO_BASIC_FOUR_TAG, MADO_BASIC_FOUR_MAX,
                              error);
  return file == NULL ? NULL : mado_basicfour_parse (mado_octets_of (file), error);
}
