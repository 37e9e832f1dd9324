/* app/store/vault.h - what the centre must never forget and never remember again. Private to the
 * room.
 *
 * Every write goes to the vault's file and to its mirror in one SQLite transaction, the vault's
 * file committing first. `serial` counts the commits: a vault behind its mirror was put back.
 */
#pragma once
#include "app/store/box.h"
#include "app/store/meta.h"

typedef struct {
  MadoDatabase *database; /* the vault, and its mirror as schema `mirror` */
  GBytes       *kek;
  gboolean      changed;               /* in the open transaction */
  guint8        mac_key[MADO_KEY_LEN]; /* for what must be found again and not read */
  char         *box_id;                /* of the newest pair */
  guint8        box_public[MADO_BOX_KEY_LEN];
} MadoVault;

MadoVault *mado_vault_open (const char *path, const char *mirror_path, GBytes *kek, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
void mado_vault_free (MadoVault *vault);

gboolean mado_vault_begin (MadoVault *vault, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/** Commits on both disks when @good and something changed, else rolls back. */
gboolean mado_vault_end (MadoVault *vault, gboolean good, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* One statement, spelled for the vault and for its mirror. */
#define MADO_TWICE(before, after) before "main." after, before "mirror." after

/** Within a transaction: the same statement on both files. */
gboolean mado_vault_write (MadoVault  *vault,
                           GError    **error,
                           const char *here,
                           const char *mirror,
                           const char *letters,
                           ...) G_GNUC_WARN_UNUSED_RESULT;

gboolean mado_vault_set_integer (MadoVault *vault, const char *key, gint64 value, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

gboolean mado_vault_keep_key (MadoVault   *vault,
                              const char  *application,
                              const guint8 key[MADO_KEY_LEN],
                              GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/** %FALSE with %MADO_STORE_ERROR_KEY when there is none. */
gboolean mado_vault_key (MadoVault  *vault,
                         const char *application,
                         guint8      ret_key[MADO_KEY_LEN],
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * mado_vault_mac:
 * @what: kind of @text: the same text of two kinds has nothing in common
 *
 * HMAC-SHA-256 (RFC 2104) of @what, a newline and @text under a key that never leaves the vault: a
 * name or a number out of a list can be tried only by who has that key.
 */
void mado_vault_mac (MadoVault *vault, const char *what, const char *text, guint8 ret_mac[32]);

/** Opens a box made for any pair still kept; %FALSE with %MADO_STORE_ERROR_KEY. */
gboolean mado_vault_unbox (MadoVault  *vault,
                           const char *box_key,
                           const char *application,
                           GBytes     *epk,
                           GBytes     *boxed,
                           guint8      ret_key[MADO_KEY_LEN],
                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;

gboolean mado_vault_is_purged (MadoVault  *vault,
                               const char *application,
                               gboolean   *ret_is,
                               GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/** Key away, ledger row there; within a transaction. */
gboolean mado_vault_purge (MadoVault  *vault,
                           const char *application,
                           const char *rule,
                           gint64      at,
                           GError    **error) G_GNUC_WARN_UNUSED_RESULT;

extern const char *const mado_vault_steps[];
extern const guint       mado_vault_n_steps;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoVault, mado_vault_free)
