#include "pcsc/monitor.h"

#include "pcsc/deadline.h"
#include "pcsc/scard.h"

/* libpcsclite's name for "a reader arrived or left". It misses one that arrives between our list
 * and our wait, so we look again by ourselves from time to time. */
#define ANY_READER "\\\\?PnP?\\Notification"
#define LOOK_AGAIN_MS 2000
#define RETRY_MS 500 /* between two attempts to find the service */
#define CANCEL_MS 20 /* a cancellation that comes before the wait is lost: it is repeated */
#define STOP_MS 600  /* what stopping waits for a service that hangs; the agent has two seconds */

/* Shared with the thread; made by g_atomic_rc_box_alloc(). */
struct _MadoReaderMonitor {
  MadoReaderChanged changed;
  gpointer          data;
  GMainContext     *main_context;

  GMutex       lock; /* for what follows */
  GCond        wake;
  gboolean     stop;
  gboolean     done;
  gboolean     has_context;
  SCARDCONTEXT context;

  char *told; /* the thread's own: what was told last */
};

static void
monitor_clear (gpointer data)
{
  MadoReaderMonitor *monitor = data;

  g_main_context_unref (monitor->main_context);
  g_mutex_clear (&monitor->lock);
  g_cond_clear (&monitor->wake);
  g_free (monitor->told);
}

static void
monitor_release (gpointer monitor)
{
  g_atomic_rc_box_release_full (monitor, monitor_clear);
}

/* --- telling --- */

typedef struct {
  MadoReaderMonitor *monitor;
  GPtrArray         *readers;
  GError            *error;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  monitor_release (news->monitor);
  g_clear_pointer (&news->readers, g_ptr_array_unref);
  g_clear_error (&news->error);
  g_free (news);
}

/* In the creator's thread, which is also the one that stops the monitor. */
static gboolean
tell (gpointer data)
{
  News *news = data;

  if (!news->monitor->stop)
    news->monitor->changed (news->readers, news->error, news->monitor->data);
  return G_SOURCE_REMOVE;
}

static void
post (MadoReaderMonitor *monitor, GPtrArray *readers, GError *error)
{
  GSource *source = g_idle_source_new ();
  News    *news = g_new0 (News, 1);

  news->monitor = g_atomic_rc_box_acquire (monitor);
  news->readers = readers;
  news->error = error;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell, news, news_free);
  g_source_attach (source, monitor->main_context);
  g_source_unref (source);
}

/* Whether @now is news; takes it. */
static gboolean
is_news (MadoReaderMonitor *monitor, char *now)
{
  gboolean same = g_strcmp0 (monitor->told, now) == 0;

  g_free (monitor->told);
  monitor->told = now;
  return !same;
}

static void
tell_down (MadoReaderMonitor *monitor, LONG status)
{
  GError *error = NULL;

  if (!is_news (monitor, g_strdup ("down")))
    return;
  mado_pcsc_raise (&error, MADO_PCSC_ERROR_NO_SERVICE, "smart-card service: %s",
                   pcsc_stringify_error (status));
  post (monitor, NULL, error);
}

/* The upper half of a state counts insertions and removals: a card that was out and in again
 * between two looks is news too. Who uses the card is none. */
static char *
digest_of (const SCARD_READERSTATE *states, guint count)
{
  GString *digest = g_string_new ("up");

  for (guint i = 0; i < count; i++)
    g_string_append_printf (digest, "\n%s %lx", states[i].szReader,
                            states[i].dwEventState
                                & (0xFFFF0000UL | SCARD_STATE_PRESENT | SCARD_STATE_MUTE));
  return g_string_free (digest, FALSE);
}

static void
tell_up (MadoReaderMonitor *monitor, const SCARD_READERSTATE *states, guint count)
{
  GPtrArray *readers;

  if (!is_news (monitor, digest_of (states, count)))
    return;
  readers = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_reader_free);
  for (guint i = 0; i < count; i++)
    g_ptr_array_add (readers, mado_scard_reader (&states[i]));
  post (monitor, readers, NULL);
}

/* --- the thread --- */

static gboolean
must_stop (MadoReaderMonitor *monitor)
{
  gboolean stop;

  g_mutex_lock (&monitor->lock);
  stop = monitor->stop;
  g_mutex_unlock (&monitor->lock);
  return stop;
}

static void
pause_unless_stopped (MadoReaderMonitor *monitor)
{
  gint64 end = g_get_monotonic_time () + RETRY_MS * G_TIME_SPAN_MILLISECOND;

  g_mutex_lock (&monitor->lock);
  while (!monitor->stop && g_cond_wait_until (&monitor->wake, &monitor->lock, end))
    ;
  g_mutex_unlock (&monitor->lock);
}

