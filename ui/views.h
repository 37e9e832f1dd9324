/* ui/views.h - which view belongs to which moment. */
#pragma once
#include "ui/view.h"

/** The name of the view for @moment; @now_shown (nullable) may hold permission for a last try. */
const char *mado_views_name (const MadoMoment *moment, const MadoView *now_shown);

/** Builds the view called @name. */
MadoView *mado_views_build (const char *name, const MadoMoment *moment);

/** Place on the rail, from 1; 0: no rail. */
int mado_views_step (const MadoMoment *moment);
