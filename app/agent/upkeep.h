/* app/agent/upkeep.h - what the store wants done now and then. */
#pragma once
#include "app/agent/office.h"

typedef struct _MadoUpkeep MadoUpkeep;

/**
 * mado_upkeep_new:
 * @office: stays the caller's
 *
 * Every @every_ms milliseconds the disk worker empties the store's log, behind whoever waits for
 * it: an act never does, and a terminal without a centre would let it grow for ever. Main context
 * only.
 */
MadoUpkeep *mado_upkeep_new (MadoOffice *office, guint every_ms);

/** Once the workers have stopped. */
void mado_upkeep_free (MadoUpkeep *upkeep);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoUpkeep, mado_upkeep_free)
