#include "app/store/vault-number.h"

#include "app/base/random.h"
#include "app/domain/text.h"

#include <openssl/crypto.h>
#include <string.h>

/* As staff see it: the same digits in any width, with or without blanks. */
static void
mac_of (MadoVault *vault, const char *number, guint8 ret_mac[32])
{
  g_autofree char *folded = mado_text_fold (number);

  mado_vault_mac (vault, "number", folded, ret_mac);
}

static GBytes *
seal_number (MadoVault *vault, const char *application, const char *number, GError **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  guint8 key[MADO_KEY_LEN];

  if (!mado_vault_key (vault, application, key, error))
    return NULL;
  json_object_set_string_member (body, "number", number);
  GBytes *sealed = mado_seal_body (key, application, 0, "number", body, error);
  OPENSSL_cleanse (key, sizeof key);
  return sealed;
}

static gboolean
find_owner (
    MadoVault *vault, const guint8 mac[32], char **ret_owner, gboolean *ret_retired, GError **error)
{
  g_autoptr (MadoRows) rows
      = mado_rows_new (vault->database, error,
                       "SELECT application, retired FROM main.number WHERE mac = ?", "d", mac);
  gboolean there = FALSE;

  if (!mado_rows_first (rows, &there, error))
    return FALSE;
  *ret_owner = there ? mado_rows_uuid (rows, 0) : NULL;
  *ret_retired = there && mado_rows_integer (rows, 1) != 0;
  return TRUE;
}

gboolean
mado_vault_claim_number (
    MadoVault *vault, const char *application, const char *number, char **ret_rival, GError **error)
{
  g_autofree char *owner = NULL;
  gboolean         retired = FALSE;
  guint8           mac[32];

  mac_of (vault, number, mac);
  if (!find_owner (vault, mac, &owner, &retired, error))
    return FALSE;
  gboolean ours = owner == NULL || (strcmp (owner, application) == 0 && !retired);
  *ret_rival = ours ? NULL : g_strdup (owner);
  if (owner != NULL)
    return TRUE;
  g_autoptr (GBytes) sealed = seal_number (vault, application, number, error);
  return sealed != NULL
         && mado_vault_write (vault, error,
                              MADO_TWICE ("INSERT INTO ", "number VALUES(?, ?, ?, 0)"), "dub", mac,
                              application, sealed);
}

gboolean
mado_vault_retire_number (MadoVault  *vault,
                          const char *application,
                          const char *number,
                          GError    **error)
{
  guint8 mac[32];

  if (number == NULL)
    return TRUE;
  mac_of (vault, number, mac);
  return mado_vault_write (
      vault, error,
      MADO_TWICE ("UPDATE ", "number SET retired = 1 WHERE mac = ? AND application = ?"), "du", mac,
      application);
}
