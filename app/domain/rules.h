/* app/domain/rules.h - which municipalities count, from when to when, at which age. */
#pragma once
#include "app/domain/municipality.h"

/* One dated row. */
typedef struct {
  const char *id;           /* "address-112020" */
  const char *municipality; /* code */
  const char *from;         /* (nullable): first day */
  const char *until;        /* (nullable): first day on which it no longer holds */
  int         min_age;      /* full years; -1: no limit */
  int         max_age;      /* full years; -1: no limit */
} MadoRule;

typedef struct {
  GArray       *rules;          /* MadoRule */
  GArray       *municipalities; /* MadoMunicipality: the file's own first, then the shipped ones */
  gboolean      prefecture_may_be_missing;
  GStringChunk *texts; /* what the file's rows point into */
} MadoRules;

/** The shipped rules: Kumagaya and its eleven neighbours, any age, since My Number Cards exist. */
MadoRules *mado_rules_new_shipped (void);

/* clang-format off */
/**
 * mado_rules_parse:
 * @text: a rules file of @len octets, UTF-8; it replaces the shipped rules as a whole
 *
 * |[
 *   # a comment has a line of its own
 *   [rules]
 *   version=1
 *   prefecture-may-be-missing=no   (optional; yes: 熊谷市… without 埼玉県 counts, too)
 *
 *   [municipality 112992]          (one that is not shipped, or in place of a shipped one)
 *   prefecture=埼玉県
 *   county=大里郡                  (optional)
 *   name=新町
 *   from=2027-04-01                (optional: first day)
 *   until=2030-04-01               (optional: first day on which it is no more)
 *   successor=112020               (optional, only with until)
 *
 *   [rule address-112020]          (the id: a-z, 0-9 and -)
 *   municipality=112020
 *   from=2026-04-01                (optional: first day)
 *   until=2027-04-01               (optional: first day on which it no longer holds)
 *   min-age=0                      (optional: full years)
 *   max-age=18                     (optional: full years)
 * ]|
 *
 * Strict: unknown groups and keys, anything twice, a missing key, a bad date or age, a code with a
 * wrong check digit or of a municipality nobody knows, no rule at all, or text that is not UTF-8
 * are refused.
 *
 * Returns: (transfer full): or %NULL with %MADO_DOMAIN_ERROR_RULES naming line and expectation
 */
MadoRules *mado_rules_parse (const char *text, gsize len, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* clang-format on */

/** The first row of @code (nullable); %NULL when there is none. Stays the rules'. */
const MadoMunicipality *mado_rules_find_municipality (const MadoRules *rules, const char *code);

void mado_rules_free (MadoRules *rules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoRules, mado_rules_free)
