/* ui/view-stopped.h - the sitting cannot go on this way: what happened, what still works, what now.
 */
#pragma once
#include "ui/view.h"

/** For the state stopped. */
MadoView *mado_view_stopped_new (const MadoMoment *moment);

/** For a page no password can be typed on: MADO_MEMORY_UNLOCKABLE. */
MadoView *mado_view_unlockable_new (const MadoMoment *moment);

/** One try left: stops before it; the staff may let it be spent. */
MadoView *mado_view_last_try_new (const MadoMoment *moment);
