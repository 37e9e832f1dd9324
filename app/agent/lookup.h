/* app/agent/lookup.h - what the store can be asked: lists, one application, its own proof. */
#pragma once
#include "app/store/store.h"

/* Each blocks (disk worker) and returns (transfer full) JSON text, or %NULL with an error. */

/**
 * mado_lookup_applications:
 * @query: {"states":["received"],"since":"2026-11-20"}, both optional
 *
 * The applications document (ARCHITECTURE.md). %MADO_FAILURE_USAGE for another query.
 */
char *mado_lookup_applications (MadoStore *store, const char *query, GError **error);

/** One application: what the list says of it, and its fold with the fields. */
char *mado_lookup_show (MadoStore *store, const char *application, GError **error);

/** The answer of mado_store_verify(). */
char *mado_lookup_verify (MadoStore *store, GError **error);
