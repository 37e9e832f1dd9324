/* ui/shell.h - what stands around every view: strip, app bar, rail, keys, question, toast. */
#pragma once
#include "app/base/clock.h"
#include "ui/client.h"
#include <gtk/gtk.h>

typedef struct _MadoShell MadoShell;

/**
 * mado_shell_new:
 * @window: gets class "mado", the shell as its child and its keys; owns the shell from here on
 * @clock: stays the caller's, longer than @window
 *
 * Draws what @client says and follows its signals.
 */
MadoShell *mado_shell_new (GtkWindow *window, MadoClient *client, const MadoClock *clock);

/** Draws these documents instead of the client's; each may be %NULL. For pictures and tests. */
void
mado_shell_draw (MadoShell *shell, JsonObject *state, JsonObject *status, JsonObject *applications);

/** Name of the view on screen: "home", "pin" … */
const char *mado_shell_view_name (MadoShell *shell);

/** Black ground and thick lines, or the usual look. */
void mado_shell_set_high_contrast (MadoShell *shell, gboolean wanted);
