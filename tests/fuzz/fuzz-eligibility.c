/* An address up to the first NUL, a rules file behind it. */
#include "app/domain/day.h"
#include "app/domain/eligibility.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static void
judge (const MadoRules *rules, const char *address, const char *birth_date)
{
  g_auto (MadoEligibility) answer = { 0 };

  mado_eligibility_judge (rules, address, birth_date, "2026-11-20", &answer);
  g_assert_true (answer.reason != NULL && g_utf8_validate (answer.reason, -1, NULL));
  g_assert_true ((answer.rule != NULL) == (answer.result == MADO_ELIGIBILITY_IN_AREA));
  g_assert_true (answer.rule == NULL || mado_municipality_code_is_valid (answer.code));
}

static void
check_rules (const MadoRules *rules)
{
  g_assert_cmpuint (rules->rules->len, >, 0);
  for (guint i = 0; i < rules->rules->len; i++) {
    const MadoRule *rule = &g_array_index (rules->rules, MadoRule, i);
    g_assert_true (rule->from == NULL || mado_day_is_valid (rule->from));
    g_assert_true (rule->until == NULL || mado_day_is_valid (rule->until));
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *address = g_strndup ((const char *)data, size);
  gsize            len = MIN (strlen (address) + 1, size);
  g_autoptr (MadoRules) rules = mado_rules_parse ((const char *)data + len, size - len, NULL);

  judge (NULL, address, NULL);
  if (rules != NULL) {
    check_rules (rules);
    judge (rules, address, "2010-00-00");
  }
  return 0;
}
