/* ui/view-person.h - whom the card names, and three separate answers about it. */
#pragma once
#include "ui/view.h"

MadoView *mado_view_person_new (const MadoMoment *moment);
