/* app/agent/worker.h - one thread that does blocking work in order, so that the main loop need not.
 */
#pragma once
#include <glib.h>

typedef struct _MadoWorker MadoWorker;

/* Runs on the worker; may block. */
typedef void (*MadoWork) (gpointer data);

/* Runs in the main context of the worker's maker once the work is over; owns @data from then on. */
typedef void (*MadoWorkDone) (gpointer data);

/** @name: of the thread, at most 15 characters. */
MadoWorker *mado_worker_new (const char *name);

/** Queues @work behind what is there. @data must not be touched until @done has it. */
void mado_worker_push (MadoWorker *worker, MadoWork work, MadoWorkDone done, gpointer data);

/**
 * mado_worker_stop:
 * @until: monotonic time (g_get_monotonic_time()) it may wait to
 *
 * Waits for everything that is queued. Work that is still stuck then (a hung card) keeps its
 * thread: the caller must end the process without waiting for it. Each @done still runs when the
 * context does.
 *
 * Returns: whether the thread ended; the worker is freed then
 */
gboolean mado_worker_stop (MadoWorker *worker, gint64 until);
