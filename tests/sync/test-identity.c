/* What a terminal keeps of itself, how it shows a password, and how long it leaves a server alone.
 */
#include "app/base/json.h"
#include "app/sync/backoff.h"
#include "app/sync/boxkey.h"
#include "app/sync/checkpoint.h"
#include "app/sync/error.h"
#include "app/sync/est.h"
#include "app/sync/identity.h"
#include "tests/lib/child.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static MadoSecret *
secret_of (const char *text)
{
  MadoSecret *secret = mado_secret_new (NULL);

  g_assert_nonnull (secret);
  for (; *text != '\0'; text++)
    g_assert_true (mado_secret_push (secret, (guint8)*text));
  return secret;
}

static void
test_basic_header (void)
{
  g_autoptr (MadoSecret) password = secret_of ("open sesame");
  g_autoptr (MadoSecret) header = secret_of ("");
  g_autoptr (MadoSecret) back = secret_of ("old");
  g_autofree char *terminal = NULL;

  /* RFC 7617 §2's example. */
  g_assert_true (mado_est_basic_header ("Aladdin", password, header));
  const char *line = (const char *)mado_secret_data (header);
  g_assert_cmpstr (line, ==, "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  g_assert_true (mado_est_read_basic (strchr (line, ' ') + 1, &terminal, back));
  g_assert_cmpstr (terminal, ==, "Aladdin");
  g_assert_cmpmem (mado_secret_data (back), mado_secret_len (back), "open sesame", 11);
}

static void
test_basic_of_every_length (void)
{
  g_autoptr (MadoSecret) header = secret_of ("");
  g_autoptr (MadoSecret) password = secret_of ("");

  for (guint i = 1; i < 40; i++) {
    g_autoptr (MadoSecret) back = secret_of ("");
    g_autofree char *terminal = NULL;
    mado_secret_push (password, (guint8)('a' + i % 26));
    g_assert_true (mado_est_basic_header ("K-0001", password, header));
    const char *value = (const char *)mado_secret_data (header) + strlen ("Authorization: ");
    g_assert_true (mado_est_read_basic (value, &terminal, back));
    g_assert_cmpuint (mado_secret_len (back), ==, i);
    g_assert_cmpmem (mado_secret_data (back), i, mado_secret_data (password), i);
  }
  while (mado_secret_push (password, 'x'))
    ;
  g_assert_false (mado_est_basic_header ("K-0001", password, header));
}

static void
test_basic_refused (void)
{
  static const char *const values[]
      = { "",           "Basic",   "Basic ",        "Bearer QWxhZGRpbjpvcGVu", "Basic QWxhZGRpbg==",
          "Basic !!!!", "Basic Q", "Basic QUI6AEM=" };
  g_autoptr (MadoSecret) password = secret_of ("");

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++) {
    g_autofree char *terminal = NULL;
    g_assert_false (mado_est_read_basic (values[i], &terminal, password));
  }
}

static void
test_base64 (void)
{
  static const char *const bad[] = { "", "\n", "AQ", "AQ==AQ==", "A-==", "AQ\x01=" };
  g_autoptr (GBytes) folded = g_bytes_new_static ("AQ\r\nID\n", 7);
  g_autoptr (GBytes) der = mado_est_decode (folded);

  g_assert_nonnull (der);
  g_assert_cmpmem (g_bytes_get_data (der, NULL), g_bytes_get_size (der), "\x01\x02\x03", 3);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GBytes) text = g_bytes_new (bad[i], strlen (bad[i]));
    g_assert_null (mado_est_decode (text));
  }
}

static void
test_backoff (void)
{
  static const gint64 steps[] = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 };
  MadoBackoff         low = { 0 };
  MadoBackoff         high = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_assert_cmpint (mado_backoff_next (&low, 0, 0), ==, steps[i] * 500);
    g_assert_cmpint (mado_backoff_next (&high, 0, G_MAXUINT32), ==, steps[i] * 1500);
  }
  mado_backoff_reset (&low);
  g_assert_cmpint (mado_backoff_next (&low, 0, 0), ==, 500);
  g_assert_cmpint (mado_backoff_next (&low, 600, 0), ==, 600000);
}

