/* ui/appbar.h - the row on top: who we are, three lights, date and time. */
#pragma once
#include "ui/view.h"

GtkWidget *mado_appbar_new (void);

/** As the moment's status says; without one there is neither place nor light. */
void mado_appbar_draw (GtkWidget *appbar, const MadoMoment *moment);
