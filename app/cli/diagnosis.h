/* app/cli/diagnosis.h - what is wrong, and what to do next. */
#pragma once
#include "pcsc/trace.h"

#include <json-glib/json-glib.h>

/**
 * mado_diagnose_card:
 * @reader: (nullable): look only there
 * @trace: of what is sent to the card
 * @ret_status: %MADO_CLI_NO when a finding is wrong, or 0
 *
 * Blocks (smart-card service, card). Spends no try.
 *
 * Returns: (transfer full): {"findings":[{"code","ok","message","next"}]}
 */
JsonObject *mado_diagnose_card (const char *reader, MadoTrace *trace, int *ret_status);

/**
 * mado_diagnose_agent:
 * @status: the status document
 *
 * What its lights and alarms say, in the same form. Pure.
 */
JsonObject *mado_diagnose_agent (JsonObject *status, int *ret_status);

/** A finding in the same form; @problem is a code of the catalogue, "MADO_OK" for none. */
void
mado_diagnosis_add (JsonObject *diagnosis, const char *code, const char *message, const char *next);
