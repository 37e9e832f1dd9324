/* ui/drawn.h - whether the page shows what the agent says already.
 *
 * Lights change while people type: a page is drawn again only when its own sitting moved, or when
 * it shows lights or list itself. Only digests are kept, no person.
 */
#pragma once
#include "ui/view.h"

typedef struct {
  char *sitting, *surround; /* surround: lights and list */
} MadoDrawn;

/** Whether @moment was drawn last; from here on it was. @with_surround: lights and list count. */
gboolean mado_drawn_is (MadoDrawn *drawn, const MadoMoment *moment, gboolean with_surround);

void mado_drawn_clear (MadoDrawn *drawn);
