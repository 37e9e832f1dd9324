/* tests/lib/hex.h - octets as tests write them. */
#pragma once
#include <glib.h>

/** (transfer full): @text in hexadecimal, blanks as one likes; anything else ends the test. */
GBytes *mado_test_octets (const char *text);
