#include "app/store/vault.h"

#include "app/base/random.h"
#include "app/store/migrate.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <string.h>

#define KEK_CHECK "kek-check"
#define FIRST_BOX "k1"
#define MAC_KEY "mac-key"

static const char *const tables[] = { "app_key",   "ledger", "number", "plan",    "lease",
                                      "challenge", "sent",   "meta",   "box_key", "terminal" };

/* --- opening --------------------------------------------------------------------------------- */

/* A damaged vault is nothing to go on without: people decide, with the mirror at hand. */
static MadoDatabase *
open_file (const char *path, GError **error)
{
  g_autoptr (MadoDatabase) database = mado_database_open (path, error);

  if (database == NULL || !mado_database_check (database, error)
      || !mado_migrate (database, mado_vault_steps, mado_vault_n_steps, error))
    return NULL;
  return g_steal_pointer (&database);
}

static gboolean
attach_mirror (MadoDatabase *database, const char *mirror_path, GError **error)
{
  g_autoptr (MadoDatabase) mirror = open_file (mirror_path, error);

  if (mirror == NULL)
    return FALSE;
  g_clear_pointer (&mirror, mado_database_free);
  return mado_database_write (database, error, "ATTACH ? AS mirror", "t", mirror_path)
         && mado_database_run (database,
                               "PRAGMA mirror.synchronous=FULL; PRAGMA mirror.secure_delete=ON;"
                               "PRAGMA mirror.cell_size_check=ON;",
                               error);
}

static gboolean
serials (MadoDatabase *database, gint64 *ret_here, gint64 *ret_mirror, GError **error)
{
  return mado_database_number (database, 0, ret_here, error,
                               "SELECT value FROM main.meta WHERE key = 'serial'", "")
         && mado_database_number (database, 0, ret_mirror, error,
                                  "SELECT value FROM mirror.meta WHERE key = 'serial'", "");
}

