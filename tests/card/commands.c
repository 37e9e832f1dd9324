#include "tests/card/commands.h"
#include "tests/card/signature.h"
#include "tests/card/state.h"
#include "tests/card/status.h"
#include <openssl/rand.h>
#include <string.h>

/* A short command APDU taken apart (ISO/IEC 7816-4 §5.1). */
typedef struct {
  guint8        cla, ins, p1, p2;
  const guint8 *data;
  gsize         lc;
  int           le; /* -1 without; 256 for 00 */
} Command;

enum { HEAD_LEN = 4, SFI_BITS = 0x1F, BY_SHORT_ID = 0x80 };

static int
le_of (guint8 octet)
{
  return octet == 0 ? 256 : octet;
}

/* FALSE for what is no short APDU; an extended one begins with a length of 00. */
static gboolean
take_apart (const guint8 *octets, gsize len, Command *ret)
{
  if (len < HEAD_LEN)
    return FALSE;
  *ret = (Command){ octets[0], octets[1], octets[2], octets[3], NULL, 0, -1 };
  if (len == HEAD_LEN)
    return TRUE;
  if (len == HEAD_LEN + 1) {
    ret->le = le_of (octets[HEAD_LEN]);
    return TRUE;
  }
  ret->lc = octets[HEAD_LEN];
  ret->data = octets + HEAD_LEN + 1;
  if (len == HEAD_LEN + 1 + ret->lc + 1)
    ret->le = le_of (octets[len - 1]);
  return ret->lc > 0 && (ret->le != -1 || len == HEAD_LEN + 1 + ret->lc);
}

static void
trip (MadoSimCard *card, const char *application, const MadoSimFile *file)
{
  if (card->tripped != NULL)
    return;
  card->tripped = file == NULL ? g_strdup (application)
                               : g_strdup_printf ("%s EF %04X", application, (guint)file->fid);
}

/* --- SELECT --- */

static gboolean
has_aid (const MadoSimCard *card, const MadoSimApplication *application, const Command *command)
{
  gsize         len;
  const guint8 *aid = g_bytes_get_data (application->aid, &len);

  if (card->profile->prefix_aids ? command->lc > len : command->lc != len)
    return FALSE;
  return memcmp (aid, command->data, command->lc) == 0;
}

static MadoSimApplication *
find_application (const MadoSimCard *card, const Command *command)
{
  for (guint i = 0; i < card->applications->len; i++) {
    MadoSimApplication *application = g_ptr_array_index (card->applications, i);
    if (has_aid (card, application, command))
      return application;
  }
  return NULL;
}

/* File control information: the name and nothing else. */
static void
append_fci (GByteArray *answer, const MadoSimApplication *application)
{
  gsize         len;
  const guint8 *aid = g_bytes_get_data (application->aid, &len);
  const guint8  head[] = { 0x6F, (guint8)(len + 2), 0x84, (guint8)len };

  g_byte_array_append (answer, head, sizeof head);
  g_byte_array_append (answer, aid, (guint)len);
}

static guint16
select_application (MadoSimCard *card, const Command *command, GByteArray *answer)
{
  MadoSimApplication *found = command->lc == 0 ? NULL : find_application (card, command);

  if (command->p2 != 0x0C && command->p2 != 0x00)
    return SW_PARAMETERS;
  if (found == NULL)
    return SW_NOT_FOUND;
  if (found->forbidden)
    trip (card, found->name, NULL);
  if (card->profile->select_clears_login)
    mado_sim_forget_logins (card->applications);
  card->application = found;
  card->file = NULL;
  if (command->p2 == 0x00)
    append_fci (answer, found);
  return SW_OK;
}

static void
make_current (MadoSimCard *card, MadoSimFile *file)
{
  if (file->forbidden)
    trip (card, card->application->name, file);
  card->file = file;
}

static guint16
select_file (MadoSimCard *card, const Command *command)
{
  MadoSimFile *file;

  if (card->application == NULL)
    return SW_NO_CURRENT_FILE;
  if (command->p2 != 0x0C)
    return SW_PARAMETERS;
  if (command->lc != 2)
    return SW_LENGTH;
  file = mado_sim_application_find (card->application,
                                    (guint16)(command->data[0] << 8 | command->data[1]));
  if (file == NULL)
    return SW_NOT_FOUND;
  make_current (card, file);
  return SW_OK;
}

static guint16
do_select (MadoSimCard *card, const Command *command, GByteArray *answer)
{
  switch (command->p1) {
  case 0x04:
    return select_application (card, command, answer);
  case 0x02:
    return select_file (card, command);
  case 0x00: /* real cards say yes inside an application and do nothing */
    return card->application == NULL ? SW_PARAMETERS : SW_OK;
  default:
    return SW_PARAMETERS;
  }
}

/* --- files by short id, or the one selected --- */

/* The file @parameter names: 80 the current one, 80|id another, which becomes current. */
static guint16
find_named (MadoSimCard *card, guint8 parameter, MadoSimFile **ret_file)
{
  guint8       sfi = parameter & SFI_BITS;
  MadoSimFile *file = card->file;

  if ((parameter & ~SFI_BITS) != BY_SHORT_ID)
    return SW_PARAMETERS;
  if (card->application == NULL || (sfi == 0 && file == NULL))
    return SW_NO_CURRENT_FILE;
  if (sfi != 0)
    file = mado_sim_application_find_short (card->application, sfi);
  if (file == NULL)
    return SW_NOT_FOUND;
  make_current (card, file);
  *ret_file = file;
  return SW_OK;
}

