/* app/agent/access.h - who may speak to the agent, and what about. */
#pragma once
#include <glib.h>
#include <sys/types.h>

typedef enum {
  MADO_ROLE_NONE,  /* every call answers MADO_NOT_ALLOWED */
  MADO_ROLE_KIOSK, /* its own sitting and nothing else */
  MADO_ROLE_STAFF, /* everything */
} MadoRole;

/**
 * mado_access_role:
 * @uid: the peer's, from the kernel
 * @own_uid: the agent's
 * @user: name of @uid, or %NULL when it has none
 * @staff: names from [access] staff, separated by blanks, commas or semicolons
 * @kiosk: the same for [access] kiosk; a name in both is staff
 *
 * Root and the agent's own user are staff. Pure.
 */
MadoRole
mado_access_role (uid_t uid, uid_t own_uid, const char *user, const char *staff, const char *kiosk);

/**
 * mado_access_warn:
 * @users: as @staff above
 *
 * Logs each name no user of this machine has. It is no reason to stop: a directory service may not
 * know its users yet, and who connects is looked up then. Blocks (name service).
 */
void mado_access_warn (const char *users);
