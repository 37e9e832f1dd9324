/* Whole sittings with the virtual card, counted, and broken off at every command. */
#include "pcsc/error.h"
#include "pcsc/jpki.h"
#include "pcsc/text.h"
#include "tests/card/rehearsal.h"
#include "tests/card/transport.h"

#include <string.h>

typedef struct {
  MadoSimCard   *sim;
  MadoTransport *transport; /* the card's */
  MadoTrace     *trace;
  MadoCard      *card;
} Sitting;

static void
sit_down (Sitting *sitting, const char *profile)
{
  sitting->sim = mado_rehearsal_card (profile);
  sitting->transport = mado_sim_transport_new (sitting->sim);
  sitting->trace = mado_trace_open (NULL, NULL);
  sitting->card = mado_card_new (sitting->transport, sitting->trace);
}

/* Whatever was done, nothing forbidden was touched. */
static void
stand_up (Sitting *sitting)
{
  mado_card_free (sitting->card);
  mado_trace_close (sitting->trace);
  g_assert_cmpstr (mado_sim_card_tripped (sitting->sim), ==, NULL);
  mado_sim_card_free (sitting->sim);
}

static MadoSecret *
secret_of (const char *text)
{
  MadoSecret *secret = mado_secret_new (NULL);

  g_assert_nonnull (secret);
  for (gsize i = 0; i < strlen (text); i++)
    mado_secret_push (secret, (guint8)text[i]);
  return secret;
}

static gboolean
verify (MadoCard *card, MadoJpkiKey key, const char *text, int *reterr_tries, GError **error)
{
  g_autoptr (MadoSecret) pin = secret_of (text);

  return mado_jpki_verify_pin (card, key, pin, FALSE, reterr_tries, error);
}

/* What a registration by signature asks of the card. */
static gboolean
register_by_signature (MadoCard *card, GBytes **ret_cert, GBytes **ret_signature, GError **error)
{
  const guint8 digest[32] = { 0 };
  MadoCardKind kind;
  gboolean     has;
  int          left;

  if (!mado_card_recognise (card, &kind, error)
      || !mado_jpki_has_cert (card, MADO_JPKI_SIGN, &has, error)
      || !mado_jpki_tries (card, MADO_JPKI_SIGN, &left, error)
      || !verify (card, MADO_JPKI_SIGN, "ABC123", NULL, error))
    return FALSE;
  g_assert_cmpint (kind, ==, MADO_CARD_MY_NUMBER);
  g_assert_true (has);
  g_assert_cmpint (left, ==, 5);
  *ret_cert = mado_jpki_read_cert (card, MADO_JPKI_SIGN, error);
  if (*ret_cert == NULL)
    return FALSE;
  *ret_signature = mado_jpki_sign (card, MADO_JPKI_SIGN, digest, error);
  return *ret_signature != NULL;
}

static gboolean
read_person (MadoCard *card, MadoPerson **ret_person, GError **error)
{
  g_autoptr (MadoSecret) pin = secret_of ("1234");
  int left;

  if (!mado_text_tries (card, &left, error)
      || !mado_text_verify_pin (card, pin, FALSE, NULL, error))
    return FALSE;
  g_assert_cmpint (left, ==, MADO_TEXT_TRIES_MAX);
  *ret_person = mado_text_read_basic_four (card, error);
  return *ret_person != NULL;
}

static guint
reads_for (GBytes *cert)
{
  return (guint)(g_bytes_get_size (cert) + 255) / 256;
}

/* SELECT, SELECT, READ; SELECT, READ; SELECT, question, VERIFY; SELECT, the certificate; SELECT,
 * SIGN. */
static void
test_registration_is_counted (gconstpointer profile)
{
  g_autoptr (GBytes) cert = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) expected = mado_rehearsal_file (profile, "sign.der");
  g_autoptr (GError) error = NULL;
  Sitting sitting;

  sit_down (&sitting, profile);
  g_assert_true (register_by_signature (sitting.card, &cert, &signature, &error));
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (cert, expected));
  g_assert_cmpuint (g_bytes_get_size (cert), <=, 2048);
  g_assert_cmpuint (mado_trace_count (sitting.trace), ==, 11 + reads_for (cert));
  g_assert_cmpuint (mado_trace_count (sitting.trace), <=, 20);
  stand_up (&sitting);
}