static guint16
find_of_kind (MadoSimCard *card, guint8 parameter, MadoSimFileKind kind, MadoSimFile **ret_file)
{
  guint16 status = find_named (card, parameter, ret_file);

  if (status != SW_OK)
    return status;
  return (*ret_file)->kind == kind ? SW_OK : SW_FILE_TYPE;
}

/* --- READ BINARY --- */

static guint16
do_read (MadoSimCard *card, const Command *command, GByteArray *answer)
{
  gboolean     is_short = (command->p1 & BY_SHORT_ID) != 0;
  gsize        offset = is_short ? command->p2 : (gsize)(command->p1 << 8 | command->p2);
  MadoSimFile *file = NULL;
  guint16      status
      = find_of_kind (card, is_short ? command->p1 : BY_SHORT_ID, MADO_SIM_FILE_OCTETS, &file);

  if (status != SW_OK)
    return status;
  if (command->lc != 0 || command->le < 0)
    return SW_LENGTH;
  if (!mado_sim_application_is_open (card->application, file))
    return SW_NOT_AUTHENTICATED;
  if (offset >= file->octets->len)
    return SW_PAST_THE_END;
  g_byte_array_append (answer, file->octets->data + offset,
                       (guint)MIN ((gsize)command->le, file->octets->len - offset));
  return SW_OK;
}

/* --- PINs --- */

static guint16
do_verify (MadoSimCard *card, const Command *command)
{
  MadoSimFile *file = NULL;
  guint16      status;

  if (command->p1 != 0)
    return SW_PARAMETERS;
  status = find_of_kind (card, command->p2, MADO_SIM_FILE_PIN, &file);
  if (status != SW_OK)
    return status;
  if (command->le >= 0)
    return SW_LENGTH;
  if (command->lc == 0)
    return mado_sim_pin_query (&file->pin);
  return mado_sim_pin_present (&file->pin, command->data, command->lc,
                               card->profile->blocked_status);
}

static guint16
do_change (MadoSimCard *card, const Command *command)
{
  MadoSimFile *file = NULL;
  guint16      status;

  if (command->p1 != 1)
    return SW_PARAMETERS;
  status = find_of_kind (card, command->p2, MADO_SIM_FILE_PIN, &file);
  if (status != SW_OK)
    return status;
  return mado_sim_pin_change (&file->pin, command->data, command->lc);
}

/* --- keys --- */

static guint16
do_sign (MadoSimCard *card, const Command *command, GByteArray *answer)
{
  MadoSimFile *file = NULL;
  guint16      status;

  if (command->p1 != 0)
    return SW_PARAMETERS;
  status = find_of_kind (card, command->p2, MADO_SIM_FILE_KEY, &file);
  if (status != SW_OK)
    return status;
  if (!mado_sim_application_is_open (card->application, file))
    return SW_NOT_AUTHENTICATED;
  if (command->lc == 0 || command->le != 256)
    return SW_LENGTH;
  if (command->lc > MADO_SIM_SIGN_MAX)
    return SW_CONDITIONS;
  if (mado_sim_profile_has_fault (card->profile, "odd-status"))
    return SW_UNHEARD_OF;
  return mado_sim_sign (file->key, command->data, command->lc, answer) ? SW_OK : SW_NO_DIAGNOSIS;
}

static guint16
do_challenge (const Command *command, GByteArray *answer)
{
  guint8 octets[256];

  if (command->p1 != 0 || command->p2 != 0)
    return SW_PARAMETERS;
  if (command->lc != 0 || command->le < 0 || RAND_bytes (octets, command->le) != 1)
    return SW_LENGTH;
  g_byte_array_append (answer, octets, (guint)command->le);
  return SW_OK;
}

/* --- which command is it --- */

/* Interindustry classes: channels and secure messaging exist, this card has neither. */
static guint16
judge_class (guint8 cla)
{
  if (cla == 0x00)
    return SW_OK;
  if ((cla & 0xF0) != 0)
    return SW_CLASS;
  return (cla & 0x0C) != 0 ? SW_SECURE_MESSAGING : SW_CHANNEL;
}

static guint16
run_interindustry (MadoSimCard *card, const Command *command, GByteArray *answer)
{
  guint16 status = judge_class (command->cla);

  if (status != SW_OK)
    return status;
  switch (command->ins) {
  case 0xA4:
    return do_select (card, command, answer);
  case 0xB0:
    return do_read (card, command, answer);
  case 0x20:
    return do_verify (card, command);
  case 0x24:
    return do_change (card, command);
  case 0x84:
    return do_challenge (command, answer);
  default:
    return SW_INSTRUCTION;
  }
}

guint16
mado_sim_command_run (MadoSimCard *card, const guint8 *command, gsize len, GByteArray *answer)
{
  Command parts;

  if (!take_apart (command, len, &parts))
    return SW_LENGTH;
  if (parts.cla == 0x80)
    return parts.ins == 0x2A ? do_sign (card, &parts, answer) : SW_INSTRUCTION;
  if (parts.ins == 0x2A)
    return SW_CLASS;
  return run_interindustry (card, &parts, answer);
}
