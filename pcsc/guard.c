#include "pcsc/guard.h"

#include "pcsc/digestinfo.h"
#include "pcsc/error.h"

#include <string.h>

/* Highest first octet of a READ BINARY offset: nothing we read is longer than 8,192 octets. It also
 * keeps out the short file identifiers, which have the highest bit. */
#define READ_P1_MAX 0x1F

#define INS_GET_RESPONSE 0xC0

typedef gboolean (*Shape) (const MadoGuard *guard, MadoOctets command);

static gboolean
begins (MadoOctets command, guint8 cla, guint8 ins, guint8 p1, guint8 p2)
{
  const guint8 header[] = { cla, ins, p1, p2 };

  return command.len >= sizeof header && memcmp (command.data, header, sizeof header) == 0;
}

/* The data of a command whose Lc says exactly how much follows, but for @tail octets at its end. */
static gboolean
data_of (MadoOctets command, gsize tail, MadoOctets *ret_data)
{
  if (command.len < 5 || command.len != 5u + command.data[4] + tail)
    return FALSE;
  *ret_data = MADO_OCTETS (command.data + 5, command.data[4]);
  return TRUE;
}

static gboolean
is_select_ap (const MadoGuard *guard, MadoOctets command)
{
  MadoOctets aid;

  (void)guard;
  return begins (command, 0x00, 0xA4, 0x04, 0x0C) && data_of (command, 0, &aid)
         && mado_ap_by_aid (aid) != MADO_AP_NONE;
}

/* The file a SELECT names, when it is one of the application that is selected. */
static const MadoFile *
file_selected_by (const MadoGuard *guard, MadoOctets command)
{
  MadoOctets id;

  if (!begins (command, 0x00, 0xA4, 0x02, 0x0C) || !data_of (command, 0, &id) || id.len != 2)
    return NULL;
  return mado_file_by_id (guard->ap, (guint16)(id.data[0] << 8 | id.data[1]));
}

static gboolean
is_select_file (const MadoGuard *guard, MadoOctets command)
{
  return file_selected_by (guard, command) != NULL;
}

static gboolean
has_selected (const MadoGuard *guard, MadoFileUse use)
{
  return guard->file != NULL && guard->file->use == use;
}

static gboolean
is_read (const MadoGuard *guard, MadoOctets command)
{
  return has_selected (guard, MADO_FILE_READABLE) && command.len == 5 && command.data[0] == 0x00
         && command.data[1] == 0xB0 && command.data[2] <= READ_P1_MAX;
}

static gboolean
is_tries_query (const MadoGuard *guard, MadoOctets command)
{
  return has_selected (guard, MADO_FILE_PIN) && command.len == 4
         && begins (command, 0x00, 0x20, 0x00, 0x80);
}

static gboolean
is_verify (const MadoGuard *guard, MadoOctets command)
{
  MadoOctets pin;

  return has_selected (guard, MADO_FILE_PIN) && begins (command, 0x00, 0x20, 0x00, 0x80)
         && data_of (command, 0, &pin) && mado_pin_fits (guard->file->pin, pin);
}

static gboolean
is_sign (const MadoGuard *guard, MadoOctets command)
{
  MadoOctets info;

  return has_selected (guard, MADO_FILE_KEY) && begins (command, 0x80, 0x2A, 0x00, 0x80)
         && data_of (command, 1, &info) && mado_digest_info_fits (info);
}

static gboolean
is_get_response (const MadoGuard *guard, MadoOctets command)
{
  return guard->pending && command.len == 5 && begins (command, 0x00, INS_GET_RESPONSE, 0x00, 0x00);
}

static const Shape shapes[] = { is_select_ap, is_select_file, is_read,        is_tries_query,
                                is_verify,    is_sign,        is_get_response };

static gboolean
is_select (const guint8 *command)
{
  return command[1] == 0xA4;
}

static void
forget_selection (MadoGuard *guard, const guint8 *command)
{
  guard->file = NULL;
  if (command[2] == 0x04)
    guard->ap = MADO_AP_NONE;
}

gboolean
mado_guard_allows (MadoGuard *guard, const guint8 *command, gsize len, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (shapes[i](guard, MADO_OCTETS (command, len))) {
      guard->pending = FALSE;
      if (is_select (command))
        forget_selection (guard, command);
      return TRUE;
    }
  return mado_pcsc_raise (
      error, MADO_PCSC_ERROR_FORBIDDEN,
      "a command of %" G_GSIZE_FORMAT " octets that is not on the list of what we send", len);
}

void
mado_guard_learn (MadoGuard *guard, const guint8 *command, gsize len, guint16 status)
{
  MadoOctets octets = MADO_OCTETS (command, len);

  /* 6Cxx to a GET RESPONSE: the octets still wait, under their right length. */
  guard->pending = status >> 8 == 0x61 || (command[1] == INS_GET_RESPONSE && status >> 8 == 0x6C);
  if (status != 0x9000 && status >> 8 != 0x61)
    return;
  if (is_select_ap (guard, octets))
    guard->ap = mado_ap_by_aid (MADO_OCTETS (command + 5, command[4]));
  else if (is_select_file (guard, octets))
    guard->file = file_selected_by (guard, octets);
}
