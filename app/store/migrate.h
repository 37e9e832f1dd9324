/* app/store/migrate.h - numbered steps from an empty file to today's. Private to the room. */
#pragma once
#include "app/store/database.h"

/* "MDOG": the `application_id` of our files. */
#define MADO_APPLICATION_ID 0x4D444F47

/**
 * mado_migrate:
 * @steps: scripts; step i leads to version i + 1. A step once released is never changed.
 *
 * Each step is one transaction with the file's new version in it. Headers and sealed bodies are
 * never rewritten.
 *
 * Returns: %FALSE with %MADO_STORE_ERROR_NEWER when the file has a version beyond @n_steps,
 * _REFUSED when it is another program's database
 */
gboolean mado_migrate (MadoDatabase      *database,
                       const char *const *steps,
                       guint              n_steps,
                       GError           **error) G_GNUC_WARN_UNUSED_RESULT;
