/* app/agent/exchange.h - when this terminal speaks to the centre. */
#pragma once
#include "app/agent/office.h"
#include "app/agent/status.h"

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

/** The server that enrolment named, for exchanges where the settings name none. Blocks (disk). */
gboolean mado_exchange_keep_url (const MadoOffice *office, const char *url, GError **error);

/** The centre may know this terminal now: the light, and an exchange when it does. */
void mado_exchange_enrolled (MadoExchange *exchange);
