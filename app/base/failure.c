#include "app/base/failure.h"

static const struct {
  const char *code;
  int         exit_status;
  const char *slip;
} catalogue[] = {
  [MADO_FAILURE_NONE] = { "MADO_OK", 0, "" },
  [MADO_FAILURE_INTERNAL] = { "MADO_INTERNAL", 1, "Z99" },
  [MADO_FAILURE_USAGE] = { "MADO_USAGE", 2, "Z99" },
  [MADO_FAILURE_FILE] = { "MADO_FILE", 2, "Z99" },
  [MADO_FAILURE_SERVICE_DOWN] = { "MADO_SERVICE_DOWN", 3, "R01" },
  [MADO_FAILURE_NO_READER] = { "MADO_NO_READER", 3, "R02" },
  [MADO_FAILURE_NO_CARD] = { "MADO_NO_CARD", 4, "C01" },
  [MADO_FAILURE_WRONG_CARD] = { "MADO_WRONG_CARD", 5, "C02" },
  [MADO_FAILURE_PHONE] = { "MADO_PHONE", 5, "C03" },
  [MADO_FAILURE_NO_CERTIFICATE] = { "MADO_NO_CERTIFICATE", 5, "C05" },
  [MADO_FAILURE_SEVERAL_CARDS] = { "MADO_SEVERAL_CARDS", 5, "C07" },
  [MADO_FAILURE_PIN_WRONG] = { "MADO_PIN_WRONG", 6, "P11" },
  [MADO_FAILURE_PIN_BLOCKED] = { "MADO_PIN_BLOCKED", 7, "P13" },
  [MADO_FAILURE_PIN_MALFORMED] = { "MADO_PIN_MALFORMED", 8, "P10" },
  [MADO_FAILURE_LAST_TRY] = { "MADO_LAST_TRY", 8, "P12" },
  [MADO_FAILURE_CARD_REMOVED] = { "MADO_CARD_REMOVED", 9, "C04" },
  [MADO_FAILURE_CARD_SILENT] = { "MADO_CARD_SILENT", 9, "R03" },
  [MADO_FAILURE_CARD_ODD] = { "MADO_CARD_ODD", 10, "V24" },
  [MADO_FAILURE_READER_BUSY] = { "MADO_READER_BUSY", 15, "R04" },
  [MADO_FAILURE_UNTRUSTED] = { "MADO_UNTRUSTED", 11, "V20" },
  [MADO_FAILURE_EXPIRED] = { "MADO_EXPIRED", 11, "V21" },
  [MADO_FAILURE_REVOKED] = { "MADO_REVOKED", 11, "V22" },
  [MADO_FAILURE_NOT_CHECKED] = { "MADO_NOT_CHECKED", 12, "V23" },
  [MADO_FAILURE_OUT_OF_AREA] = { "MADO_OUT_OF_AREA", 11, "E30" },
  [MADO_FAILURE_AREA_UNKNOWN] = { "MADO_AREA_UNKNOWN", 12, "E31" },
  [MADO_FAILURE_FIELD] = { "MADO_FIELD", 2, "F50" },
  [MADO_FAILURE_CONSENT] = { "MADO_CONSENT", 2, "F51" },
  [MADO_FAILURE_BUSY] = { "MADO_BUSY", 15, "S81" },
  [MADO_FAILURE_MOVED] = { "MADO_MOVED", 1, "X90" },
  [MADO_FAILURE_NOT_FOUND] = { "MADO_NOT_FOUND", 2, "X91" },
  [MADO_FAILURE_DISK_FULL] = { "MADO_DISK_FULL", 1, "Y71" },
  [MADO_FAILURE_STORE] = { "MADO_STORE", 1, "Y72" },
  [MADO_FAILURE_STORE_HELD] = { "MADO_STORE_HELD", 1, "Y73" },
  [MADO_FAILURE_MEMORY_UNLOCKABLE] = { "MADO_MEMORY_UNLOCKABLE", 1, "S82" },
  [MADO_FAILURE_AGENT_UNREACHABLE] = { "MADO_AGENT_UNREACHABLE", 13, "S80" },
  [MADO_FAILURE_SERVER_UNREACHABLE] = { "MADO_SERVER_UNREACHABLE", 13, "Y70" },
  [MADO_FAILURE_SERVER_REFUSED] = { "MADO_SERVER_REFUSED", 14, "Y74" },
  [MADO_FAILURE_NOT_ALLOWED] = { "MADO_NOT_ALLOWED", 14, "S83" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (catalogue) == MADO_FAILURE_LAST_ENTRY);

const char *
mado_failure_code (MadoFailure failure)
{
  return catalogue[failure].code;
}

MadoFailure
mado_failure_from_code (const char *code)
{
  for (int failure = 0; failure < MADO_FAILURE_LAST_ENTRY; failure++)
    if (g_str_equal (catalogue[failure].code, code))
      return failure;
  return MADO_FAILURE_INTERNAL;
}

int
mado_failure_exit_status (MadoFailure failure)
{
  return catalogue[failure].exit_status;
}

const char *
mado_failure_slip (MadoFailure failure)
{
  return catalogue[failure].slip;
}
