/* app/store/change.h - lines with their seq, head and state, out of a table. Private to the room.
 */
#pragma once
#include "app/store/line.h"
#include "app/store/rows.h"

/** (element-type MadoLineChange): @rows has application, seq, head and state, or is %NULL as for
 *  mado_rows_list(). */
GPtrArray *mado_changes_read (MadoRows *rows, GError **error) G_GNUC_WARN_UNUSED_RESULT;
