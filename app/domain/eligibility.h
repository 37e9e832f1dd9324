/* app/domain/eligibility.h - may this person become a member here, by address? */
#pragma once
#include "app/domain/municipality.h"

#include <json-glib/json-glib.h>

typedef enum {
  MADO_ELIGIBILITY_UNKNOWN, /* nothing to go by; never rejects by machine */
  MADO_ELIGIBILITY_IN_AREA,
  MADO_ELIGIBILITY_OUT_OF_AREA,
} MadoEligibilityResult;

/* The answer; clear with mado_eligibility_clear(). */
typedef struct {
  MadoEligibilityResult result;
  char                 *code;         /* (nullable): six digits */
  char                 *municipality; /* (nullable): "熊谷市" */
  char                 *rule;   /* (nullable): id of the rule that decided: "address-112020" */
  char                 *reason; /* a Japanese sentence, always */
  char                 *hint;   /* (nullable): for staff: what an old name is called today, or
                                   what was probably meant */
} MadoEligibility;

/** "in-area", "out-of-area" or "unknown". */
const char *mado_eligibility_result_name (MadoEligibilityResult result);
void        mado_eligibility_clear (MadoEligibility *eligibility);

/** Members result, code, municipality, rule, reason, hint; null where there is none. */
JsonObject *mado_eligibility_to_json (const MadoEligibility *eligibility);

/* Which municipalities count, from when to when, at which age. */
typedef struct _MadoRules MadoRules;

/** The shipped rules: Kumagaya and its eleven neighbours, any age. */
MadoRules *mado_rules_new_shipped (void);

/**
 * mado_rules_parse:
 * @text: a rules file of @len octets, UTF-8; it replaces the shipped rules as a whole
 *
 * |[
 *   # a comment has a line of its own
 *   [rules]
 *   version=1
 *   prefecture-may-be-missing=no     (yes: 熊谷市… without 埼玉県 counts, too)
 *
 *   [municipality 112992]            (optional: one that is not shipped, or replaces a shipped one)
 *   prefecture=埼玉県
 *   county=大里郡                    (optional)
 *   name=新町
 *   from=2027-04-01                  (optional: first day)
 *   until=2030-04-01                 (optional: first day on which it is no more)
 *   successor=112020                 (only with until)
 *
 *   [rule address-112020]            (the id: a-z 0-9 and -)
 *   municipality=112020
 *   from=2026-04-01                  (optional: first day)
 *   until=2027-04-01                 (optional: first day on which it no longer holds)
 *   min-age=0  max-age=18            (optional, each on a line of its own; full years)
 * ]|
 *
 * Strict: unknown groups and keys, anything twice, a bad date, a code with a wrong check digit or
 * without a municipality, no rule at all are refused.
 *
 * Returns: (transfer full): or %NULL with %MADO_DOMAIN_ERROR_RULES naming the line
 */
MadoRules *mado_rules_parse (const char *text, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void       mado_rules_free (MadoRules *rules);

/**
 * mado_eligibility_judge:
 * @rules: (nullable): %NULL for the shipped rules
 * @address: as on the card or as typed; stays untouched
 * @birth_date: (nullable): "1990-01-02", unknown parts zeros; needed only by rules with an age
 * @on: the day to judge by, "2026-11-20"
 *
 * The address is read from its first character: prefecture, county or none, municipality; never
 * searched inside. Out of area is said only of a place that is known to be another one: an address
 * without prefecture, a name that was merged away and a name that is in no table are unknown.
 *
 * Pure; frees nothing in @ret_eligibility before it fills it.
 */
void mado_eligibility_judge (const MadoRules *rules,
                             const char      *address,
                             const char      *birth_date,
                             const char      *on,
                             MadoEligibility *ret_eligibility);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoRules, mado_rules_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoEligibility, mado_eligibility_clear)
