/* pcsc/deadline.h - work that cannot be interrupted, for a caller that does not wait for ever.
 *
 * A call into libpcsclite cannot be broken off, and while SCardTransmit hangs even releasing its
 * context does. So each runs on a thread of its own; past the deadline the caller goes on without
 * that thread, which clears up whenever it returns.
 */
#pragma once
#include <glib.h>

/* What we wait for one call to the service or the card. */
#define MADO_DEADLINE_MS 10000

/**
 * mado_deadline_run:
 * @work: called once with @box on a new thread
 * @box: made by g_atomic_rc_box_alloc(); the thread holds a reference of its own while it works
 * @clear: what the last reference calls, as with g_atomic_rc_box_release_full()
 *
 * Returns: %FALSE when @work was not done after @timeout_ms milliseconds, or the machine has no
 * room for one more thread: @box belongs to the late thread then and may only be released
 */
gboolean mado_deadline_run (void (*work) (gpointer box),
                            gpointer       box,
                            GDestroyNotify clear,
                            guint          timeout_ms) G_GNUC_WARN_UNUSED_RESULT;
