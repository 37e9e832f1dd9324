/* ui/answers.h - カード・有効性・対象: three answers that are never added up. */
#pragma once
#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

/** The three boxes of a session document; @full with questions, times and sources. */
GtkWidget *mado_answers_new (JsonObject *state, gboolean full);
