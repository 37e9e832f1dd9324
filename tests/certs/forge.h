/* tests/certs/forge.h - authorities, holders and answers as good or as bad as a test wants them.
 *
 * Everything is made anew in memory; no key is ever kept. Names and people are invented.
 */
#pragma once
#include "certs/cert.h"

#include <glib/gstdio.h>
#include <openssl/cms.h>
#include <openssl/conf.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string.h>

#define DAY 86400
#define YEAR (365 * DAY)
#define NOW G_GINT64_CONSTANT (1795132800) /* 2026-11-20T09:00:00+09:00 */

#define ROOT_NAME "O=Rehearsal JPKI,OU=Rehearsal authority for tests"
#define AUTH_POLICY "critical,1.2.392.200149.8.5.1.3.30"
#define SIGN_POLICY "critical,1.2.392.200149.8.5.1.1.20"

typedef enum {
  KEY_ROOT,      /* generation 1 */
  KEY_ROOT_2,    /* generation 2 of the same name */
  KEY_STRANGER,  /* nobody's authority */
  KEY_HOLDER,    /* the card */
  KEY_RESPONDER, /* the OCSP delegate */
  KEY_WEAK,      /* RSA of 1,024 bits */
  N_KEYS,
} ForgeKey;

static EVP_PKEY *forge_keys[N_KEYS];

static inline EVP_PKEY *
forge_key (ForgeKey which)
{
  if (forge_keys[which] == NULL)
    forge_keys[which] = EVP_RSA_gen (which == KEY_WEAK ? 1024u : 2048u);
  return forge_keys[which];
}

static inline void
forge_forget_keys (void)
{
  for (ForgeKey which = 0; which < N_KEYS; which++)
    g_clear_pointer (&forge_keys[which], EVP_PKEY_free);
}

/* One certificate; a NULL text leaves its extension out. */
typedef struct {
  const char *subject, *issuer; /* "O=a,OU=b" */
  ForgeKey    key, issuer_key;
  long        serial;
  gint64      from, until;
  const char *basic, *key_usage, *extended, *policies, *points;
  const char *extra, *extra_value;
  gboolean    person; /* 見本 花子 of 熊谷市 */
  gboolean    no_key_ids;
  gboolean    sha1;
} Forge;

static const Forge ROOT = { .subject = ROOT_NAME,
                            .issuer = ROOT_NAME,
                            .key = KEY_ROOT,
                            .issuer_key = KEY_ROOT,
                            .serial = 1,
                            .from = NOW - 5 * YEAR,
                            .until = NOW + 5 * YEAR,
                            .basic = "critical,CA:TRUE",
                            .key_usage = "critical,keyCertSign,cRLSign" };

static const Forge SIGN = { .subject = "C=JP,L=Saitama-ken,CN=20261120090000000001",
                            .issuer = ROOT_NAME,
                            .key = KEY_HOLDER,
                            .issuer_key = KEY_ROOT,
                            .serial = 0x1234,
                            .from = NOW - YEAR,
                            .until = NOW + YEAR,
                            .key_usage = "critical,digitalSignature,nonRepudiation",
                            .policies = SIGN_POLICY,
                            .person = TRUE };

static const Forge AUTH = { .subject = "C=JP,CN=000000REHEARSAL00000001",
                            .issuer = ROOT_NAME,
                            .key = KEY_HOLDER,
                            .issuer_key = KEY_ROOT,
                            .serial = 0x4321,
                            .from = NOW - YEAR,
                            .until = NOW + YEAR,
                            .key_usage = "critical,digitalSignature",
                            .policies = AUTH_POLICY };

static const Forge RESPONDER = { .subject = "O=Rehearsal JPKI,CN=Responder",
                                 .issuer = ROOT_NAME,
                                 .key = KEY_RESPONDER,
                                 .issuer_key = KEY_ROOT,
                                 .serial = 0x77,
                                 .from = NOW - YEAR,
                                 .until = NOW + YEAR,
                                 .basic = "CA:FALSE",
                                 .key_usage = "critical,digitalSignature",
                                 .extended = "critical,OCSPSigning",
                                 .extra = "noCheck",
                                 .extra_value = "ignored" };

static inline X509_NAME *
forge_name (const char *text)
{
  X509_NAME *name = X509_NAME_new ();
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);

  for (guint i = 0; parts[i] != NULL; i++) {
    char *value = strchr (parts[i], '=');
    *value = '\0';
    X509_NAME_add_entry_by_txt (name, parts[i], MBSTRING_UTF8, (guint8 *)value + 1, -1, -1, 0);
  }
  return name;
}

