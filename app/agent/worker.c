#include "app/agent/worker.h"

typedef struct {
  MadoWork     work;
  MadoWorkDone done;
  gpointer     data;
} Job;

struct _MadoWorker {
  GThread      *thread;
  GMainContext *context; /* where done callbacks run */
  GMutex        mutex;
  GCond         changed;
  GQueue        jobs;
  gboolean      stopping, ended;
};

/* Waits for the next job; NULL when it is time to end: not before the last one is done. */
static Job *
next_job (MadoWorker *worker)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&worker->mutex);

  while (!worker->stopping && g_queue_is_empty (&worker->jobs))
    g_cond_wait (&worker->changed, &worker->mutex);
  return g_queue_pop_head (&worker->jobs);
}

static gboolean
on_job_done (gpointer data)
{
  g_autofree Job *job = data;

  job->done (job->data);
  return G_SOURCE_REMOVE;
}

/* A source of its own: g_main_context_invoke() would run it right here while the loop sleeps. */
static void
hand_back (MadoWorker *worker, Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_job_done, job, NULL);
  g_source_attach (source, worker->context);
}

static gpointer
run (gpointer data)
{
  MadoWorker *worker = data;

  for (Job *job = next_job (worker); job != NULL; job = next_job (worker)) {
    job->work (job->data);
    hand_back (worker, job);
  }
  g_mutex_lock (&worker->mutex);
  worker->ended = TRUE;
  g_cond_broadcast (&worker->changed);
  g_mutex_unlock (&worker->mutex);
  return NULL;
}

MadoWorker *
mado_worker_new (const char *name)
{
  MadoWorker *worker = g_new0 (MadoWorker, 1);

  g_mutex_init (&worker->mutex);
  g_cond_init (&worker->changed);
  g_queue_init (&worker->jobs);
  worker->context = g_main_context_ref_thread_default ();
  worker->thread = g_thread_new (name, run, worker);
  return worker;
}

void
mado_worker_push (MadoWorker *worker, MadoWork work, MadoWorkDone done, gpointer data)
{
  Job *job = g_new (Job, 1);

  *job = (Job){ work, done, data };
  g_mutex_lock (&worker->mutex);
  g_queue_push_tail (&worker->jobs, job);
  g_cond_broadcast (&worker->changed);
  g_mutex_unlock (&worker->mutex);
}

static gboolean
wait_for_end (MadoWorker *worker, gint64 until)
{
  g_autoptr (GMutexLocker) lock = g_mutex_locker_new (&worker->mutex);

  worker->stopping = TRUE;
  g_cond_broadcast (&worker->changed);
  while (!worker->ended)
    if (!g_cond_wait_until (&worker->changed, &worker->mutex, until))
      return worker->ended;
  return TRUE;
}

gboolean
mado_worker_stop (MadoWorker *worker, gint64 until)
{
  if (!wait_for_end (worker, until))
    return FALSE;
  g_thread_join (worker->thread);
  g_queue_clear_full (&worker->jobs, g_free);
  g_main_context_unref (worker->context);
  g_mutex_clear (&worker->mutex);
  g_cond_clear (&worker->changed);
  g_free (worker);
  return TRUE;
}
