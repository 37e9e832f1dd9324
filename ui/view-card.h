/* ui/view-card.h - the card: put it down, it is read, checked, it signs. The patron waits or acts,
 * nothing is typed. */
#pragma once
#include "ui/view.h"

/** For the states card, reading, checking and signing. */
MadoView *mado_view_card_new (const MadoMoment *moment);