static gboolean
copy_to_mirror (MadoDatabase *database, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *copy
        = g_strdup_printf ("DELETE FROM mirror.%s; INSERT INTO mirror.%s SELECT * FROM main.%s;",
                           tables[i], tables[i], tables[i]);
    if (!mado_database_run (database, copy, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
compare_with_mirror (MadoVault *vault, GError **error)
{
  gint64 here = 0, mirror = 0;

  if (!serials (vault->database, &here, &mirror, error))
    return FALSE;
  if (here < mirror)
    return mado_store_raise (error, MADO_STORE_ERROR_REFUSED,
                             "the vault (commit %" G_GINT64_FORMAT
                             ") is older than its mirror (commit %" G_GINT64_FORMAT
                             "): it must never go back",
                             here, mirror);
  /* A crash between the two commits of one transaction leaves the mirror one behind. */
  return here == mirror || copy_to_mirror (vault->database, error);
}

static gboolean
make_box_pair (MadoVault *vault, GError **error)
{
  guint8 public_key[MADO_BOX_KEY_LEN], private_key[MADO_BOX_KEY_LEN];

  mado_box_keypair_new (public_key, private_key);
  g_autoptr (GBytes) wrapped = mado_wrap_key (vault->kek, "box " FIRST_BOX, private_key);
  OPENSSL_cleanse (private_key, sizeof private_key);
  return mado_vault_write (vault, error, MADO_TWICE ("INSERT INTO ", "box_key VALUES(?, ?, ?, 1)"),
                           "tdb", FIRST_BOX, public_key, wrapped);
}

static gboolean
give_birth (MadoVault *vault, GError **error)
{
  static const guint8 nothing[MADO_KEY_LEN];
  g_autoptr (GBytes) check = mado_wrap_key (vault->kek, KEK_CHECK, nothing);

  return mado_vault_write (vault, error, MADO_TWICE ("INSERT INTO ", "meta VALUES(?, ?)"), "tb",
                           KEK_CHECK, check)
         && mado_vault_set_integer (vault, "epoch", 1, error) && make_box_pair (vault, error);
}

static gboolean
check_kek (MadoVault *vault, GError **error)
{
  g_autoptr (GBytes) known = NULL;
  guint8 key[MADO_KEY_LEN];

  if (!mado_meta_bytes (vault->database, KEK_CHECK, &known, error))
    return FALSE;
  return known != NULL ? mado_unwrap_key (vault->kek, KEK_CHECK, known, key, error)
                       : give_birth (vault, error);
}

static gboolean
load_box_pair (MadoVault *vault, GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (
      vault->database, error, "SELECT id, public FROM main.box_key ORDER BY made DESC LIMIT 1", "");
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  if (!there)
    return mado_store_raise (error, MADO_STORE_ERROR_DAMAGED, "the vault has no box key");
  vault->box_id = g_strdup (mado_rows_text (rows, 0));
  mado_rows_digest (rows, 1, vault->box_public);
  return TRUE;
}

/* A vault from before there was a referee has none yet. */
static gboolean
make_mac_key (MadoVault *vault, GError **error)
{
  mado_random (vault->mac_key, sizeof vault->mac_key);
  g_autoptr (GBytes) wrapped = mado_wrap_key (vault->kek, MAC_KEY, vault->mac_key);
  return mado_vault_write (vault, error, MADO_TWICE ("INSERT INTO ", "meta VALUES(?, ?)"), "tb",
                           MAC_KEY, wrapped);
}

static gboolean
load_mac_key (MadoVault *vault, GError **error)
{
  g_autoptr (GBytes) wrapped = NULL;

  if (!mado_meta_bytes (vault->database, MAC_KEY, &wrapped, error))
    return FALSE;
  return wrapped != NULL ? mado_unwrap_key (vault->kek, MAC_KEY, wrapped, vault->mac_key, error)
                         : make_mac_key (vault, error);
}

/* Under the write lock, where no other process is between its two commits. */
static gboolean
greet (MadoVault *vault, GError **error)
{
  if (!mado_vault_begin (vault, error))
    return FALSE;
  vault->changed = TRUE;
  gboolean good = compare_with_mirror (vault, error) && check_kek (vault, error)
                  && load_mac_key (vault, error) && load_box_pair (vault, error);
  return mado_vault_end (vault, good, error);
}

MadoVault *
mado_vault_open (const char *path, const char *mirror_path, GBytes *kek, GError **error)
{
  g_autoptr (MadoVault) vault = g_new0 (MadoVault, 1);

  vault->kek = g_bytes_ref (kek);
  vault->database = open_file (path, error);
  if (vault->database == NULL || !attach_mirror (vault->database, mirror_path, error)
      || !mado_database_run (vault->database, "PRAGMA wal_autocheckpoint=1000", error)
      || !greet (vault, error))
    return NULL;
  return g_steal_pointer (&vault);
}

void
mado_vault_free (MadoVault *vault)
{
  if (vault == NULL)
    return;
  g_clear_pointer (&vault->database, mado_database_free);
  g_clear_pointer (&vault->kek, g_bytes_unref);
  g_free (vault->box_id);
  OPENSSL_cleanse (vault->mac_key, sizeof vault->mac_key);
  g_free (vault);
}

/* --- transactions ---------------------------------------------------------------------------- */

gboolean
mado_vault_begin (MadoVault *vault, GError **error)
{
  vault->changed = FALSE;
  return mado_database_begin (vault->database, error);
}

static gboolean
count_commit (MadoVault *vault, GError **error)
{
  gint64 here = 0, mirror = 0;

  return serials (vault->database, &here, &mirror, error)
         && mado_vault_set_integer (vault, "serial", here + 1, error);
}

gboolean
mado_vault_end (MadoVault *vault, gboolean good, GError **error)
{
  gboolean commit = good && vault->changed;

  if (commit && !count_commit (vault, error))
    good = commit = FALSE;
  gboolean ended = mado_database_end (vault->database, commit, error);
  return good && (ended || !commit);
}

gboolean
mado_vault_write (MadoVault  *vault,
                  GError    **error,
                  const char *here,
                  const char *mirror,
                  const char *letters,
                  ...)
{
  va_list args, again;

  vault->changed = TRUE;
  va_start (args, letters);
  va_copy (again, args);
  gboolean good = mado_database_write_list (vault->database, error, here, letters, args)
                  && mado_database_write_list (vault->database, error, mirror, letters, again);
  va_end (again);
  va_end (args);
  return good;
}

gboolean
mado_vault_set_integer (MadoVault *vault, const char *key, gint64 value, GError **error)
{
  return mado_vault_write (
      vault, error, MADO_TWICE ("INSERT OR REPLACE INTO ", "meta VALUES(?, ?)"), "ti", key, value);
}

/* --- keys ------------------------------------------------------------------------------------ */

gboolean
mado_vault_keep_key (MadoVault   *vault,
                     const char  *application,
                     const guint8 key[MADO_KEY_LEN],
                     GError     **error)
{
  g_autoptr (GBytes) wrapped = mado_wrap_key (vault->kek, application, key);

  return mado_vault_write (vault, error,
                           MADO_TWICE ("INSERT OR REPLACE INTO ", "app_key VALUES(?, ?)"), "ub",
                           application, wrapped);
}

static gboolean
find_octets (MadoRows *rows, GBytes **ret_octets, GError **error)
{
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_octets = there ? mado_rows_bytes (rows, 0) : NULL;
  return TRUE;
}

gboolean
mado_vault_key (MadoVault  *vault,
                const char *application,
                guint8      ret_key[MADO_KEY_LEN],
                GError    **error)
{
  g_autoptr (GBytes) wrapped = NULL;
  g_autoptr (MadoRows) rows
      = mado_rows_new (vault->database, error,
                       "SELECT wrapped FROM main.app_key WHERE application = ?", "u", application);

  if (!find_octets (rows, &wrapped, error))
    return FALSE;
  if (wrapped == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_KEY, "the vault has no key of %s",
                             application);
  return mado_unwrap_key (vault->kek, application, wrapped, ret_key, error);
}

static gboolean
private_half (MadoVault  *vault,
              const char *box_key,
              guint8      ret_private[MADO_BOX_KEY_LEN],
              GError    **error)
{
  g_autoptr (GBytes) wrapped = NULL;
  g_autofree char *name = g_strconcat ("box ", box_key, NULL);
  g_autoptr (MadoRows) rows = mado_rows_new (
      vault->database, error, "SELECT wrapped FROM main.box_key WHERE id = ?", "t", box_key);

  if (!find_octets (rows, &wrapped, error))
    return FALSE;
  if (wrapped == NULL)
    return mado_store_raise (error, MADO_STORE_ERROR_KEY, "no box key of that id is kept");
  return mado_unwrap_key (vault->kek, name, wrapped, ret_private, error);
}

gboolean
mado_vault_unbox (MadoVault  *vault,
                  const char *box_key,
                  const char *application,
                  GBytes     *epk,
                  GBytes     *boxed,
                  guint8      ret_key[MADO_KEY_LEN],
                  GError    **error)
{
  guint8 private_key[MADO_BOX_KEY_LEN];

  gboolean opened = private_half (vault, box_key, private_key, error)
                    && mado_unbox_key (private_key, application, epk, boxed, ret_key, error);
  OPENSSL_cleanse (private_key, sizeof private_key);
  return opened;
}

void
mado_vault_mac (MadoVault *vault, const char *what, const char *text, guint8 ret_mac[32])
{
  g_autofree char *said = g_strconcat (what, "\n", text, NULL);
  unsigned int     len = 32;

  if (HMAC (EVP_sha256 (), vault->mac_key, sizeof vault->mac_key, (const guint8 *)said,
            strlen (said), ret_mac, &len)
      == NULL)
    g_error ("OpenSSL has no HMAC-SHA-256");
  OPENSSL_cleanse (said, strlen (said));
}

/* --- purge ----------------------------------------------------------------------------------- */

gboolean
mado_vault_is_purged (MadoVault *vault, const char *application, gboolean *ret_is, GError **error)
{
  gint64 found = 0;

  if (!mado_database_number (vault->database, 0, &found, error,
                             "SELECT 1 FROM main.ledger WHERE application = ?", "u", application))
    return FALSE;
  *ret_is = found != 0;
  return TRUE;
}

gboolean
mado_vault_purge (
    MadoVault *vault, const char *application, const char *rule, gint64 at, GError **error)
{
  return mado_vault_write (vault, error,
                           MADO_TWICE ("DELETE FROM ", "app_key WHERE application = ?"), "u",
                           application)
         && mado_vault_write (vault, error,
                              MADO_TWICE ("INSERT OR IGNORE INTO ", "ledger VALUES(?, ?, ?)"),
                              "uti", application, rule, at);
}
