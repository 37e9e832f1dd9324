/* app/base/failure.h - the catalogue of what can stop a piece of work, as people and scripts see
 * it.
 *
 * A room raises its own GError; whoever faces a person or a script names the failure by this table.
 * Codes are stable: scripts match on `code` and the exit status, staff read the short slip code,
 * and the sentences of the screens are kept in ui/ under the same names.
 */
#pragma once
#include <glib.h>

typedef enum {
  MADO_FAILURE_NONE,
  MADO_FAILURE_INTERNAL,
  MADO_FAILURE_USAGE,
  MADO_FAILURE_FILE,
  MADO_FAILURE_SERVICE_DOWN,
  MADO_FAILURE_NO_READER,
  MADO_FAILURE_NO_CARD,
  MADO_FAILURE_WRONG_CARD,
  MADO_FAILURE_PHONE,
  MADO_FAILURE_NO_CERTIFICATE,
  MADO_FAILURE_SEVERAL_CARDS,
  MADO_FAILURE_PIN_WRONG,
  MADO_FAILURE_PIN_BLOCKED,
  MADO_FAILURE_PIN_MALFORMED,
  MADO_FAILURE_LAST_TRY,
  MADO_FAILURE_CARD_REMOVED,
  MADO_FAILURE_CARD_SILENT,
  MADO_FAILURE_CARD_ODD,
  MADO_FAILURE_READER_BUSY,
  MADO_FAILURE_UNTRUSTED,
  MADO_FAILURE_EXPIRED,
  MADO_FAILURE_REVOKED,
  MADO_FAILURE_NOT_CHECKED,
  MADO_FAILURE_OUT_OF_AREA,
  MADO_FAILURE_AREA_UNKNOWN,
  MADO_FAILURE_FIELD,
  MADO_FAILURE_CONSENT,
  MADO_FAILURE_BUSY,
  MADO_FAILURE_MOVED,
  MADO_FAILURE_NOT_FOUND,
  MADO_FAILURE_DISK_FULL,
  MADO_FAILURE_STORE,
  MADO_FAILURE_STORE_HELD,
  MADO_FAILURE_MEMORY_UNLOCKABLE,
  MADO_FAILURE_AGENT_UNREACHABLE,
  MADO_FAILURE_SERVER_UNREACHABLE,
  MADO_FAILURE_SERVER_REFUSED,
  MADO_FAILURE_NOT_ALLOWED,
  MADO_FAILURE_LAST_ENTRY,
} MadoFailure;

/** "MADO_PIN_WRONG" and its like: `error.code` of every JSON answer. */
const char *mado_failure_code (MadoFailure failure);

/** The failure with that code; %MADO_FAILURE_INTERNAL for a code nobody knows. */
MadoFailure mado_failure_from_code (const char *code);

/** Exit status of `madoguchictl`, as its man page lists them. */
int mado_failure_exit_status (MadoFailure failure);

/** The short code staff read aloud: "P11"; "Z99" where the screens have no sentence of their own.
 */
const char *mado_failure_slip (MadoFailure failure);
