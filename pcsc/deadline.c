#include "pcsc/deadline.h"

typedef struct {
  GMutex   lock;
  GCond    changed;
  gboolean done;
  void (*work) (gpointer box);
  gpointer       box;
  GDestroyNotify clear;
} Task;

static void
task_clear (gpointer data)
{
  Task *task = data;

  g_mutex_clear (&task->lock);
  g_cond_clear (&task->changed);
}

static void
task_release (Task *task)
{
  g_atomic_rc_box_release_full (task, task_clear);
}

/* The box is let go before the caller hears of it, so that a caller in time is its only holder. */
static gpointer
run (gpointer data)
{
  Task *task = data;

  task->work (task->box);
  g_atomic_rc_box_release_full (task->box, task->clear);
  g_mutex_lock (&task->lock);
  task->done = TRUE;
  g_cond_signal (&task->changed);
  g_mutex_unlock (&task->lock);
  task_release (task);
  return NULL;
}

static Task *
task_new (void (*work) (gpointer box), gpointer box, GDestroyNotify clear)
{
  Task *task = g_atomic_rc_box_new0 (Task);

  g_mutex_init (&task->lock);
  g_cond_init (&task->changed);
  task->work = work;
  task->box = g_atomic_rc_box_acquire (box);
  task->clear = clear;
  return task;
}

static gboolean
wait_until (Task *task, gint64 end)
{
  gboolean done;

  g_mutex_lock (&task->lock);
  while (!task->done && g_cond_wait_until (&task->changed, &task->lock, end))
    ;
  done = task->done;
  g_mutex_unlock (&task->lock);
  return done;
}

/* A service that hangs for hours leaves thread after thread behind, so one day there may be no
 * more; that is no reason to end the program. */
static gboolean
start (Task *task)
{
  GThread *thread = g_thread_try_new ("pcsc", run, g_atomic_rc_box_acquire (task), NULL);

  if (thread != NULL) {
    g_thread_unref (thread);
    return TRUE;
  }
  g_atomic_rc_box_release_full (task->box, task->clear);
  task_release (task);
  return FALSE;
}

gboolean
mado_deadline_run (void (*work) (gpointer box),
                   gpointer       box,
                   GDestroyNotify clear,
                   guint          timeout_ms)
{
  gint64   end = g_get_monotonic_time () + timeout_ms * G_TIME_SPAN_MILLISECOND;
  Task    *task = task_new (work, box, clear);
  gboolean done = start (task) && wait_until (task, end);

  task_release (task);
  return done;
}
