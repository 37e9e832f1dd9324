/* app/domain/number.h - library card numbers and their check digits (NW-7, JIS X 0506). */
#pragma once
#include <glib.h>

typedef enum {
  MADO_NUMBER_NONE,     /* no check digit */
  MADO_NUMBER_MOD10W21, /* weights 2, 1 from the right, products split into digits */
  MADO_NUMBER_MOD10W31, /* weights 3, 1 from the right */
  MADO_NUMBER_MOD11,    /* weights 2 to 7 from the right, again and again; 10 and 11 are 0 */
  MADO_NUMBER_7DR,      /* the number's remainder by seven */
  MADO_NUMBER_MOD16,    /* all NW-7 characters with start and stop: (16 - sum mod 16) mod 16 */
} MadoNumberScheme;

/** The scheme called "mod10w21", "mod10w31", "mod11", "7dr", "mod16" or "none". */
gboolean mado_number_scheme_from_name (const char *name, MadoNumberScheme *ret_scheme);

typedef struct {
  MadoNumberScheme scheme;
  guint            width; /* characters with the check digit, without start and stop; 0 = any */
  char             start; /* 'A' to 'D', or '\0': not part of the number */
  char             stop;
} MadoNumberPlan;

typedef enum {
  MADO_NUMBER_FINE,
  MADO_NUMBER_EMPTY,
  MADO_NUMBER_CHARACTER,   /* not a digit (or, by mod16 and none, not of NW-7) */
  MADO_NUMBER_START_STOP,  /* other letters than the plan's */
  MADO_NUMBER_WIDTH,       /* another number of characters */
  MADO_NUMBER_CHECK_DIGIT, /* the check digit does not fit */
} MadoNumberFault;

/** "empty", "character", "start-stop", "width", "check-digit"; %NULL for %MADO_NUMBER_FINE. */
const char *mado_number_fault_name (MadoNumberFault fault);

/**
 * mado_number_check:
 * @number: as typed or read: with the plan's start and stop letters (either case) or without both
 * @ret_number: (out) (optional) (transfer full): the number without start and stop, when fine
 *
 * Returns: what is wrong with it
 */
MadoNumberFault
mado_number_check (const MadoNumberPlan *plan, const char *number, char **ret_number);

/**
 * mado_number_check_digit:
 * @payload: of the characters the scheme allows, without check digit, start and stop
 *
 * Returns: the check digit, '\0' by the scheme none
 */
char mado_number_check_digit (const MadoNumberPlan *plan, const char *payload);
