#include "app/agent/failure.h"

#include "app/agent/error.h"
#include "app/authservice/error.h"
#include "app/base/config.h"
#include "app/base/error.h"
#include "app/domain/error.h"
#include "app/store/error.h"
#include "app/sync/error.h"
#include "certs/error.h"
#include "pcsc/error.h"

typedef struct {
  int         code;
  MadoFailure failure;
} Meaning;

static const Meaning base[] = {
  { MADO_BASE_ERROR_UNLOCKABLE, MADO_FAILURE_MEMORY_UNLOCKABLE },
  { MADO_BASE_ERROR_TOO_LONG, MADO_FAILURE_PIN_MALFORMED },
  { MADO_BASE_ERROR_TRUNCATED, MADO_FAILURE_USAGE },
  { MADO_BASE_ERROR_MALFORMED, MADO_FAILURE_USAGE },
  { MADO_BASE_ERROR_IO, MADO_FAILURE_FILE },
};

static const Meaning config[] = {
  { MADO_CONFIG_ERROR_UNREADABLE, MADO_FAILURE_FILE },
  { MADO_CONFIG_ERROR_INVALID, MADO_FAILURE_USAGE },
};

static const Meaning pcsc[] = {
  { MADO_PCSC_ERROR_NO_SERVICE, MADO_FAILURE_SERVICE_DOWN },
  { MADO_PCSC_ERROR_NO_READER, MADO_FAILURE_NO_READER },
  { MADO_PCSC_ERROR_NO_CARD, MADO_FAILURE_NO_CARD },
  { MADO_PCSC_ERROR_WRONG_CARD, MADO_FAILURE_WRONG_CARD },
  { MADO_PCSC_ERROR_NO_CERTIFICATE, MADO_FAILURE_NO_CERTIFICATE },
  { MADO_PCSC_ERROR_SEVERAL_CARDS, MADO_FAILURE_SEVERAL_CARDS },
  { MADO_PCSC_ERROR_PIN_MALFORMED, MADO_FAILURE_PIN_MALFORMED },
  { MADO_PCSC_ERROR_PIN_WRONG, MADO_FAILURE_PIN_WRONG },
  { MADO_PCSC_ERROR_LAST_TRY, MADO_FAILURE_LAST_TRY },
  { MADO_PCSC_ERROR_PIN_LOCKED, MADO_FAILURE_PIN_BLOCKED },
  { MADO_PCSC_ERROR_CARD_REMOVED, MADO_FAILURE_CARD_REMOVED },
  { MADO_PCSC_ERROR_TIMEOUT, MADO_FAILURE_CARD_SILENT },
  { MADO_PCSC_ERROR_PROTOCOL, MADO_FAILURE_CARD_ODD },
  { MADO_PCSC_ERROR_BUSY, MADO_FAILURE_READER_BUSY },
  { MADO_PCSC_ERROR_FORBIDDEN, MADO_FAILURE_INTERNAL },
  { MADO_PCSC_ERROR_TRACE, MADO_FAILURE_FILE },
};

/* Of a card: whoever reads a file of a user's says so before asking here. */
static const Meaning certs[] = {
  { MADO_CERTS_ERROR_MALFORMED, MADO_FAILURE_CARD_ODD },
  { MADO_CERTS_ERROR_NO_PERSON, MADO_FAILURE_CARD_ODD },
  { MADO_CERTS_ERROR_SIGNATURE, MADO_FAILURE_CARD_ODD },
  { MADO_CERTS_ERROR_UNTRUSTED, MADO_FAILURE_NOT_CHECKED },
  { MADO_CERTS_ERROR_STALE, MADO_FAILURE_NOT_CHECKED },
  { MADO_CERTS_ERROR_OTHER_CERT, MADO_FAILURE_NOT_CHECKED },
  { MADO_CERTS_ERROR_OTHER_NONCE, MADO_FAILURE_NOT_CHECKED },
  { MADO_CERTS_ERROR_REFUSED, MADO_FAILURE_NOT_CHECKED },
  { MADO_CERTS_ERROR_CRYPTO, MADO_FAILURE_INTERNAL },
};

static const Meaning domain[] = {
  { MADO_DOMAIN_ERROR_HEADER, MADO_FAILURE_STORE },
  { MADO_DOMAIN_ERROR_RULES, MADO_FAILURE_FILE },
};

