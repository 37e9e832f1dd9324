/* app/agent/acts.h - a finished sitting as events of the journal. */
#pragma once
#include "app/agent/form.h"
#include "app/store/store.h"

/* What one click writes; a plain value. */
typedef struct {
  MadoAct acts[3];
  gsize   n_acts;
} MadoActs;

/**
 * mado_acts_of_form:
 * @branch: of this terminal
 * @channel: "counter" or "kiosk"
 *
 * `submitted`; with a number also `accepted` and `number_bound`, of a provisional application only
 * the number. Papers are typed by staff, unless nobody of them is there. Clear with
 * mado_acts_clear().
 */
void mado_acts_of_form (const MadoForm *form,
                        const char     *branch,
                        const char     *channel,
                        MadoActs       *ret_acts);
void mado_acts_clear (MadoActs *acts);

/**
 * mado_acts_result:
 *
 * Returns: (transfer full): the answer of `register` for @application, just stored
 */
JsonObject *mado_acts_result (const MadoForm *form, const MadoApplication *application);
