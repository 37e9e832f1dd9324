/* ui/kept.h - what was typed on a page that had to go: a card was lifted, the text was enlarged.
 *
 * It belongs to one application and is dropped with it. A password is never kept.
 */
#pragma once
#include <json-glib/json-glib.h>

typedef struct {
  char       *application;
  JsonObject *typed;
} MadoKept;

/** @typed: (transfer full): takes the place of what was kept before. */
void mado_kept_take (MadoKept *kept, const char *application, JsonObject *typed);

/** What was typed for @application; %NULL: nothing. Stays the keeper's. */
JsonObject *mado_kept_for (const MadoKept *kept, const char *application);

/** Forgets what belongs to any other application. */
void mado_kept_only (MadoKept *kept, const char *application);
