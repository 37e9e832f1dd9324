#include "tests/card/vpcd.h"
#include "app/base/log.h"
#include "tests/card/control.h"
#include "tests/card/error.h"
#include "tests/card/link.h"
#include "tests/card/model.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* pcscd looks every 400 ms whether a card is there; a shorter absence is one it never sees. */
#define ABSENCE_MS 600
#define RETRY_MS 50

/* Messages of one octet. */
enum { VPCD_OFF = 0, VPCD_ON = 1, VPCD_RESET = 2, VPCD_ATR = 4 };

typedef struct {
  const MadoVpcdOptions *options;
  GHashTable            *cards; /* of MadoSimCard by profile file */
  MadoSimCard           *card;  /* the one that lies there, or would */
  MadoVpcdLink          *link;  /* NULL while nothing is connected */
  MadoControlPipe       *control;
  int                    signals;
  gboolean               inserted;
  gint64                 not_before_ms; /* no connection earlier */
  guint                  cut, silent;   /* commands until then; 0: never */
  gboolean               owes;          /* a command was not answered */
  gboolean               tripped, stop;
} Door;

static gint64
now_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* --- which card --- */

static gboolean
lay_down (Door *door, const char *profile, GError **error)
{
  MadoSimCard *card = g_hash_table_lookup (door->cards, profile);

  if (card == NULL) {
    card = mado_sim_card_load (profile, door->options->pki, error);
    if (card == NULL)
      return FALSE;
    g_hash_table_insert (door->cards, g_strdup (profile), card);
  }
  door->card = card;
  return TRUE;
}

static void
leave (Door *door)
{
  if (door->link != NULL && door->owes)
    mado_vpcd_link_break (g_steal_pointer (&door->link));
  g_clear_pointer (&door->link, mado_vpcd_link_close);
  door->owes = FALSE;
  mado_sim_card_power (door->card, MADO_SIM_POWER_OFF);
  door->not_before_ms = now_ms () + ABSENCE_MS;
}

static void
connect_when_due (Door *door)
{
  if (!door->inserted || door->link != NULL || now_ms () < door->not_before_ms)
    return;
  door->link = mado_vpcd_link_open (door->options->host, door->options->port);
  if (door->link == NULL)
    door->not_before_ms = now_ms () + RETRY_MS;
}

/* --- what vpcd says --- */

static void
report_trip (Door *door)
{
  const char      *what = mado_sim_card_tripped (door->card);
  g_autofree char *line = NULL;
  g_autoptr (GError) why = NULL;

  if (what == NULL || door->tripped)
    return;
  door->tripped = TRUE;
  mado_log (G_LOG_LEVEL_WARNING, "something forbidden was touched", "WHAT", what, NULL);
  line = g_strconcat (what, "\n", NULL);
  if (door->options->tripwire != NULL
      && !g_file_set_contents (door->options->tripwire, line, -1, &why))
    mado_log (G_LOG_LEVEL_WARNING, why->message, NULL);
}

/* Counts one command down; TRUE when it is the one. */
static gboolean
is_due (guint *count)
{
  return *count > 0 && --*count == 0;
}

static void
answer_command (Door *door, const GByteArray *command)
{
  g_autoptr (GByteArray) answer = NULL;

  door->owes = TRUE;
  if (is_due (&door->cut)) {
    door->inserted = FALSE;
    leave (door);
    return;
  }
  answer = mado_sim_card_transmit (door->card, command->data, command->len);
  report_trip (door);
  g_usleep (1000UL * mado_sim_card_delay_ms (door->card));
  if (is_due (&door->silent))
    return;
  door->owes = FALSE;
  if (!mado_vpcd_link_send (door->link, answer->data, answer->len))
    leave (door);
}

static void
answer_control (Door *door, guint8 code)
{
  gsize         len;
  const guint8 *atr = g_bytes_get_data (mado_sim_card_atr (door->card), &len);

  switch (code) {
  case VPCD_OFF:
    mado_sim_card_power (door->card, MADO_SIM_POWER_OFF);
    break;
  case VPCD_ON:
    mado_sim_card_power (door->card, MADO_SIM_POWER_ON);
    break;
  case VPCD_RESET:
    mado_sim_card_power (door->card, MADO_SIM_RESET);
    break;
  case VPCD_ATR:
    if (!mado_vpcd_link_send (door->link, atr, len))
      leave (door);
    break;
  default:
    mado_log (G_LOG_LEVEL_WARNING, "vpcd said something unknown", NULL);
  }
}

