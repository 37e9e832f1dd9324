/* A hostile caller and a hostile card against the guard: whatever is sent, and whatever the card
 * answers, no file is read, shown a PIN or used as a key but the ones on the list.
 *
 * Input: pieces of one octet of length, that many octets of command, two of status word. */
#include "pcsc/guard.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* A card that selects anything, as its own short reading of the standard has it. */
typedef struct {
  guint8   aid[16];
  gsize    aid_len;
  guint    file;
  gboolean has_file;
} Card;

static void
check_selection (const Card *card)
{
  MadoAp ap = mado_ap_by_aid (MADO_OCTETS (card->aid, card->aid_len));

  g_assert_true (card->has_file);
  g_assert_nonnull (mado_file_by_id (ap, (guint16)card->file));
  g_assert_false (ap == MADO_AP_TEXT && card->file != 0x0011 && card->file != 0x0002);
}

/* What a card does with a command that has reached it; a status of 6xxx that is not 61xx changes
 * nothing there. */
static void
obey (Card *card, const guint8 *command, gsize len, guint16 status)
{
  gboolean done = status == 0x9000 || status >> 8 == 0x61;

  g_assert_cmpuint (len, >=, 4);
  switch (command[1]) {
  case 0xA4:
    g_assert_cmpuint (len, >, 5);
    if (done && command[2] == 0x04) {
      card->aid_len = MIN (command[4], sizeof card->aid);
      memcpy (card->aid, command + 5, card->aid_len);
      card->has_file = FALSE;
    } else if (done) {
      card->file = (guint)(command[5] << 8 | command[6]);
      card->has_file = TRUE;
    }
    break;
  case 0x20:
  case 0x2A:
    check_selection (card);
    break;
  case 0xB0:
    g_assert_cmphex (command[2] & 0x80, ==, 0);
    check_selection (card);
    break;
  case 0xC0:
    break;
  default:
    g_assert_not_reached ();
  }
}

static gboolean
take_piece (MadoOctets *input, MadoOctets *ret_command, guint16 *ret_status)
{
  guint8 len;

  return mado_octets_take_u8 (input, &len, NULL) && mado_octets_take (input, len, ret_command, NULL)
         && mado_octets_take_u16 (input, ret_status, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  MadoOctets input = MADO_OCTETS (data, size);
  MadoGuard  guard = { 0 };
  Card       card = { 0 };
  MadoOctets command;
  guint16    status;

  while (take_piece (&input, &command, &status)) {
    /* In a buffer of its own, so that a look past its end is seen. */
    g_autofree guint8 *octets = g_memdup2 (command.data, command.len);

    if (!mado_guard_allows (&guard, octets, command.len, NULL))
      continue;
    obey (&card, octets, command.len, status);
    mado_guard_learn (&guard, octets, command.len, status);
  }
  return 0;
}