static void
test_removed_during_registration (void)
{
  guint n_apdu = 1;

  for (gboolean done = FALSE; !done; n_apdu++) {
    g_autoptr (GBytes) cert = NULL;
    g_autoptr (GBytes) signature = NULL;
    g_autoptr (GError) error = NULL;
    Sitting sitting;

    sit_down (&sitting, "adult");
    mado_sim_transport_remove_at (sitting.transport, n_apdu);
    done = register_by_signature (sitting.card, &cert, &signature, &error);
    if (!done) {
      g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_CARD_REMOVED);
      g_assert_null (signature);
      g_assert_cmpuint (mado_sim_transport_count (sitting.transport), ==, n_apdu);
    }
    stand_up (&sitting);
  }
  g_assert_cmpuint (n_apdu, >, 15);
}

static void
test_removed_while_reading_a_person (void)
{
  guint n_apdu = 1;

  for (gboolean done = FALSE; !done; n_apdu++) {
    g_autoptr (MadoPerson) person = NULL;
    g_autoptr (GError) error = NULL;
    Sitting sitting;

    sit_down (&sitting, "big-certificate");
    mado_sim_transport_remove_at (sitting.transport, n_apdu);
    done = read_person (sitting.card, &person, &error);
    if (!done) {
      g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_CARD_REMOVED);
      g_assert_null (person);
    }
    stand_up (&sitting);
  }
  g_assert_cmpuint (n_apdu, >, 6);
}

