#include "tests/card/model.h"
#include "tests/card/applications.h"
#include "tests/card/commands.h"
#include "tests/card/state.h"
#include "tests/card/status.h"

MadoSimCard *
mado_sim_card_load (const char *profile_path, const char *pki_dir, GError **error)
{
  g_autoptr (MadoSimProfile) profile = mado_sim_profile_load (profile_path, error);
  GPtrArray   *applications;
  MadoSimCard *card;

  if (profile == NULL)
    return NULL;
  applications = mado_sim_applications_new (profile, pki_dir, error);
  if (applications == NULL)
    return NULL;
  card = g_new0 (MadoSimCard, 1);
  card->fails_next = profile->first_command_fails;
  card->profile = g_steal_pointer (&profile);
  card->applications = applications;
  return card;
}

void
mado_sim_card_free (MadoSimCard *card)
{
  g_ptr_array_unref (card->applications);
  mado_sim_profile_free (card->profile);
  g_free (card->tripped);
  g_free (card);
}

void
mado_sim_card_power (MadoSimCard *card, MadoSimPower power)
{
  card->application = NULL;
  card->file = NULL;
  if (power == MADO_SIM_POWER_OFF || (power == MADO_SIM_RESET && card->profile->reset_clears_login))
    mado_sim_forget_logins (card->applications);
}

GBytes *
mado_sim_card_atr (const MadoSimCard *card)
{
  return card->profile->atr;
}

guint
mado_sim_card_delay_ms (const MadoSimCard *card)
{
  return card->profile->delay_ms;
}

static guint16
run (MadoSimCard *card, const guint8 *command, gsize len, GByteArray *answer)
{
  if (!card->fails_next)
    return mado_sim_command_run (card, command, len, answer);
  card->fails_next = FALSE;
  return SW_NO_DIAGNOSIS;
}

GByteArray *
mado_sim_card_transmit (MadoSimCard *card, const guint8 *command, gsize len)
{
  GByteArray *answer = g_byte_array_new ();
  guint16     status = run (card, command, len, answer);
  guint8      trailer[2] = { (guint8)(status >> 8), (guint8)status };

  g_byte_array_append (answer, trailer, sizeof trailer);
  return answer;
}

const char *
mado_sim_card_tripped (const MadoSimCard *card)
{
  return card->tripped;
}