static inline void
forge_names (X509 *x509, const Forge *forge)
{
  X509_NAME *subject = forge_name (forge->subject);
  X509_NAME *issuer = forge_name (forge->issuer);

  X509_set_subject_name (x509, subject);
  X509_set_issuer_name (x509, issuer);
  X509_NAME_free (subject);
  X509_NAME_free (issuer);
}

static inline void
forge_dates (X509 *x509, gint64 from, gint64 until)
{
  ASN1_TIME *time = ASN1_TIME_set (NULL, from);

  X509_set1_notBefore (x509, time);
  ASN1_TIME_set (time, until);
  X509_set1_notAfter (x509, time);
  ASN1_TIME_free (time);
}

static inline void
forge_add (X509 *x509, X509 *issuer, const char *name, const char *value)
{
  CONF           *sections = NCONF_new (NULL); /* empty, but policies ask for one */
  X509V3_CTX      context;
  X509_EXTENSION *extension;

  X509V3_set_ctx (&context, issuer, x509, NULL, NULL, 0);
  X509V3_set_nconf (&context, sections);
  extension = X509V3_EXT_nconf (sections, &context, name, value);
  NCONF_free (sections);
  if (extension == NULL)
    g_error ("cannot forge %s = %s", name, value);
  X509_add_ext (x509, extension, -1);
  X509_EXTENSION_free (extension);
}

static inline void
forge_extension (X509 *x509, X509 *issuer, const char *name, const char *value)
{
  if (value != NULL)
    forge_add (x509, issuer, name, value);
}

static inline GENERAL_NAME *
forge_other_name (guint item, const char *text, int type)
{
  g_autofree char *oid = g_strdup_printf ("1.2.392.200149.8.5.5.%u", item);
  ASN1_TYPE       *value = ASN1_TYPE_new ();
  ASN1_STRING     *string = ASN1_STRING_type_new (type);
  GENERAL_NAME    *name = GENERAL_NAME_new ();

  ASN1_STRING_set (string, text, -1);
  ASN1_TYPE_set (value, type, string);
  GENERAL_NAME_set0_othername (name, OBJ_txt2obj (oid, 1), value);
  return name;
}

/* In the order seen on real cards. */
static inline void
forge_person (X509 *x509)
{
  static const struct {
    guint       item;
    const char *text;
  } items[] = { { 1, "見本　花子" },           { 4, "419900102" }, { 3, "2" },
                { 5, "埼玉県熊谷市見本町１" }, { 2, "01000" },     { 6, "0000000001" } };
  GENERAL_NAMES *names = GENERAL_NAMES_new ();

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    sk_GENERAL_NAME_push (names,
                          forge_other_name (items[i].item, items[i].text, V_ASN1_UTF8STRING));
  X509_add1_ext_i2d (x509, NID_subject_alt_name, names, 0, 0);
  GENERAL_NAMES_free (names);
}

/* Key identifiers come from the keys alone, so a stand-in of the issuer is enough for the AKI. */
static inline void
forge_key_ids (X509 *x509, const Forge *forge)
{
  X509 *issuer = X509_new ();

  X509_set_pubkey (issuer, forge_key (forge->issuer_key));
  forge_extension (issuer, issuer, "subjectKeyIdentifier", "hash");
  forge_extension (x509, issuer, "subjectKeyIdentifier", "hash");
  if (forge->key != forge->issuer_key)
    forge_extension (x509, issuer, "authorityKeyIdentifier", "keyid:always");
  X509_free (issuer);
}

static inline X509 *
forge_x509 (const Forge *forge)
{
  X509 *x509 = X509_new ();

  X509_set_version (x509, X509_VERSION_3);
  ASN1_INTEGER_set (X509_get_serialNumber (x509), forge->serial);
  X509_set_pubkey (x509, forge_key (forge->key));
  forge_names (x509, forge);
  forge_dates (x509, forge->from, forge->until);
  forge_extension (x509, NULL, "basicConstraints", forge->basic);
  forge_extension (x509, NULL, "keyUsage", forge->key_usage);
  forge_extension (x509, NULL, "extendedKeyUsage", forge->extended);
  forge_extension (x509, NULL, "certificatePolicies", forge->policies);
  if (forge->person)
    forge_person (x509);
  forge_extension (x509, NULL, "crlDistributionPoints", forge->points);
  if (forge->extra != NULL)
    forge_extension (x509, NULL, forge->extra, forge->extra_value);
  if (!forge->no_key_ids)
    forge_key_ids (x509, forge);
  X509_sign (x509, forge_key (forge->issuer_key), forge->sha1 ? EVP_sha1 () : EVP_sha256 ());
  return x509;
}

