#include "tests/card/applications.h"
#include "tests/card/basicfour.h"
#include "tests/card/error.h"
#include <openssl/pem.h>
#include <string.h>

/* Room of a certificate file; the certificate ends somewhere inside. */
#define CERT_FILE_SIZE 2560
#define TEXT_FILE_SIZE 1024
#define LABEL_LEN 32
#define TOKEN_INFO_LEN 160

static const guint8 jpki_aid[] = { 0xD3, 0x92, 0xF0, 0x00, 0x26, 0x01, 0x00, 0x00, 0x00, 0x01 };
static const guint8 text_aid[] = { 0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x08 };
static const guint8 surface_aid[] = { 0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x04, 0x02 };
static const guint8 common_aid[] = { 0xD3, 0x92, 0x10, 0x00, 0x31, 0x00, 0x01, 0x01, 0x01, 0x00 };

/* --- what the authority made --- */

static char *
card_file (const char *pki_dir, const MadoSimProfile *profile, const char *name)
{
  return g_build_filename (pki_dir, "cards", profile->name, name, NULL);
}

static gboolean
fill_from_file (MadoSimFile *file, const char *path, GError **error)
{
  g_autofree char *octets = NULL;
  g_autoptr (GError) why = NULL;
  gsize len;

  if (!g_file_get_contents (path, &octets, &len, &why))
    return mado_sim_raise (error, MADO_SIM_ERROR_KEY, "%s", why->message);
  mado_sim_file_fill (file, octets, len, CERT_FILE_SIZE);
  return TRUE;
}

/* A certificate that says of itself to be longer than the file it is in. */
static void
overstate_length (MadoSimFile *file)
{
  file->octets->data[2] = 0x7F;
}

static gboolean
load_key (MadoSimFile *file, const char *path, GError **error)
{
  BIO *in = BIO_new_file (path, "r");

  if (in != NULL)
    file->key = PEM_read_bio_PrivateKey (in, NULL, NULL, NULL);
  BIO_free (in);
  return file->key != NULL
             ? TRUE
             : mado_sim_raise (error, MADO_SIM_ERROR_KEY, "%s: expected a private key", path);
}

/* --- JPKI --- */

/* A serialised CK_TOKEN_INFO (PKCS #11): the label, then things nobody reads. */
static void
add_token_info (MadoSimApplication *jpki, const MadoSimProfile *profile)
{
  char info[TOKEN_INFO_LEN];

  memset (info, ' ', sizeof info);
  memcpy (info, profile->label, MIN (strlen (profile->label), LABEL_LEN));
  mado_sim_file_fill (mado_sim_application_add (jpki, 0x0006, MADO_SIM_FILE_OCTETS), info,
                      sizeof info, sizeof info);
}

static void
add_availability (MadoSimApplication *jpki, const MadoSimProfile *profile)
{
  const guint8 present = 0x8F;
  guint8       octets[3] = { 0 };

  octets[0] = profile->sign.pin != NULL ? present : 0;
  octets[1] = profile->auth.pin != NULL ? present : 0;
  mado_sim_file_fill (mado_sim_application_add (jpki, 0x0008, MADO_SIM_FILE_OCTETS), octets,
                      sizeof octets, sizeof octets);
}

static void
add_pin (MadoSimApplication      *application,
         guint16                  fid,
         const MadoSimPinProfile *pin,
         gboolean                 is_sign)
{
  MadoSimFile *file = mado_sim_application_add (application, fid, MADO_SIM_FILE_PIN);

  file->pin = (MadoSimPin){
    .value = g_strdup (pin->pin),
    .left = pin->left,
    .max = pin->tries,
    .shortest = is_sign ? 6 : 4,
    .longest = is_sign ? 16 : 4,
  };
}

static gboolean
add_cert (
    MadoSimApplication *jpki, guint16 fid, guint16 opened_by, const char *path, GError **error)
{
  MadoSimFile *file = mado_sim_application_add (jpki, fid, MADO_SIM_FILE_OCTETS);

  file->opened_by = opened_by;
  return fill_from_file (file, path, error);
}

static gboolean
add_key (MadoSimApplication *jpki, guint16 fid, guint16 opened_by, const char *path, GError **error)
{
  MadoSimFile *file = mado_sim_application_add (jpki, fid, MADO_SIM_FILE_KEY);

  file->opened_by = opened_by;
  return load_key (file, path, error);
}

