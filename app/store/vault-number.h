/* app/store/vault-number.h - library numbers once given, each to one application for good. Private
 * to the room.
 *
 * Kept under a keyed digest and sealed under the application's key: after a purge the number stays
 * burned, and nobody can read it. */
#pragma once
#include "app/store/vault.h"

/**
 * mado_vault_claim_number:
 * @ret_rival: (out) (transfer full): %NULL when @number is now @application's; else the application
 *   that has it, @application itself when it gave it up before
 *
 * Within a transaction, after @application's key was kept.
 */
gboolean mado_vault_claim_number (MadoVault  *vault,
                                  const char *application,
                                  const char *number,
                                  char      **ret_rival,
                                  GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** @application gave it up: it is nobody's any more. Another application's number stays as it is;
 *  so does %NULL. */
gboolean mado_vault_retire_number (MadoVault  *vault,
                                   const char *application,
                                   const char *number,
                                   GError    **error) G_GNUC_WARN_UNUSED_RESULT;