static const Meaning store[] = {
  { MADO_STORE_ERROR_HELD, MADO_FAILURE_STORE_HELD },
  { MADO_STORE_ERROR_NOT_WRITABLE, MADO_FAILURE_STORE },
  { MADO_STORE_ERROR_FULL, MADO_FAILURE_DISK_FULL },
  { MADO_STORE_ERROR_DAMAGED, MADO_FAILURE_STORE },
  { MADO_STORE_ERROR_NEWER, MADO_FAILURE_STORE },
  { MADO_STORE_ERROR_MOVED, MADO_FAILURE_MOVED },
  { MADO_STORE_ERROR_FOLD, MADO_FAILURE_MOVED },
  { MADO_STORE_ERROR_KEY, MADO_FAILURE_STORE },
  { MADO_STORE_ERROR_NOT_FOUND, MADO_FAILURE_NOT_FOUND },
  { MADO_STORE_ERROR_JOURNAL, MADO_FAILURE_STORE },
  { MADO_STORE_ERROR_EPOCH, MADO_FAILURE_STORE },
  { MADO_STORE_ERROR_IO, MADO_FAILURE_STORE },
  { MADO_STORE_ERROR_REFUSED, MADO_FAILURE_STORE },
};

static const Meaning sync_meanings[] = {
  { MADO_SYNC_ERROR_UNREACHABLE, MADO_FAILURE_SERVER_UNREACHABLE },
  { MADO_SYNC_ERROR_TIMEOUT, MADO_FAILURE_SERVER_UNREACHABLE },
  { MADO_SYNC_ERROR_BUSY, MADO_FAILURE_SERVER_UNREACHABLE },
  { MADO_SYNC_ERROR_PROTOCOL, MADO_FAILURE_SERVER_UNREACHABLE },
  { MADO_SYNC_ERROR_TLS, MADO_FAILURE_SERVER_REFUSED },
  { MADO_SYNC_ERROR_REFUSED, MADO_FAILURE_SERVER_REFUSED },
  { MADO_SYNC_ERROR_NOT_ENROLLED, MADO_FAILURE_NOT_ALLOWED },
  { MADO_SYNC_ERROR_FILE, MADO_FAILURE_FILE },
  { MADO_SYNC_ERROR_IO, MADO_FAILURE_STORE },
};

static const Meaning auth_meanings[] = {
  { MADO_AUTH_ERROR_DRIVER, MADO_FAILURE_USAGE },
  { MADO_AUTH_ERROR_SOURCE, MADO_FAILURE_USAGE },
  { MADO_AUTH_ERROR_ANCHORS, MADO_FAILURE_FILE },
};

static const struct {
  GQuark (*quark) (void);
  const Meaning *meanings;
  gsize          n_meanings;
} rooms[] = {
  { mado_base_error_quark, base, G_N_ELEMENTS (base) },
  { mado_config_error_quark, config, G_N_ELEMENTS (config) },
  { mado_pcsc_error_quark, pcsc, G_N_ELEMENTS (pcsc) },
  { mado_certs_error_quark, certs, G_N_ELEMENTS (certs) },
  { mado_domain_error_quark, domain, G_N_ELEMENTS (domain) },
  { mado_store_error_quark, store, G_N_ELEMENTS (store) },
  { mado_sync_error_quark, sync_meanings, G_N_ELEMENTS (sync_meanings) },
  { mado_auth_error_quark, auth_meanings, G_N_ELEMENTS (auth_meanings) },
};

MadoFailure
mado_failure_of (const GError *error)
{
  if (error->domain == MADO_AGENT_ERROR)
    return error->code;
  for (gsize r = 0; r < G_N_ELEMENTS (rooms); r++)
    for (gsize i = 0; error->domain == rooms[r].quark () && i < rooms[r].n_meanings; i++)
      if (rooms[r].meanings[i].code == error->code)
        return rooms[r].meanings[i].failure;
  return MADO_FAILURE_INTERNAL;
}

const char *
mado_failure_clause (MadoFailure failure)
{
  switch (failure) {
  case MADO_FAILURE_PIN_WRONG:
  case MADO_FAILURE_PIN_BLOCKED:
  case MADO_FAILURE_LAST_TRY:
    return "ISO/IEC 7816-4 §11.5.6";
  case MADO_FAILURE_PIN_MALFORMED:
    return "JPKI: 4 digits, or 6 to 16 of A-Z 0-9";
  case MADO_FAILURE_NO_CERTIFICATE:
    return "JPKI EF 0008";
  case MADO_FAILURE_CARD_ODD:
  case MADO_FAILURE_CARD_SILENT:
    return "ISO/IEC 7816-4 §5.6";
  case MADO_FAILURE_UNTRUSTED:
    return "RFC 5280 §6.1";
  case MADO_FAILURE_EXPIRED:
    return "RFC 5280 §4.1.2.5";
  case MADO_FAILURE_REVOKED:
  case MADO_FAILURE_NOT_CHECKED:
    return "RFC 6960 §2.2";
  default:
    return "madoguchictl(1) EXIT STATUS";
  }
}
