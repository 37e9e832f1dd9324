/* tests/card/pin.h - one PIN object of the card. */
#pragma once
#include <glib.h>

typedef struct {
  char    *value; /* ASCII, as the card compares it; %NULL: a PIN nothing fits, blocked for ever */
  guint    left;  /* tries before it blocks */
  guint    max;   /* what a right one puts `left` back to */
  gsize    shortest, longest; /* octets CHANGE REFERENCE DATA takes */
  gboolean verified;          /* presented since the card got power */
} MadoSimPin;

/** What the card answers to a VERIFY without data: 63Cn, also right after a login. */
guint16 mado_sim_pin_query (const MadoSimPin *pin);

/**
 * mado_sim_pin_present:
 * @blocked: the status word when no try is left, 6984 (JICSAP) or 6983 (ISO/IEC 7816-4)
 *
 * Compares octets; a wrong one costs a try whatever its length. A right one restores all tries.
 *
 * Returns: 9000, 63Cn or @blocked
 */
guint16 mado_sim_pin_present (MadoSimPin *pin, const guint8 *octets, gsize len, guint16 blocked);

/** 9000, 6982 without a login, or 6985 when @len is none the PIN may have. */
guint16 mado_sim_pin_change (MadoSimPin *pin, const guint8 *octets, gsize len);
