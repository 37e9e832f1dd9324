/* ui/appbar.h - the row on top: who we are, three lights, date and time. */
#pragma once
#include "ui/view.h"

/** As the moment's status says; without one the lights say nothing is known. */
GtkWidget *mado_appbar_new (const MadoMoment *moment);
