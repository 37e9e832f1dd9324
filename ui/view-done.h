/* ui/view-done.h - received: the number to take home, what happens next, take the card. */
#pragma once
#include "ui/view.h"

MadoView *mado_view_done_new (const MadoMoment *moment);
