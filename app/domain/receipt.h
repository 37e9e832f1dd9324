/* app/domain/receipt.h - the six characters a person takes home. */
#pragma once
#include <glib.h>

/** Of @application (a UUID) by SHA-256 ("madoguchi/receipt/1\n" || UUID): 30 bits in an alphabet
 *  without I, O, 0 and 1. */
char *mado_receipt_code (const char *application);

/** @typed in that form (case, width, blanks and hyphens forgiven, O I 0 1 not), or %NULL. */
char *mado_receipt_parse (const char *typed);
