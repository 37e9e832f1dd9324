/* pcsc/basicfour.h - the four items as the card's file 0002 holds them. Pure. */
#pragma once
#include "app/base/octets.h"
#include "app/base/person.h"

/* FF20: the whole file. */
#define MADO_BASIC_FOUR_TAG 0xFF20
#define MADO_BASIC_FOUR_MAX 4096

/**
 * mado_basicfour_parse:
 * @file: from the first octet of its tag to the last of its value
 *
 * BER with two-octet tags: a table of offsets, name, address, birth date, sex. The offsets must
 * name the places where the items really are; nothing is ever found by them. Sex other than 1 or 2
 * is "not stated"; unknown parts of the birth date are zeros.
 *
 * Returns: (transfer full): %NULL with %MADO_PCSC_ERROR_PROTOCOL
 */
MadoPerson *mado_basicfour_parse (MadoOctets file, GError **error) G_GNUC_WARN_UNUSED_RESULT;