static void
test_person (void)
{
  g_autoptr (MadoPerson) person = NULL;
  g_autoptr (GError) error = NULL;
  Sitting sitting;

  sit_down (&sitting, "adult");
  g_assert_true (read_person (sitting.card, &person, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (person->name, ==, "見本　花子");
  g_assert_cmpstr (person->birth_date, ==, "1990-01-02");
  g_assert_cmpint (person->sex, ==, MADO_SEX_FEMALE);
  g_assert_true (g_str_has_prefix (person->address, "埼玉県熊谷市"));
  g_assert_cmpuint (mado_trace_count (sitting.trace), ==, 6);
  stand_up (&sitting);
}

/* Without its PIN nothing of a person comes out. */
static void
test_nothing_before_the_pin (void)
{
  const guint8 digest[32] = { 0 };
  g_autoptr (GError) cert = NULL;
  g_autoptr (GError) signature = NULL;
  g_autoptr (GError) person = NULL;
  Sitting sitting;

  sit_down (&sitting, "adult");
  g_assert_null (mado_jpki_read_cert (sitting.card, MADO_JPKI_SIGN, &cert));
  g_assert_error (cert, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  g_assert_null (mado_jpki_sign (sitting.card, MADO_JPKI_SIGN, digest, &signature));
  g_assert_error (signature, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  g_assert_null (mado_text_read_basic_four (sitting.card, &person));
  g_assert_error (person, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  stand_up (&sitting);
}

static void
test_authentication_certificate_is_free (void)
{
  g_autoptr (GBytes) cert = NULL;
  g_autoptr (GBytes) expected = mado_rehearsal_file ("adult", "auth.der");
  g_autoptr (GError) error = NULL;
  Sitting sitting;

  sit_down (&sitting, "adult");
  cert = mado_jpki_read_cert (sitting.card, MADO_JPKI_AUTH, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (cert, expected));
  stand_up (&sitting);
}

static void
test_kinds (void)
{
  static const struct {
    const char  *profile;
    MadoCardKind kind;
  } rows[] = {
    { "adult", MADO_CARD_MY_NUMBER },   { "child", MADO_CARD_MY_NUMBER },
    { "contact", MADO_CARD_MY_NUMBER }, { "odd-6f00-once", MADO_CARD_MY_NUMBER },
    { "juki", MADO_CARD_JUKI },         { "android", MADO_CARD_ANDROID },
    { "iphone", MADO_CARD_IPHONE },     { "not-ours", MADO_CARD_UNKNOWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    MadoCardKind kind = MADO_CARD_UNKNOWN;
    Sitting      sitting;

    sit_down (&sitting, rows[i].profile);
    g_assert_true (mado_card_recognise (sitting.card, &kind, &error));
    g_assert_no_error (error);
    g_assert_cmpint (kind, ==, rows[i].kind);
    stand_up (&sitting);
  }
}

static void
test_child (void)
{
  g_autoptr (GError) error = NULL;
  gboolean has = TRUE;
  int      left = 99;
  Sitting  sitting;

  sit_down (&sitting, "child");
  g_assert_true (mado_jpki_has_cert (sitting.card, MADO_JPKI_SIGN, &has, &error));
  g_assert_false (has);
  g_assert_true (mado_jpki_has_cert (sitting.card, MADO_JPKI_AUTH, &has, &error));
  g_assert_true (has);
  g_assert_true (mado_jpki_tries (sitting.card, MADO_JPKI_SIGN, &left, &error));
  g_assert_cmpint (left, ==, -1);
  g_assert_null (mado_jpki_read_cert (sitting.card, MADO_JPKI_SIGN, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_NO_CERTIFICATE);
  stand_up (&sitting);
}

static void
test_wrong_pin_leaves_four_tries (void)
{
  g_autoptr (GError) error = NULL;
  int     tries = 99;
  Sitting sitting;

  sit_down (&sitting, "adult");
  g_assert_false (verify (sitting.card, MADO_JPKI_SIGN, "WRONG1", &tries, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PIN_WRONG);
  g_assert_cmpint (tries, ==, 4);
  stand_up (&sitting);
}

/* The counter of the card itself still stands at one afterwards. */
static void
test_last_try_is_kept (void)
{
  g_autoptr (GError) error = NULL;
  int     tries = 99;
  int     left = 99;
  Sitting sitting;

  sit_down (&sitting, "one-try-left");
  g_assert_false (verify (sitting.card, MADO_JPKI_SIGN, "WRONG1", &tries, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_LAST_TRY);
  g_assert_cmpint (tries, ==, 1);
  g_assert_true (mado_jpki_tries (sitting.card, MADO_JPKI_SIGN, &left, NULL));
  g_assert_cmpint (left, ==, 1);
  stand_up (&sitting);
}

static void
test_locked (gconstpointer profile)
{
  static const MadoJpkiKey keys[] = { MADO_JPKI_AUTH, MADO_JPKI_SIGN };
  static const char *const pins[] = { "1234", "ABC123" };
  Sitting                  sitting;

  sit_down (&sitting, profile);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GError) error = NULL;
    int tries = 99;

    g_assert_false (verify (sitting.card, keys[i], pins[i], &tries, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PIN_LOCKED);
    g_assert_cmpint (tries, ==, 0);
  }
  stand_up (&sitting);
}

/* One PIN after another, back and forth between the applications, each with its own counter. */
static void
test_both_applications (void)
{
  g_autoptr (MadoPerson) person = NULL;
  g_autoptr (GBytes) cert = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GError) error = NULL;
  Sitting sitting;

  sit_down (&sitting, "adult");
  g_assert_true (read_person (sitting.card, &person, &error));
  g_assert_true (register_by_signature (sitting.card, &cert, &signature, &error));
  g_clear_pointer (&person, mado_person_free);
  g_assert_true (read_person (sitting.card, &person, &error));
  g_assert_no_error (error);
  stand_up (&sitting);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/pcsc/simulated/registration-is-counted", "adult",
                        test_registration_is_counted);
  g_test_add_data_func ("/pcsc/simulated/registration-with-a-big-certificate-is-counted",
                        "big-certificate", test_registration_is_counted);
  g_test_add_func ("/pcsc/simulated/removed-during-registration", test_removed_during_registration);
  g_test_add_func ("/pcsc/simulated/removed-while-reading-a-person",
                   test_removed_while_reading_a_person);
  g_test_add_func ("/pcsc/simulated/person", test_person);
  g_test_add_func ("/pcsc/simulated/nothing-before-the-pin", test_nothing_before_the_pin);
  g_test_add_func ("/pcsc/simulated/authentication-certificate-is-free",
                   test_authentication_certificate_is_free);
  g_test_add_func ("/pcsc/simulated/kinds", test_kinds);
  g_test_add_func ("/pcsc/simulated/child", test_child);
  g_test_add_func ("/pcsc/simulated/wrong-pin-leaves-four-tries", test_wrong_pin_leaves_four_tries);
  g_test_add_func ("/pcsc/simulated/last-try-is-kept", test_last_try_is_kept);
  g_test_add_data_func ("/pcsc/simulated/locked", "blocked", test_locked);
  g_test_add_data_func ("/pcsc/simulated/locked-by-6983", "blocked-6983", test_locked);
  g_test_add_func ("/pcsc/simulated/both-applications", test_both_applications);
  return g_test_run ();
}
