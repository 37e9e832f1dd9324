/* ui/view-offline.h - the agent does not answer: a calm page that tries again by itself. */
#pragma once
#include "ui/view.h"

MadoView *mado_view_offline_new (const MadoMoment *moment);
