/* ui/view-pin.h - the signing password, typed on our own keys into one locked page. */
#pragma once
#include "ui/view.h"

/** %NULL when no page can be locked in memory: then no password may be asked for. */
MadoView *mado_view_pin_new (const MadoMoment *moment);

/** Lets the last try be spent by the next password of @view. */
void mado_view_pin_allow_last_try (MadoView *view);
