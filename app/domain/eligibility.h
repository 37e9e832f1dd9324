/* app/domain/eligibility.h - may this person become a member here, by address? */
#pragma once
#include "app/domain/rules.h"

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
 * Pure; what @ret_eligibility held before is not freed.
 */
void mado_eligibility_judge (const MadoRules *rules,
                             const char      *address,
                             const char      *birth_date,
                             const char      *on,
                             MadoEligibility *ret_eligibility);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MadoEligibility, mado_eligibility_clear)
