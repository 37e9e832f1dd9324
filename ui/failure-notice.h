/* ui/failure-notice.h - what the state document says went wrong, as words. */
#pragma once
#include "ui/wording.h"
#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

/** The failure in @state, or MADO_FAILURE_NONE. */
MadoFailure mado_failure_in (JsonObject *state);

/** First sentence with the tries left where it counts; (transfer full). */
char *mado_failure_sentence (JsonObject *state);

/** Whether the state's failure lists @event in "can". */
gboolean mado_failure_allows (JsonObject *state, const char *event);

/** An amber box for the patron: first sentence, second line. %NULL without a failure. */
GtkWidget *mado_failure_notice_new (JsonObject *state);

/** The same in one line, where room is short. */
GtkWidget *mado_failure_line_new (JsonObject *state);

/** The same where there is room for each sentence on a line of its own. */
GtkWidget *mado_failure_lines_new (JsonObject *state);

/** 案内の番号 and next steps for the staff; %NULL without a failure. */
GtkWidget *mado_failure_facts_new (JsonObject *state);