static void
hear_vpcd (Door *door)
{
  if (!mado_vpcd_link_receive (door->link)) {
    leave (door);
    return;
  }
  while (door->link != NULL) {
    g_autoptr (GByteArray) message = mado_vpcd_link_next (door->link);
    if (message == NULL)
      return;
    if (message->len == 1)
      answer_control (door, message->data[0]);
    else
      answer_command (door, message);
  }
}

/* --- what people say --- */

static void
obey (Door *door, const MadoControl *control)
{
  g_autoptr (GError) error = NULL;

  switch (control->verb) {
  case MADO_CONTROL_REMOVE:
    door->inserted = FALSE;
    leave (door);
    break;
  case MADO_CONTROL_INSERT:
    door->inserted = TRUE;
    break;
  case MADO_CONTROL_PROFILE:
    leave (door);
    door->inserted = TRUE;
    if (!lay_down (door, control->file, &error))
      mado_log (G_LOG_LEVEL_WARNING, error->message, NULL);
    break;
  case MADO_CONTROL_CUT:
    door->cut = control->count;
    break;
  case MADO_CONTROL_SILENT:
    door->silent = control->count;
    break;
  }
}

static void
hear_control (Door *door)
{
  for (;;) {
    g_auto (MadoControl) control = { 0 };
    g_autofree char *line = mado_control_pipe_next (door->control);
    if (line == NULL)
      return;
    if (mado_control_parse (line, &control))
      obey (door, &control);
    else
      mado_log (G_LOG_LEVEL_WARNING, "expected remove, insert, profile, cut or silent", NULL);
  }
}

/* --- the loop --- */

static int
timeout_ms (const Door *door)
{
  if (!door->inserted || door->link != NULL)
    return -1;
  return (int)MAX (1, door->not_before_ms - now_ms ());
}

static void
turn (Door *door)
{
  struct pollfd fds[] = {
    { .fd = door->signals, .events = POLLIN },
    { .fd = door->control != NULL ? mado_control_pipe_fd (door->control) : -1, .events = POLLIN },
    { .fd = -1, .events = POLLIN },
  };

  connect_when_due (door);
  if (door->link != NULL)
    fds[2].fd = mado_vpcd_link_fd (door->link);
  if (poll (fds, G_N_ELEMENTS (fds), timeout_ms (door)) <= 0)
    return;
  door->stop = fds[0].revents != 0;
  /* Orders first: whoever gives one and then sends a command means that command. */
  if (fds[1].revents != 0)
    hear_control (door);
  if (fds[2].revents != 0 && door->link != NULL)
    hear_vpcd (door);
}

static int
catch_signals (void)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGINT);
  sigprocmask (SIG_BLOCK, &set, NULL);
  return signalfd (-1, &set, SFD_CLOEXEC);
}

static gboolean
open_door (Door *door, GError **error)
{
  if (!lay_down (door, door->options->profile, error))
    return FALSE;
  if (door->options->control != NULL) {
    door->control = mado_control_pipe_open (door->options->control, error);
    if (door->control == NULL)
      return FALSE;
  }
  door->signals = catch_signals ();
  if (door->signals < 0)
    return mado_sim_raise (error, MADO_SIM_ERROR_IO, "signalfd: %s", g_strerror (errno));
  return TRUE;
}

static void
close_door (Door *door)
{
  g_clear_pointer (&door->link, mado_vpcd_link_close);
  g_clear_pointer (&door->control, mado_control_pipe_close);
  if (door->signals >= 0)
    close (door->signals);
  g_hash_table_unref (door->cards);
}

gboolean
mado_vpcd_serve (const MadoVpcdOptions *options, gboolean *ret_tripped, GError **error)
{
  Door     door = { .options = options, .inserted = TRUE, .signals = -1 };
  gboolean opened;

  door.cards
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)mado_sim_card_free);
  opened = open_door (&door, error);
  while (opened && !door.stop)
    turn (&door);
  *ret_tripped = door.tripped;
  close_door (&door);
  return opened;
}
