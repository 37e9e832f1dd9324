/* app/agent/exchange.h - when this terminal speaks to the centre, and how it became known to it. */
#pragma once
#include "app/agent/office.h"
#include "app/agent/status.h"
#include "app/base/secret.h"

typedef struct _MadoExchange MadoExchange;

/** @status: told how each exchange ended; both stay the caller's. Main context only. */
MadoExchange *mado_exchange_new (MadoOffice *office, MadoStatus *status);
void          mado_exchange_free (MadoExchange *exchange);

/** An exchange now, and from then on by timer: the interval, or the back-off after a failure. */
void mado_exchange_soon (MadoExchange *exchange);

/**
 * MadoExchanged:
 * @result: (nullable): JSON text of what was done; stays the caller's
 * @error: (nullable): why nothing was
 */
typedef void (*MadoExchanged) (const char *result, const GError *error, gpointer data);

/** One exchange; the answer is {"given","refused","waiting","new_epoch"}. */
void mado_exchange_run (MadoExchange *exchange, MadoExchanged done, gpointer data);

/**
 * mado_exchange_enrol:
 * @server: https URL, kept in the state directory where the settings name none
 * @terminal: must be the settings' id
 * @password: (transfer full): the one-time password
 *
 * The answer is {"terminal","server","box_key"}; an exchange follows.
 */
void mado_exchange_enrol (MadoExchange *exchange,
                          const char   *server,
                          const char   *terminal,
                          MadoSecret   *password,
                          MadoExchanged done,
                          gpointer      data);
