/* Every word of the smart-card service has its place in ours. */
#include "pcsc/scard.h"

static void
test_outcomes (void)
{
  static const struct {
    LONG          status;
    MadoPcscError opening, in_use;
  } rows[] = {
    { SCARD_E_NO_SERVICE, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_SERVICE_STOPPED, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_W_SECURITY_VIOLATION, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_UNKNOWN_READER, MADO_PCSC_ERROR_NO_READER, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_NO_READERS_AVAILABLE, MADO_PCSC_ERROR_NO_READER, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_READER_UNAVAILABLE, MADO_PCSC_ERROR_NO_READER, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_NO_SMARTCARD, MADO_PCSC_ERROR_NO_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_W_REMOVED_CARD, MADO_PCSC_ERROR_NO_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_W_UNRESPONSIVE_CARD, MADO_PCSC_ERROR_WRONG_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_PROTO_MISMATCH, MADO_PCSC_ERROR_WRONG_CARD, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_W_RESET_CARD, MADO_PCSC_ERROR_CARD_REMOVED, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_NOT_TRANSACTED, MADO_PCSC_ERROR_CARD_REMOVED, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_SHARING_VIOLATION, MADO_PCSC_ERROR_BUSY, MADO_PCSC_ERROR_BUSY },
    { SCARD_E_TIMEOUT, MADO_PCSC_ERROR_TIMEOUT, MADO_PCSC_ERROR_TIMEOUT },
    { SCARD_E_INSUFFICIENT_BUFFER, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_PROTOCOL },
    { SCARD_F_INTERNAL_ERROR, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
    { SCARD_E_INVALID_HANDLE, MADO_PCSC_ERROR_NO_SERVICE, MADO_PCSC_ERROR_CARD_REMOVED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) opening = NULL;
    g_autoptr (GError) in_use = NULL;

    g_assert_false (mado_scard_raise (&opening, rows[i].status, MADO_SCARD_OPENING, "test"));
    g_assert_error (opening, MADO_PCSC_ERROR, (int)rows[i].opening);
    g_assert_false (mado_scard_raise (&in_use, rows[i].status, MADO_SCARD_IN_USE, "test"));
    g_assert_error (in_use, MADO_PCSC_ERROR, (int)rows[i].in_use);
  }
}

/* Names as pcscd makes them of readers with several slots. */
static void
test_security_modules_are_skipped (void)
{
  static const char names[] = "ACS ACR1252 Dual Reader [ACR1252 Dual Reader PICC] 00 00\0"
                              "ACS ACR1252 Dual Reader [ACR1252 Dual Reader SAM] 01 00\0"
                              "OMNIKEY CardMan SAM 00 00\0"
                              "SAMSUNG Reader 00 00\0"
                              "Sony FeliCa Port/PaSoRi 4.0 00 00\0";
  g_auto (GStrv) usable = mado_scard_usable (names);

  g_assert_cmpuint (g_strv_length (usable), ==, 3);
  g_assert_true (g_str_has_suffix (usable[0], "PICC] 00 00"));
  g_assert_true (g_str_has_prefix (usable[1], "SAMSUNG"));
  g_assert_true (g_str_has_prefix (usable[2], "Sony"));
}

/* 128 octets are all a name has, wherever its characters end. */
static void
test_half_a_character_is_skipped (void)
{
  g_auto (GStrv) usable = mado_scard_usable ("\xE8\xAA\xAD\xE5\0Sony FeliCa Port 00 00\0");

  g_assert_cmpuint (g_strv_length (usable), ==, 1);
  g_assert_true (g_str_has_prefix (usable[0], "Sony"));
}

static void
test_no_names (void)
{
  g_auto (GStrv) usable = mado_scard_usable ("");

  g_assert_cmpuint (g_strv_length (usable), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/scard/outcomes", test_outcomes);
  g_test_add_func ("/pcsc/scard/security-modules-are-skipped", test_security_modules_are_skipped);
  g_test_add_func ("/pcsc/scard/half-a-character-is-skipped", test_half_a_character_is_skipped);
  g_test_add_func ("/pcsc/scard/no-names", test_no_names);
  return g_test_run ();
}