#define FORGE_DER(ret_bytes, type, object)                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    unsigned char *forge_octets = NULL;                                                            \
    int            forge_len = i2d_##type (object, &forge_octets);                                 \
    g_assert_cmpint (forge_len, >, 0);                                                             \
    ret_bytes = g_bytes_new (forge_octets, (gsize)forge_len);                                      \
    OPENSSL_free (forge_octets);                                                                   \
  }                                                                                                \
  G_STMT_END

static inline GBytes *
forge_der (const Forge *forge)
{
  X509   *x509 = forge_x509 (forge);
  GBytes *der;

  FORGE_DER (der, X509, x509);
  X509_free (x509);
  return der;
}

static inline MadoCert *
forge_cert (const Forge *forge)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) der = forge_der (forge);
  MadoCert *cert = mado_cert_parse (der, &error);

  g_assert_no_error (error);
  return cert;
}

static inline GPtrArray *
forge_list (MadoCert *first, ...)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_cert_unref);
  va_list    rest;

  va_start (rest, first);
  for (MadoCert *cert = first; cert != NULL; cert = va_arg (rest, MadoCert *))
    g_ptr_array_add (list, cert);
  va_end (rest);
  return list;
}

static inline GBytes *
forge_append (GBytes *bytes, const char *more)
{
  gsize         len = 0;
  const guint8 *data = g_bytes_get_data (bytes, &len);
  GByteArray   *array = g_byte_array_new ();

  g_byte_array_append (array, data, (guint)len);
  g_byte_array_append (array, (const guint8 *)more, (guint)strlen (more));
  return g_byte_array_free_to_bytes (array);
}

/* The octets of @bytes with each @from turned into @to, which is as long. */
static inline GBytes *
forge_replace (GBytes *bytes, const void *from, const void *to, gsize n)
{
  gsize   len = 0;
  guint8 *octets = g_memdup2 (g_bytes_get_data (bytes, &len), g_bytes_get_size (bytes));
  guint   found = 0;

  for (gsize i = 0; i + n <= len; i++)
    if (memcmp (octets + i, from, n) == 0) {
      memcpy (octets + i, to, n);
      found++;
    }
  g_assert_cmpuint (found, >, 0);
  return g_bytes_new_take (octets, len);
}

/* PKCS #1 signature over a SHA-256 digest, as the card makes it. */
static inline GBytes *
forge_sign (ForgeKey which, const guint8 digest[32])
{
  EVP_PKEY_CTX *context = EVP_PKEY_CTX_new (forge_key (which), NULL);
  guint8        signature[512];
  gsize         len = sizeof signature;

  EVP_PKEY_sign_init (context);
  EVP_PKEY_CTX_set_signature_md (context, EVP_sha256 ());
  g_assert_cmpint (EVP_PKEY_sign (context, signature, &len, digest, 32), ==, 1);
  EVP_PKEY_CTX_free (context);
  return g_bytes_new (signature, len);
}

/* --- the openssl command as a second opinion ---------------------------------------------------
 */

static inline char *
forge_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("mado-certs-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
forge_save (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  gsize            len = 0;
  const char      *data = g_bytes_get_data (bytes, &len);

  g_assert_true (g_file_set_contents (path, data, (gssize)len, NULL));
}

static inline GBytes *
forge_load (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char            *data = NULL;
  gsize            len = 0;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  return g_bytes_new_take (data, len);
}

static inline void
forge_save_pem (const char *folder, const char *name, MadoCert *cert)
{
  g_autoptr (GBytes) pem = mado_cert_pem (cert);

  forge_save (folder, name, pem);
}

/* Whether `openssl @arguments`, run in @folder, ends well. */
static inline gboolean
forge_openssl (const char *folder, const char *arguments)
{
  g_autofree char *line = g_strconcat ("openssl ", arguments, NULL);
  g_auto (GStrv) argv = NULL;
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_assert_true (g_shell_parse_argv (line, NULL, &argv, NULL));
  g_spawn_sync (folder, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %d\n%s%s", line, status, out, err);
  return status == 0;
}

static inline void
forge_remove (char *folder)
{
  GDir       *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_unlink (path);
  }
  g_dir_close (dir);
  g_rmdir (folder);
  g_free (folder);
}

typedef char *ForgeFolder;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (ForgeFolder, forge_remove, NULL)
