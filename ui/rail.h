/* ui/rail.h - the seven steps of a registration and where we are. */
#pragma once
#include <gtk/gtk.h>

#define MADO_RAIL_STEPS 7

/** @step: from 1; what comes before is done. */
GtkWidget *mado_rail_new (int step);
