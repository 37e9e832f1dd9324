/* What card is it? */
#include "pcsc/card.h"
#include "pcsc/error.h"
#include "tests/lib/script.h"

#include <string.h>

#define SELECT_JPKI "00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01"
#define SELECT_INFO "00 A4 02 0C 02 00 06"
#define READ_LABEL "00 B0 00 00 20"

/* Answers the label question with @octets, and what comes out. */
static gboolean
recognise (const guint8 *octets, gsize len, MadoCardKind *ret_kind, GError **error)
{
  MadoScript *script = mado_script_new ();
  MadoCard   *card = mado_card_new (mado_script_transport (script), NULL);
  gboolean    done;

  mado_script_expect (script, SELECT_JPKI, "9000");
  mado_script_expect (script, SELECT_INFO, "9000");
  mado_script_expect_data (script, READ_LABEL, octets, len, 0x9000);
  done = mado_card_recognise (card, ret_kind, error);
  mado_card_free (card);
  mado_script_finish (script);
  return done;
}

static MadoCardKind
kind_of (const char *label, char padding)
{
  g_autoptr (GError) error = NULL;
  guint8       octets[32];
  MadoCardKind kind = MADO_CARD_UNKNOWN;

  memset (octets, padding, sizeof octets);
  memcpy (octets, label, strlen (label));
  g_assert_true (recognise (octets, sizeof octets, &kind, &error));
  g_assert_no_error (error);
  return kind;
}

static void
test_by_label (void)
{
  static const struct {
    const char  *label;
    MadoCardKind kind;
    const char  *name;
  } rows[] = {
    { "JPKIAPICCTOKEN2", MADO_CARD_MY_NUMBER, "my-number-card" },
    { "JPKIAPICCTOKEN", MADO_CARD_JUKI, "juki-card" },
    { "JPKIAPGPSETOKEN", MADO_CARD_ANDROID, "android-phone" },
    { "JPKIAPIOSTOKEN", MADO_CARD_IPHONE, "iphone" },
    { "JPKIAPICCTOKEN3", MADO_CARD_UNKNOWN, "unknown" },
    { "JPKIAPICCTOKEN22", MADO_CARD_UNKNOWN, "unknown" },
    { "jpkiapicctoken2", MADO_CARD_UNKNOWN, "unknown" },
    { "", MADO_CARD_UNKNOWN, "unknown" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (kind_of (rows[i].label, ' '), ==, rows[i].kind);
    g_assert_cmpint (kind_of (rows[i].label, '\0'), ==, rows[i].kind);
    g_assert_cmpstr (mado_card_kind_name (rows[i].kind), ==, rows[i].name);
  }
}

/* Cut after 14 octets, the label of a My Number Card is that of its predecessor. */
static void
test_torn_label_is_no_kind (void)
{
  guint8 octets[32] = "JPKIAPICCTOKEN2                ";

  for (gsize len = 0; len < sizeof octets; len++) {
    g_autoptr (GError) error = NULL;
    MadoCardKind kind;

    g_assert_false (recognise (octets, len, &kind, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
  }
}

static void
test_unknown_when_the_application_is_refused (void)
{
  static const char *const answers[]
      = { "6A82", "6A81", "6A86", "6D00", "6E00", "6700", "6881", "6985", "6999" };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++) {
    MadoScript *script = mado_script_new ();
    MadoCard   *card = mado_card_new (mado_script_transport (script), NULL);
    g_autoptr (GError) error = NULL;
    MadoCardKind kind = MADO_CARD_MY_NUMBER;

    mado_script_expect (script, SELECT_JPKI, answers[i]);
    g_assert_true (mado_card_recognise (card, &kind, &error));
    g_assert_cmpint (kind, ==, MADO_CARD_UNKNOWN);
    mado_card_free (card);
    mado_script_finish (script);
  }
}

static void
test_unknown_without_token_information (void)
{
  MadoScript *script = mado_script_new ();
  MadoCard   *card = mado_card_new (mado_script_transport (script), NULL);
  g_autoptr (GError) error = NULL;
  MadoCardKind kind = MADO_CARD_MY_NUMBER;

  mado_script_expect (script, SELECT_JPKI, "9000");
  mado_script_expect (script, SELECT_INFO, "6A82");
  g_assert_true (mado_card_recognise (card, &kind, &error));
  g_assert_cmpint (kind, ==, MADO_CARD_UNKNOWN);
  mado_card_free (card);
  mado_script_finish (script);
}

static void
test_odd_answers_are_errors (void)
{
  static const struct {
    const char *select_ap, *select_info, *read;
  } rows[] = {
    { "9001", NULL, NULL },   { "6282", NULL, NULL },     { "6400", NULL, NULL },
    { "63C3", NULL, NULL },   { "9000", "6A86", NULL },   { "9000", "6982", NULL },
    { "9000", "6581", NULL }, { "9000", "9000", "6982" }, { "9000", "9000", "6B00" },
    { "0000", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    MadoScript *script = mado_script_new ();
    MadoCard   *card = mado_card_new (mado_script_transport (script), NULL);
    g_autoptr (GError) error = NULL;
    MadoCardKind kind;

    mado_script_expect (script, SELECT_JPKI, rows[i].select_ap);
    if (rows[i].select_info != NULL)
      mado_script_expect (script, SELECT_INFO, rows[i].select_info);
    if (rows[i].read != NULL)
      mado_script_expect (script, READ_LABEL, rows[i].read);
    g_assert_false (mado_card_recognise (card, &kind, &error));
    g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
    mado_card_free (card);
    mado_script_finish (script);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/card/by-label", test_by_label);
  g_test_add_func ("/pcsc/card/torn-label-is-no-kind", test_torn_label_is_no_kind);
  g_test_add_func ("/pcsc/card/unknown-when-the-application-is-refused",
                   test_unknown_when_the_application_is_refused);
  g_test_add_func ("/pcsc/card/unknown-without-token-information",
                   test_unknown_without_token_information);
  g_test_add_func ("/pcsc/card/odd-answers-are-errors", test_odd_answers_are_errors);
  return g_test_run ();
}
