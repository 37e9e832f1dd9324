/* tests/card/model.h - one virtual card: octets in, octets out, as ISO/IEC 7816-4 has them.
 *
 * It knows nothing of readers; vpcd.h and transport.h are its two doors.
 */
#pragma once
#include <glib.h>

typedef struct _MadoSimCard MadoSimCard;

typedef enum {
  MADO_SIM_POWER_OFF, /* forgets the selection and every login; PIN counters stay */
  MADO_SIM_POWER_ON,
  MADO_SIM_RESET, /* warm: forgets the selection; the login too where the profile says so */
} MadoSimPower;

/**
 * mado_sim_card_load:
 * @profile_path: a key file of tests/card/profiles (see profile.h)
 * @pki_dir: what tests/card/rehearsal-ca made
 *
 * Blocks: reads files.
 *
 * Returns: (transfer full): a card without power, or %NULL with %MADO_SIM_ERROR_PROFILE or _KEY
 */
MadoSimCard *mado_sim_card_load (const char *profile_path,
                                 const char *pki_dir,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

void mado_sim_card_free (MadoSimCard *card);

void mado_sim_card_power (MadoSimCard *card, MadoSimPower power);

/** Answer to reset (ISO/IEC 7816-3) of the profile; stays the card's. */
GBytes *mado_sim_card_atr (const MadoSimCard *card);

/** Milliseconds each command takes; a door that shows time waits as long. */
guint mado_sim_card_delay_ms (const MadoSimCard *card);

/**
 * mado_sim_card_transmit:
 *
 * One short command APDU. There is always an answer, SW1 SW2 at its end.
 *
 * Returns: (transfer full): at most 258 octets
 */
GByteArray *mado_sim_card_transmit (MadoSimCard *card, const guint8 *command, gsize len);

/**
 * mado_sim_card_tripped:
 *
 * What of the forbidden was touched first: "text AP EF 0001", "surface AP" and their like. The
 * individual number and what derives from it are out of bounds by law, so a program that as
 * much as selects them has failed.
 *
 * Returns: (nullable): stays the card's; %NULL while nothing was
 */
const char *mado_sim_card_tripped (const MadoSimCard *card);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSimCard, mado_sim_card_free)
