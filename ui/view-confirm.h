/* ui/view-confirm.h - the whole application once more, before the card signs it. */
#pragma once
#include "ui/view.h"

MadoView *mado_view_confirm_new (const MadoMoment *moment);