static void
set_context (MadoReaderMonitor *monitor, SCARDCONTEXT context, gboolean has_context)
{
  g_mutex_lock (&monitor->lock);
  monitor->context = context;
  monitor->has_context = has_context;
  g_mutex_unlock (&monitor->lock);
}

/* Tells how the readers are now, then waits until one changes or for a while. */
static LONG
look_and_wait (MadoReaderMonitor *monitor, SCARDCONTEXT context, GStrv names)
{
  guint                         count = g_strv_length (names);
  g_autofree SCARD_READERSTATE *states = g_new0 (SCARD_READERSTATE, count + 1);
  LONG                          status = SCARD_S_SUCCESS;

  for (guint i = 0; i < count; i++)
    states[i].szReader = names[i];
  if (count > 0)
    status = SCardGetStatusChange (context, 0, states, count);
  if (status != SCARD_S_SUCCESS)
    return status;
  tell_up (monitor, states, count);
  for (guint i = 0; i < count; i++)
    states[i].dwCurrentState = states[i].dwEventState;
  states[count].szReader = ANY_READER;
  return SCardGetStatusChange (context, LOOK_AGAIN_MS, states, count + 1);
}

static gboolean
goes_on (LONG status)
{
  return status == SCARD_S_SUCCESS || status == SCARD_E_TIMEOUT || status == SCARD_E_UNKNOWN_READER
         || status == SCARD_E_READER_UNAVAILABLE || status == SCARD_E_CANCELLED;
}

/* Until the service fails or we are stopped. */
static LONG
watch_in (MadoReaderMonitor *monitor, SCARDCONTEXT context)
{
  LONG status = SCARD_S_SUCCESS;

  while (goes_on (status) && !must_stop (monitor)) {
    g_auto (GStrv) names = NULL;

    status = mado_scard_names (context, &names);
    if (status == SCARD_S_SUCCESS)
      status = look_and_wait (monitor, context, names);
  }
  return status;
}

static void
watch (MadoReaderMonitor *monitor)
{
  SCARDCONTEXT context;
  LONG         status = SCardEstablishContext (SCARD_SCOPE_SYSTEM, NULL, NULL, &context);

  if (status == SCARD_S_SUCCESS) {
    set_context (monitor, context, TRUE);
    status = watch_in (monitor, context);
    set_context (monitor, 0, FALSE);
    SCardReleaseContext (context);
  }
  if (!must_stop (monitor)) {
    tell_down (monitor, status);
    pause_unless_stopped (monitor);
  }
}

static gpointer
run (gpointer data)
{
  MadoReaderMonitor *monitor = data;

  while (!must_stop (monitor))
    watch (monitor);
  g_mutex_lock (&monitor->lock);
  monitor->done = TRUE;
  g_cond_broadcast (&monitor->wake);
  g_mutex_unlock (&monitor->lock);
  monitor_release (monitor);
  return NULL;
}

MadoReaderMonitor *
mado_reader_monitor_new (MadoReaderChanged changed, gpointer data)
{
  MadoReaderMonitor *monitor = g_atomic_rc_box_new0 (MadoReaderMonitor);

  monitor->changed = changed;
  monitor->data = data;
  monitor->main_context = g_main_context_ref_thread_default ();
  g_mutex_init (&monitor->lock);
  g_cond_init (&monitor->wake);
  g_thread_unref (g_thread_new ("pcsc-monitor", run, g_atomic_rc_box_acquire (monitor)));
  return monitor;
}

/* --- stopping --- */

/* SCardCancel asks the service and may hang with it, so it runs beside us as well. */
static void
cancel (gpointer data)
{
  MadoReaderMonitor *monitor = data;

  g_mutex_lock (&monitor->lock);
  while (!monitor->done) {
    gint64       end = g_get_monotonic_time () + CANCEL_MS * G_TIME_SPAN_MILLISECOND;
    gboolean     has_context = monitor->has_context;
    SCARDCONTEXT context = monitor->context;

    g_mutex_unlock (&monitor->lock);
    if (has_context)
      SCardCancel (context);
    g_mutex_lock (&monitor->lock);
    if (!monitor->done)
      g_cond_wait_until (&monitor->wake, &monitor->lock, end);
  }
  g_mutex_unlock (&monitor->lock);
}

void
mado_reader_monitor_free (MadoReaderMonitor *monitor)
{
  if (monitor == NULL)
    return;
  g_mutex_lock (&monitor->lock);
  monitor->stop = TRUE;
  g_cond_broadcast (&monitor->wake);
  g_mutex_unlock (&monitor->lock);
  if (!mado_deadline_run (cancel, monitor, monitor_clear, STOP_MS))
    g_debug ("the smart-card service hangs: its monitor thread is left behind");
  monitor_release (monitor);
}
