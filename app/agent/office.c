#include "app/agent/office.h"

#include "app/agent/error.h"
#include "app/authservice/trust.h"
#include "app/base/log.h"

#include <errno.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define KEK_LEN 32

/* One application with its evidence is about 10 KiB, SQLite's log for it some pages more. */
#define ROOM_NEEDED (512 * 1024)

GBytes *
mado_office_load_kek (const char *path, GError **error)
{
  g_autoptr (GError) cause = NULL;
  char *octets = NULL;
  gsize len = 0;

  if (!g_file_get_contents (path, &octets, &len, &cause)) {
    mado_agent_raise (error, MADO_FAILURE_FILE, "[keys] kek: %s", cause->message);
    return NULL;
  }
  g_autoptr (GBytes) kek = g_bytes_new_with_free_func (octets, len, (GDestroyNotify)g_free, octets);
  if (len != KEK_LEN) {
    mado_agent_raise (error, MADO_FAILURE_FILE,
                      "[keys] kek: %s: expected %d octets, got %" G_GSIZE_FORMAT
                      "; `madoguchictl setup --kek FILE` makes one",
                      path, KEK_LEN, len);
    return NULL;
  }
  return g_steal_pointer (&kek);
}

gboolean
mado_office_check_room (const MadoOffice *office, GError **error)
{
  struct statvfs room;

  if (statvfs (office->state_dir, &room) != 0 || access (office->state_dir, W_OK) != 0)
    return mado_agent_raise (error, MADO_FAILURE_STORE, "the state directory: %s",
                             g_strerror (errno));
  if ((guint64)room.f_bavail * room.f_frsize < ROOM_NEEDED)
    return mado_agent_raise (error, MADO_FAILURE_DISK_FULL,
                             "the disk of the state directory has less than %d KiB left",
                             ROOM_NEEDED / 1024);
  return TRUE;
}

static gboolean
open_store (MadoOffice *office, GError **error)
{
  g_autoptr (GBytes) kek = mado_office_load_kek (mado_settings_kek (office->settings), error);

  if (kek == NULL)
    return FALSE;
  MadoStoreOptions options = {
    .dir = office->state_dir,
    .holder = mado_settings_terminal (office->settings),
    .kek = kek,
    .box_only = mado_settings_is_kiosk (office->settings),
    .clock = office->clock,
  };
  office->store = mado_store_open (&options, error);
  if (office->store == NULL)
    return FALSE;
  if (mado_store_set_aside (office->store) != NULL)
    mado_log (G_LOG_LEVEL_WARNING, "the store was damaged; it was set aside and a new one begun",
              "FILE", mado_store_set_aside (office->store), NULL);
  return TRUE;
}

static gboolean
open_parts (MadoOffice *office, const char *trace_path, GError **error)
{
  const MadoSettings *settings = office->settings;

  office->clock = mado_clock_new_real ();
  if (!open_store (office, error))
    return FALSE;
  office->anchors = mado_trust_load (mado_settings_anchors (settings), error);
  if (office->anchors == NULL)
    return FALSE;
  office->auth = mado_auth_service_new (mado_settings_auth_driver (settings),
                                        mado_settings_auth_url (settings),
                                        mado_settings_auth_crl (settings), error);
  if (office->auth == NULL)
    return FALSE;
  office->trace = mado_trace_open (trace_path, error);
  return office->trace != NULL;
}

static void
free_parts (MadoOffice *office)
{
  mado_card_desk_free (office->desk);
  mado_trace_close (office->trace);
  mado_auth_service_free (office->auth);
  g_clear_pointer (&office->anchors, g_ptr_array_unref);
  mado_store_free (office->store);
  mado_clock_free (office->clock);
  mado_settings_free (office->settings);
  g_free (office->state_dir);
  g_free (office);
}

MadoOffice *
mado_office_open (MadoSettings *settings,
                  const char   *state_dir,
                  const char   *trace_path,
                  GError      **error)
{
  MadoOffice *office = g_new0 (MadoOffice, 1);

  office->settings = settings;
  office->state_dir = g_strdup (state_dir);
  if (!open_parts (office, trace_path, error)) {
    free_parts (office);
    return NULL;
  }
  office->desk = mado_card_desk_new (office->trace);
  office->card = mado_worker_new ("card");
  office->network = mado_worker_new ("network");
  office->disk = mado_worker_new ("disk");
  office->exchange = mado_worker_new ("exchange");
  return office;
}

gboolean
mado_office_close (MadoOffice *office, gint64 until)
{
  gboolean all = mado_worker_stop (office->disk, until);

  all = mado_worker_stop (office->card, until) && all;
  all = mado_worker_stop (office->network, until) && all;
  all = mado_worker_stop (office->exchange, until) && all;
  if (all)
    free_parts (office);
  return all;
}
