/* app/agent/enrolment.h - how this terminal becomes known to the centre. */
#pragma once
#include "app/agent/exchange.h"
#include "app/base/secret.h"

/**
 * mado_enrolment_run:
 * @office: works on its exchange worker
 * @server: https URL, kept in the state directory where the settings name none
 * @terminal: must be the settings' id
 * @password: (transfer full): the one-time password
 *
 * The answer is {"terminal","server","box_key"}; an exchange follows.
 */
void mado_enrolment_run (MadoOffice   *office,
                         MadoExchange *exchange,
                         const char   *server,
                         const char   *terminal,
                         MadoSecret   *password,
                         MadoExchanged done,
                         gpointer      data);
