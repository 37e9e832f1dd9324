/* app/store/referee.h - what no single line can see: one number twice, one person twice. Private to
 * the room. */
#pragma once
#include "app/store/centre-inner.h"

/**
 * mado_referee_look:
 * @events: (element-type MadoEvent): the line just stored, bodies open
 * @now: what they add up to; moved on by what is appended to it
 *
 * In the transaction that stores the line. A number that is another application's, or was retired,
 * is taken off this line, which is flagged `number_taken`. When an application of the same person
 * (folded name and complete birth date) is there, neither rejected, withdrawn nor purged, this line
 * and that one are flagged `same_person`, each naming the other: of several the one born last
 * before this one, else the first after it. So nobody of many is without a flag, and no line grows
 * with their number.
 */
gboolean mado_referee_look (MadoCentre      *centre,
                            GPtrArray       *events,
                            MadoApplication *now,
                            GError         **error) G_GNUC_WARN_UNUSED_RESULT;
