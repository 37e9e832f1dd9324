#include "app/store/centre-inner.h"

#include "app/base/random.h"

#include <openssl/crypto.h>
#include <string.h>

#define LABEL "madoguchi/password/1\n"
#define SALT_LEN 16
#define ID_MAX 32

/* --- passwords ------------------------------------------------------------------------------- */

/* 20 of 31 characters nobody mixes up: 99 bits, so a plain digest is slow enough to search. */
static char *
make_password (void)
{
  static const char alphabet[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
  GString          *password = g_string_new (NULL);

  for (guint n = 0; n < 20;) {
    guint8 octet;
    mado_random (&octet, 1);
    if ((octet & 31) >= sizeof alphabet - 1)
      continue;
    if (n > 0 && n % 5 == 0)
      g_string_append_c (password, '-');
    g_string_append_c (password, alphabet[octet & 31]);
    n++;
  }
  return g_string_free (password, FALSE);
}

static void
digest_of (GBytes *salt, const void *password, gsize len, guint8 ret_digest[32])
{
  gsize         salt_len = 0;
  gconstpointer octets = g_bytes_get_data (salt, &salt_len);

  mado_sha256_of (ret_digest, LABEL, strlen (LABEL), octets, salt_len, password, len, NULL);
}

static gboolean
is_id (const char *id)
{
  if (*id == '\0' || strlen (id) > ID_MAX || g_str_equal (id, "S"))
    return FALSE;
  for (const char *at = id; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-' && *at != '_')
      return FALSE;
  return TRUE;
}

static gboolean
write_terminal (
    MadoCentre *centre, const char *id, const char *branch, const char *password, GError **error)
{
  guint8 octets[SALT_LEN], digest[32];

  mado_random (octets, sizeof octets);
  g_autoptr (GBytes) salt = g_bytes_new (octets, sizeof octets);
  digest_of (salt, password, strlen (password), digest);
  return mado_vault_write (
      centre->vault, error,
      MADO_TWICE (
          "INSERT INTO ",
          "terminal(id, branch, salt, password, revoked, added) VALUES(?1, ?2, ?3, ?4, 0, ?5)"
          " ON CONFLICT(id) DO UPDATE SET branch = ?2, salt = ?3, password = ?4"),
      "ttbdi", id, branch, salt, digest, mado_clock_now_ms (centre->clock));
}

char *
mado_centre_add_terminal (MadoCentre *centre, const char *id, const char *branch, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autofree char *password = make_password ();

  if (!is_id (id)) {
    mado_store_raise (error, MADO_STORE_ERROR_REFUSED,
                      "a terminal's id has 1 to %d of A-Z a-z 0-9 - _, and \"S\" is the centre",
                      ID_MAX);
    return NULL;
  }
  if (!mado_vault_begin (centre->vault, error)
      || !mado_vault_end (centre->vault, write_terminal (centre, id, branch, password, error),
                          error))
    return NULL;
  return g_steal_pointer (&password);
}

static gboolean
load_password (
    MadoCentre *centre, const char *id, GBytes **ret_salt, guint8 ret_digest[32], GError **error)
{
  g_autoptr (MadoRows) rows = mado_rows_new (centre->vault->database, error,
                                             "SELECT salt, password FROM main.terminal WHERE id = ?"
                                             " AND password IS NOT NULL",
                                             "t", id);
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_salt = there ? mado_rows_bytes (rows, 0) : NULL;
  if (there)
    mado_rows_digest (rows, 1, ret_digest);
  return TRUE;
}

/* One message for all reasons: whoever guesses learns nothing. */
static gboolean
check_password (MadoCentre *centre, const char *id, const void *password, gsize len, GError **error)
{
  g_autoptr (GBytes) salt = NULL;
  guint8 wanted[32], digest[32];

  if (!load_password (centre, id, &salt, wanted, error))
    return FALSE;
  if (salt != NULL) {
    digest_of (salt, password, len, digest);
    if (CRYPTO_memcmp (digest, wanted, sizeof digest) == 0)
      return TRUE;
  }
  return mado_store_raise (error, MADO_STORE_ERROR_REFUSED,
                           "terminal unknown, or its one-time password wrong or used");
}

gboolean
mado_centre_check_password (
    MadoCentre *centre, const char *id, const void *password, gsize len, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  return check_password (centre, id, password, len, error);
}

gboolean
mado_centre_enrol_terminal (MadoCentre  *centre,
                            const char  *id,
                            const void  *password,
                            gsize        len,
                            const guint8 fingerprint[32],
                            GError     **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  if (!mado_vault_begin (centre->vault, error))
    return FALSE;
  gboolean good
      = check_password (centre, id, password, len, error)
        && mado_vault_write (
            centre->vault, error,
            MADO_TWICE ("UPDATE ", "terminal SET salt = NULL, password = NULL, fingerprint = ?,"
                                   " revoked = 0 WHERE id = ?"),
            "dt", fingerprint, id);
  return mado_vault_end (centre->vault, good, error);
}

/* --- certificates ---------------------------------------------------------------------------- */

void
mado_centre_terminal_free (MadoCentreTerminal *terminal)
{
  if (terminal == NULL)
    return;
  g_free (terminal->id);
  g_free (terminal->branch);
  g_free (terminal);
}

static gpointer
terminal_of_row (MadoRows *rows)
{
  MadoCentreTerminal *terminal = g_new0 (MadoCentreTerminal, 1);

  terminal->id = g_strdup (mado_rows_text (rows, 0));
  terminal->branch = g_strdup (mado_rows_text (rows, 1));
  terminal->enrolled = !mado_rows_is_null (rows, 2);
  terminal->revoked = mado_rows_integer (rows, 3) != 0;
  return terminal;
}

static MadoCentreTerminal *
the_terminal (MadoRows *rows, GError **error)
{
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return NULL;
  if (there)
    return terminal_of_row (rows);
  mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no such terminal");
  return NULL;
}

MadoCentreTerminal *
mado_centre_terminal_by_certificate (MadoCentre  *centre,
                                     const guint8 fingerprint[32],
                                     GError     **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->vault->database, error,
      "SELECT id, branch, fingerprint, revoked FROM main.terminal WHERE fingerprint = ?", "d",
      fingerprint);

  return the_terminal (rows, error);
}

MadoCentreTerminal *
mado_centre_terminal_by_id (MadoCentre *centre, const char *id, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->vault->database, error,
      "SELECT id, branch, fingerprint, revoked FROM main.terminal WHERE id = ?", "t", id);

  return the_terminal (rows, error);
}

