#include "app/central/exchange.h"

#include "app/base/log.h"
#include "app/store/error.h"

#define RETRY_S 30

MadoReply *
mado_exchange_fault (const MadoExchange *exchange, const GError *fault)
{
  gboolean repairable
      = fault->domain == MADO_STORE_ERROR
        && (fault->code == MADO_STORE_ERROR_FULL || fault->code == MADO_STORE_ERROR_IO
            || fault->code == MADO_STORE_ERROR_NOT_WRITABLE
            || fault->code == MADO_STORE_ERROR_DAMAGED);

  mado_log (G_LOG_LEVEL_WARNING, "a request failed", "ROUTE", exchange->path, "FAULT",
            fault->message, NULL);
  MadoReply *reply
      = repairable ? mado_reply_fault (503, "store", "the store cannot be written now")
                   : mado_reply_fault (500, "internal", "the server failed; its log says why");
  reply->retry_after = repairable ? RETRY_S : 0;
  return reply;
}
