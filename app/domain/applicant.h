/* app/domain/applicant.h - what a person types: checked, and brought to one form. */
#pragma once
#include <json-glib/json-glib.h>

/* Which field is wrong and how: both stable words, for scripts and for the screens' sentences. */
typedef struct {
  const char *field; /* one of the typed fields, or "fields" for one that is none */
  const char *word;  /* "missing", "characters", "length", "form", "choice", "unknown" */
} MadoFieldFault;

/**
 * mado_applicant_check:
 * @typed: what came in: kana, phone, email, postcode, category, branch (strings; an empty one
 * counts as absent) and guardian (an object of the strings name, phone, relation)
 * @whole: whether all that an application needs must be there: kana, and a phone or an e-mail
 * @ret_fault: (out): the first fault, in the order of the fields above
 *
 * Kana becomes full-width katakana with U+3000 between the names, phone and postcode digits only,
 * e-mail lower case after the @.
 *
 * Returns: (transfer full): the fields as they are stored, or %NULL with @ret_fault
 */
JsonObject *mado_applicant_check (JsonObject *typed, gboolean whole, MadoFieldFault *ret_fault);

/* Each field alone: (transfer full), or %NULL with the fault's word. */
char *mado_applicant_kana (const char *text, const char **ret_word);
char *mado_applicant_phone (const char *text, const char **ret_word);
char *mado_applicant_email (const char *text, const char **ret_word);
char *mado_applicant_postcode (const char *text, const char **ret_word);

/** Digits with hyphens where the numbering plan is simple: "090-1234-5678", "048-555-0000",
 *  "0120-123-456"; else as they are. */
char *mado_applicant_phone_text (const char *digits);

/** "360-0041". */
char *mado_applicant_postcode_text (const char *digits);

/* A code and what people read. */
typedef struct {
  const char *code;
  const char *label;
} MadoChoice;

/** Branches (kumagaya 熊谷, osato 大里, menuma 妻沼, konan 江南, mobile 移動図書館) and categories,
 *  each closed by a row of %NULL. */
const MadoChoice *mado_branches (void);
const MadoChoice *mado_categories (void);

/** The label of @code, or %NULL. */
const char *mado_choice_label (const MadoChoice *choices, const char *code);
