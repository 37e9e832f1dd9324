/* tests/card/profile.h - a virtual card as written in a key file of tests/card/profiles.
 *
 * [card]
 *   based-on      another profile of the folder: its values count where this one has none, and
 *                 its certificates are this one's too
 *   label         EF 0006 of the JPKI application
 *   atr           hexadecimal
 *   applications  jpki;text (default), or nothing
 *   auth-cert-needs-pin, first-command-fails, reset-clears-login, select-clears-login,
 *   prefix-aids   true or false (default)
 *   delay-ms      each command takes at least as long
 *   blocked-status  6984 (default) or 6983
 *   faults        of wrong-key (signs with another key), broken-certificate (longer than its
 *                 file), broken-text (an item runs over the end), odd-status (to a signature)
 * [sign] [auth] [text]: a group that is not there is a PIN, key and certificate the card lacks
 *   pin, tries (5, 3, 3), left (default: tries)
 * [person]
 *   name, address, birth-date (1990-01-02), sex (1 or 2)
 *   name-substituted, address-substituted: a digit a character, 1: replaced
 * [certificate]: read by rehearsal-ca only
 *   prefecture, city, generation (1 or 2), state (valid, expired, revoked),
 *   authority (rehearsal, stranger)
 */
#pragma once
#include <glib.h>

typedef struct {
  char *pin; /* %NULL: the card has none */
  guint left, tries;
} MadoSimPinProfile;

typedef struct {
  char             *name; /* the file's, without folder and ".card" */
  char             *label;
  GBytes           *atr;
  gboolean          has_jpki, has_text;
  gboolean          auth_cert_needs_pin, first_command_fails;
  gboolean          reset_clears_login, select_clears_login, prefix_aids;
  guint             delay_ms;
  guint16           blocked_status;
  MadoSimPinProfile sign, auth, text;
  GStrv             faults;
  char             *person_name, *address, *birth_date, *sex;
} MadoSimProfile;

/** %NULL with %MADO_SIM_ERROR_PROFILE, also for a key nobody knows. Blocks: reads files. */
MadoSimProfile *mado_sim_profile_load (const char *path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void            mado_sim_profile_free (MadoSimProfile *profile);

gboolean mado_sim_profile_has_fault (const MadoSimProfile *profile, const char *fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoSimProfile, mado_sim_profile_free)
