/* ui/answers.h - カード・有効性・対象: three answers that are never added up. */
#pragma once
#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

/** The three boxes of a session document; @full with questions, times and sources. */
GtkWidget *mado_answers_new (JsonObject *state, gboolean full);

/** The same three objects as of @state: what did not change is not announced again. */
void mado_answers_draw (GtkWidget *answers, JsonObject *state);
