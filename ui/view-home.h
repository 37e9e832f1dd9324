/* ui/view-home.h - greeting, the one way in, today's figures, the list of applications. */
#pragma once
#include "ui/view.h"

MadoView *mado_view_home_new (const MadoMoment *moment);