static void
test_checkpoint_text (void)
{
  guint8           digest[MADO_SHA256_LEN] = { 0 };
  g_autofree char *text = mado_checkpoint_text ("K-0001", 1, 42, digest);

  g_assert_cmpstr (text, ==,
                   "{\"digest\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"g\":1,\"n\":42,"
                   "\"purpose\":\"madoguchi-checkpoint\",\"terminal\":\"K-0001\"}");
}

static void
test_box_key (void)
{
  static const char *const bad[] = { "{}", "{\"id\":\"k1\",\"public\":\"AQ\"}",
                                     "{\"id\":\"k1\",\"public\":\"\",\"private\":\"AQ\"}", "x" };
  MadoBoxKey               key = { .id = (char *)"k1" };
  g_auto (MadoBoxKey) back = { 0 };
  g_autoptr (GBytes) octets = g_bytes_new ("0123456789abcdef0123456789abcdef", 32);

  key.public_key = octets;
  g_autoptr (GBytes) text = mado_box_key_write (&key);
  g_assert_true (mado_box_key_read (text, &back, NULL));
  g_assert_cmpstr (back.id, ==, "k1");
  g_assert_true (g_bytes_equal (back.public_key, octets));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) other = g_bytes_new (bad[i], strlen (bad[i]));
    g_assert_false (mado_box_key_read (other, &back, &error));
    g_assert_error (error, MADO_SYNC_ERROR, MADO_SYNC_ERROR_PROTOCOL);
  }
}

static void
assert_file (const char *path, const char *content)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, content);
}

static void
replace (const MadoIdentity *identity, const char *key, const char *certificate)
{
  g_autoptr (GBytes) a = g_bytes_new (key, strlen (key));
  g_autoptr (GBytes) b = g_bytes_new (certificate, strlen (certificate));
  g_autoptr (GBytes) c = g_bytes_new ("ca", 2);
  g_autoptr (GError) error = NULL;

  g_assert_true (mado_identity_replace (identity, a, b, c, &error));
  g_assert_no_error (error);
}

static void
test_identity (void)
{
  char *folder = mado_test_folder ();
  g_autoptr (MadoIdentity) identity = mado_identity_new (folder);
  struct stat status;

  g_assert_false (mado_identity_is_enrolled (identity));
  replace (identity, "key 1", "certificate 1");
  g_assert_true (mado_identity_is_enrolled (identity));
  g_assert_cmpint (stat (identity->key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  /* A key file that was too open before does not stay so. */
  g_assert_cmpint (chmod (identity->key, 0644), ==, 0);
  replace (identity, "key 2", "certificate 2");
  g_assert_cmpint (stat (identity->key, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  assert_file (identity->certificate, "certificate 2");
  mado_test_folder_remove (folder);
}

/* The power went: while the files were written, and before each of the renames. */
static void
test_identity_cut_off (void)
{
  char *folder = mado_test_folder ();
  g_autoptr (MadoIdentity) identity = mado_identity_new (folder);
  const char *const paths[] = { identity->server_ca, identity->key, identity->certificate };

  for (gsize renamed = 0; renamed <= G_N_ELEMENTS (paths); renamed++) {
    replace (identity, "key 1", "certificate 1");
    for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
      g_autofree char *fresh = g_strconcat (paths[i], ".new", NULL);
      g_assert_true (g_file_set_contents (i < renamed ? paths[i] : fresh, "new", -1, NULL));
      /* Before the certificate is there, nothing is whole. */
      g_assert_true (mado_identity_is_enrolled (identity));
      if (renamed == 0 && i < 2)
        assert_file (identity->key, "key 1");
    }
    for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
      assert_file (paths[i], "new");
  }
  mado_test_folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/est/basic-header", test_basic_header);
  g_test_add_func ("/sync/est/basic-of-every-length", test_basic_of_every_length);
  g_test_add_func ("/sync/est/basic-refused", test_basic_refused);
  g_test_add_func ("/sync/est/base64", test_base64);
  g_test_add_func ("/sync/backoff", test_backoff);
  g_test_add_func ("/sync/checkpoint-text", test_checkpoint_text);
  g_test_add_func ("/sync/box-key", test_box_key);
  g_test_add_func ("/sync/identity/replace", test_identity);
  g_test_add_func ("/sync/identity/cut-off", test_identity_cut_off);
  return g_test_run ();
}