static gboolean
add_sign (MadoSimApplication *jpki, const MadoSimProfile *profile, const char *pki, GError **error)
{
  g_autofree char *cert = card_file (pki, profile, "sign.der");
  gboolean         is_wrong = mado_sim_profile_has_fault (profile, "wrong-key");
  g_autofree char *key = card_file (pki, profile, is_wrong ? "auth.key" : "sign.key");
  g_autofree char *issuer = card_file (pki, profile, "sign-ca.der");

  add_pin (jpki, 0x001B, &profile->sign, TRUE);
  if (!add_cert (jpki, 0x0001, 0x001B, cert, error))
    return FALSE;
  if (mado_sim_profile_has_fault (profile, "broken-certificate"))
    overstate_length (mado_sim_application_find (jpki, 0x0001));
  return add_cert (jpki, 0x0002, 0, issuer, error) && add_key (jpki, 0x001A, 0x001B, key, error);
}

static gboolean
add_auth (MadoSimApplication *jpki, const MadoSimProfile *profile, const char *pki, GError **error)
{
  g_autofree char *cert = card_file (pki, profile, "auth.der");
  g_autofree char *key = card_file (pki, profile, "auth.key");
  g_autofree char *issuer = card_file (pki, profile, "auth-ca.der");
  guint16          opened_by = profile->auth_cert_needs_pin ? 0x0018 : 0;

  add_pin (jpki, 0x0018, &profile->auth, FALSE);
  return add_cert (jpki, 0x000A, opened_by, cert, error)
         && add_cert (jpki, 0x000B, 0, issuer, error) && add_key (jpki, 0x0017, 0x0018, key, error);
}

static gboolean
add_jpki (GPtrArray            *applications,
          const MadoSimProfile *profile,
          const char           *pki_dir,
          GError              **error)
{
  MadoSimApplication *jpki = mado_sim_application_new ("JPKI", jpki_aid, sizeof jpki_aid);

  g_ptr_array_add (applications, jpki);
  add_token_info (jpki, profile);
  add_availability (jpki, profile);
  return (profile->sign.pin == NULL || add_sign (jpki, profile, pki_dir, error))
         && (profile->auth.pin == NULL || add_auth (jpki, profile, pki_dir, error));
}

/* --- the others --- */

static void
add_forbidden (MadoSimApplication *text, guint16 fid, MadoSimFileKind kind)
{
  MadoSimFile *file = mado_sim_application_add (text, fid, kind);

  file->forbidden = TRUE;
  file->opened_by = 0x0011;
  if (kind == MADO_SIM_FILE_OCTETS) /* nothing but filler: there is no number to find */
    mado_sim_file_fill (file, "", 0, 32);
}

static void
add_text (GPtrArray *applications, const MadoSimProfile *profile)
{
  MadoSimApplication *text = mado_sim_application_new ("text AP", text_aid, sizeof text_aid);
  g_autoptr (GByteArray) basic_four = mado_sim_basic_four (profile);
  const MadoSimPinProfile blocked = { .pin = NULL, .left = 0, .tries = 0 };
  MadoSimFile            *file = mado_sim_application_add (text, 0x0002, MADO_SIM_FILE_OCTETS);

  g_ptr_array_add (applications, text);
  file->opened_by = 0x0011;
  if (mado_sim_profile_has_fault (profile, "broken-text"))
    basic_four->data[basic_four->len - 2] = 0x7F; /* the last item's length */
  mado_sim_file_fill (file, basic_four->data, basic_four->len, TEXT_FILE_SIZE);
  if (profile->text.pin != NULL)
    add_pin (text, 0x0011, &profile->text, FALSE);
  add_pin (text, 0x0012, &blocked, FALSE);
  add_forbidden (text, 0x0001, MADO_SIM_FILE_OCTETS);
  add_forbidden (text, 0x0003, MADO_SIM_FILE_OCTETS);
  add_forbidden (text, 0x0014, MADO_SIM_FILE_PIN);
}

static void
add_forbidden_application (GPtrArray *applications, const char *name, const guint8 *aid, gsize len)
{
  MadoSimApplication *application = mado_sim_application_new (name, aid, len);

  application->forbidden = TRUE;
  g_ptr_array_add (applications, application);
}

GPtrArray *
mado_sim_applications_new (const MadoSimProfile *profile, const char *pki_dir, GError **error)
{
  g_autoptr (GPtrArray) applications
      = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_sim_application_free);

  if (profile->has_jpki && !add_jpki (applications, profile, pki_dir, error))
    return NULL;
  if (profile->has_text)
    add_text (applications, profile);
  add_forbidden_application (applications, "surface AP", surface_aid, sizeof surface_aid);
  add_forbidden_application (applications, "common AP", common_aid, sizeof common_aid);
  return g_steal_pointer (&applications);
}
