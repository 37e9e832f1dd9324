/* Octets that should be a certificate: whatever is taken for one reads the same again, and a person
 * in it holds together.
 *
 * Input: DER or PEM. */
#include "certs/path.h"
#include "tests/fuzz/pieces.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_person (MadoCert *cert)
{
  g_autoptr (MadoPerson) person = mado_cert_person (cert, NULL);

  if (person == NULL)
    return;
  g_assert_true (g_utf8_validate (person->name, -1, NULL));
  g_assert_true (g_utf8_validate (person->address, -1, NULL));
  g_assert_cmpuint (strlen (person->birth_date), ==, 10);
  for (guint i = 0; i < person->name_substituted->len; i++)
    g_assert_cmpint (g_array_index (person->name_substituted, guint, i), <,
                     g_utf8_strlen (person->name, -1));
}

/* Trusted as its own anchor it may be anything but an authority's and a holder's at once. */
static void
check_path (MadoCert *cert)
{
  g_autoptr (GPtrArray) anchors = g_ptr_array_new ();
  g_auto (MadoPathAnswer) answer = { 0 };

  g_ptr_array_add (anchors, cert);
  mado_path_check (cert, anchors, MADO_CERT_OTHER, FUZZ_NOW, &answer);
  g_assert_false (mado_path_answer_is_yes (&answer));
  g_assert_nonnull (answer.reason);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) octets = g_bytes_new (data, size);
  g_autoptr (MadoCert) cert = mado_cert_parse (octets, NULL);
  g_autoptr (GBytes) pem = NULL;
  g_autoptr (MadoCert) again = NULL;
  g_autofree char *subject = NULL;
  g_autofree char *name = NULL;

  if (cert == NULL)
    return 0;
  pem = mado_cert_pem (cert);
  again = mado_cert_parse (pem, NULL);
  g_assert_nonnull (again);
  g_assert_true (mado_cert_equal (cert, again));
  subject = mado_cert_subject (cert);
  name = mado_cert_common_name (cert);
  g_assert_true (g_utf8_validate (subject, -1, NULL));
  check_person (cert);
  check_path (cert);
  return 0;
}
