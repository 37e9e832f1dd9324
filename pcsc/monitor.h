/* pcsc/monitor.h - cards and readers that come and go. */
#pragma once
#include "pcsc/reader.h"

typedef struct _MadoReaderMonitor MadoReaderMonitor;

/**
 * MadoReaderChanged:
 * @readers: (nullable) (element-type MadoReader): all of them as they are now; stays the monitor's.
 *   %NULL when the service is down
 * @error: (nullable): why, then: %MADO_PCSC_ERROR_NO_SERVICE
 */
typedef void (*MadoReaderChanged) (GPtrArray *readers, const GError *error, gpointer data);

/**
 * mado_reader_monitor_new:
 * @changed: called in the main context that is the thread's default now: once at first, then at
 *   every change, among them readers arriving and the service stopping and coming back
 *
 * Starts a thread that waits on the service; nothing here blocks.
 */
MadoReaderMonitor *mado_reader_monitor_new (MadoReaderChanged changed, gpointer data);

/** Stops the thread; called in the same thread as _new. @changed is not called any more. */
void mado_reader_monitor_free (MadoReaderMonitor *monitor);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoReaderMonitor, mado_reader_monitor_free)