GPtrArray *
mado_centre_terminals (MadoCentre *centre, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);
  g_autoptr (MadoRows) rows = mado_rows_new (
      centre->vault->database, error,
      "SELECT id, branch, fingerprint, revoked FROM main.terminal ORDER BY id", "");

  return mado_rows_list (rows, terminal_of_row, (GDestroyNotify)mado_centre_terminal_free, error);
}

static gboolean
must_exist (MadoCentre *centre, GError **error)
{
  return mado_database_changed (centre->vault->database) > 0
         || mado_store_raise (error, MADO_STORE_ERROR_NOT_FOUND, "no such terminal");
}

gboolean
mado_centre_renew_terminal (MadoCentre  *centre,
                            const guint8 old_fingerprint[32],
                            const guint8 fingerprint[32],
                            GError     **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  if (!mado_vault_begin (centre->vault, error))
    return FALSE;
  gboolean good
      = mado_vault_write (centre->vault, error,
                          MADO_TWICE ("UPDATE ", "terminal SET fingerprint = ?"
                                                 " WHERE fingerprint = ? AND revoked = 0"),
                          "dd", fingerprint, old_fingerprint)
        && must_exist (centre, error);
  return mado_vault_end (centre->vault, good, error);
}

/* A password not used yet goes, too: revoked means out. */
gboolean
mado_centre_revoke_terminal (MadoCentre *centre, const char *id, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&centre->mutex);

  if (!mado_vault_begin (centre->vault, error))
    return FALSE;
  gboolean good = mado_vault_write (centre->vault, error,
                                    MADO_TWICE ("UPDATE ", "terminal SET revoked = 1, salt = NULL,"
                                                           " password = NULL WHERE id = ?"),
                                    "t", id)
                  && must_exist (centre, error);
  return mado_vault_end (centre->vault, good, error);
}
