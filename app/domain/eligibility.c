#include "app/domain/eligibility.h"

#include "app/base/json.h"
#include "app/domain/day.h"
#include "app/domain/text.h"

#include <stdlib.h>
#include <string.h>

/* What is known while one address is judged. */
typedef struct {
  const MadoRules *rules;
  const char      *key; /* the folded address */
  const char      *birth_date;
  const char      *on;
  const char      *prefecture; /* (nullable) */
  MadoEligibility *answer;
} Judgement;

const char *
mado_eligibility_result_name (MadoEligibilityResult result)
{
  static const char *const names[] = {
    [MADO_ELIGIBILITY_UNKNOWN] = "unknown",
    [MADO_ELIGIBILITY_IN_AREA] = "in-area",
    [MADO_ELIGIBILITY_OUT_OF_AREA] = "out-of-area",
  };

  return names[result];
}

void
mado_eligibility_clear (MadoEligibility *eligibility)
{
  g_free (eligibility->code);
  g_free (eligibility->municipality);
  g_free (eligibility->rule);
  g_free (eligibility->reason);
  g_free (eligibility->hint);
  memset (eligibility, 0, sizeof *eligibility);
}

JsonObject *
mado_eligibility_to_json (const MadoEligibility *eligibility)
{
  JsonObject *json = json_object_new ();

  json_object_set_string_member (json, "result",
                                 mado_eligibility_result_name (eligibility->result));
  mado_json_set_string (json, "code", eligibility->code);
  mado_json_set_string (json, "municipality", eligibility->municipality);
  mado_json_set_string (json, "rule", eligibility->rule);
  mado_json_set_string (json, "reason", eligibility->reason);
  mado_json_set_string (json, "hint", eligibility->hint);
  return json;
}

/* --- reading the address from its first character --------------------------------------------- */

/* What of @key stands behind @name, or NULL when it does not begin with it. */
static const char *
after (const char *key, const char *name)
{
  g_autofree char *folded = mado_text_fold (name);

  return g_str_has_prefix (key, folded) ? key + strlen (folded) : NULL;
}

static const char *
find_prefecture (const char *key, const char **ret_rest)
{
  const char *const *names = mado_prefectures ();

  for (; *names != NULL; names++) {
    const char *rest = after (key, *names);
    if (rest != NULL) {
      *ret_rest = rest;
      return *names;
    }
  }
  return NULL;
}

/* How many octets of @key are county (or none) and name of @row; 0 when it is another place. */
static gsize
match_len (const char *key, const MadoMunicipality *row)
{
  const char *rest = row->county != NULL ? after (key, row->county) : NULL;
  const char *end = after (rest != NULL ? rest : key, row->name);

  return end != NULL ? (gsize)(end - key) : 0;
}

static gboolean
holds_on (const char *from, const char *until, const char *day)
{
  return (from == NULL || strcmp (from, day) <= 0) && (until == NULL || strcmp (day, until) < 0);
}

/* The longest match, so that no name hides behind the beginning of another. */
static const MadoMunicipality *
find_place (const Judgement *judgement, const char *key, gboolean in_force)
{
  const MadoMunicipality *found = NULL;
  gsize                   longest = 0;
  GArray                 *rows = judgement->rules->municipalities;

  for (guint i = 0; i < rows->len; i++) {
    const MadoMunicipality *row = &g_array_index (rows, MadoMunicipality, i);
    gboolean current = row->code != NULL && holds_on (row->from, row->until, judgement->on);
    if (current != in_force
        || (judgement->prefecture != NULL && !g_str_equal (judgement->prefecture, row->prefecture)))
      continue;
    gsize len = match_len (key, row);
    if (len > longest) {
      longest = len;
      found = row;
    }
  }
  return found;
}

/* --- answers --------------------------------------------------------------------------------- */

static void
answer_unknown (const Judgement *judgement, const char *reason)
{
  judgement->answer->result = MADO_ELIGIBILITY_UNKNOWN;
  g_free (judgement->answer->reason);
  judgement->answer->reason = g_strdup (reason);
}

static void
answer_out (const Judgement *judgement, char *reason)
{
  judgement->answer->result = MADO_ELIGIBILITY_OUT_OF_AREA;
  g_free (judgement->answer->reason);
  judgement->answer->reason = reason;
}

static void
answer_in (const Judgement *judgement, const MadoMunicipality *place, const MadoRule *rule)
{
  judgement->answer->result = MADO_ELIGIBILITY_IN_AREA;
  g_free (judgement->answer->reason);
  judgement->answer->reason = g_strdup_printf ("%sにお住まいのため、登録できます。", place->name);
  judgement->answer->rule = g_strdup (rule->id);
}

static void
hint_at (const Judgement *judgement, const MadoMunicipality *place, const char *format)
{
  g_autofree char *name = g_strconcat (place->prefecture, place->name, NULL);
  GString         *hint = g_string_new (format);

  g_string_replace (hint, "%", name, 1);
  judgement->answer->hint = g_string_free (hint, FALSE);
}

static char *
day_text (const char *day)
{
  return g_strdup_printf ("%d年%d月%d日", atoi (day), atoi (day + 5), atoi (day + 8));
}

/* --- judging --------------------------------------------------------------------------------- */

/* The coming rule for @code, or else one that has ended; NULL when there never was one. */
static const MadoRule *
find_other_rule (const Judgement *judgement, const char *code)
{
  GArray         *rules = judgement->rules->rules;
  const MadoRule *ended = NULL;

  for (guint i = 0; i < rules->len; i++) {
    const MadoRule *rule = &g_array_index (rules, MadoRule, i);
    if (!g_str_equal (rule->municipality, code))
      continue;
    if (rule->from != NULL && strcmp (judgement->on, rule->from) < 0)
      return rule;
    if (rule->until != NULL && strcmp (rule->until, judgement->on) <= 0)
      ended = rule;
  }
  return ended;
}

/* No rule names the place today; say so, and when that changes or changed. */
static char *
reason_out (const Judgement *judgement, const MadoMunicipality *place)
{
  const MadoRule *rule = find_other_rule (judgement, place->code);

  if (rule == NULL)
    return g_strdup_printf ("%sは、対象の地域になっていません。", place->name);
  gboolean         ended = rule->until != NULL && strcmp (rule->until, judgement->on) <= 0;
  g_autofree char *day = day_text (ended ? rule->until : rule->from);
  if (ended)
    return g_strdup_printf ("%sは、%sから対象の地域ではなくなりました。", place->name, day);
  return g_strdup_printf ("%sは、%sから対象の地域になります。", place->name, day);
}

static char *
reason_age (const MadoRule *rule)
{
  if (rule->max_age < 0)
    return g_strdup_printf ("%d歳以上の方が対象です。", rule->min_age);
  if (rule->min_age < 0)
    return g_strdup_printf ("%d歳以下の方が対象です。", rule->max_age);
  return g_strdup_printf ("%d歳から%d歳までの方が対象です。", rule->min_age, rule->max_age);
}

static MadoEligibilityResult
judge_age (const Judgement *judgement, const MadoRule *rule)
{
  int least, most;

  if (rule->min_age < 0 && rule->max_age < 0)
    return MADO_ELIGIBILITY_IN_AREA;
  if (judgement->birth_date == NULL
      || !mado_age_on (judgement->birth_date, judgement->on, &least, &most))
    return MADO_ELIGIBILITY_UNKNOWN;
  if (most < rule->min_age || (rule->max_age >= 0 && least > rule->max_age))
    return MADO_ELIGIBILITY_OUT_OF_AREA;
  if (least < rule->min_age || (rule->max_age >= 0 && most > rule->max_age))
    return MADO_ELIGIBILITY_UNKNOWN;
  return MADO_ELIGIBILITY_IN_AREA;
}

/* Yes by any rule wins; then "not known"; then "no" of the last one. */
static void
judge_place (const Judgement *judgement, const MadoMunicipality *place)
{
  GArray  *rules = judgement->rules->rules;
  gboolean age_unknown = FALSE;

  judgement->answer->code = g_strdup (place->code);
  judgement->answer->municipality = g_strdup (place->name);
  answer_out (judgement, reason_out (judgement, place));
  for (guint i = 0; i < rules->len; i++) {
    const MadoRule *rule = &g_array_index (rules, MadoRule, i);
    if (!g_str_equal (rule->municipality, place->code)
        || !holds_on (rule->from, rule->until, judgement->on))
      continue;
    MadoEligibilityResult result = judge_age (judgement, rule);
    if (result == MADO_ELIGIBILITY_IN_AREA) {
      answer_in (judgement, place, rule);
      return;
    }
    age_unknown = age_unknown || result == MADO_ELIGIBILITY_UNKNOWN;
    answer_out (judgement, reason_age (rule));
  }
  if (age_unknown)
    answer_unknown (judgement, "生年月日から年齢が分からないため、職員が確かめます。");
}

static gboolean
any_rule_in (const Judgement *judgement, const char *prefecture)
{
  GArray *rules = judgement->rules->rules;

  for (guint i = 0; i < rules->len; i++) {
    const MadoRule         *rule = &g_array_index (rules, MadoRule, i);
    const MadoMunicipality *place
        = mado_rules_find_municipality (judgement->rules, rule->municipality);
    if (place != NULL && g_str_equal (place->prefecture, prefecture))
      return TRUE;
  }
  return FALSE;
}

static void
judge_no_place (const Judgement *judgement, const char *rest)
{
  const MadoMunicipality *old = find_place (judgement, rest, FALSE);

  if (old != NULL) {
    const MadoMunicipality *heir = mado_rules_find_municipality (judgement->rules, old->successor);
    answer_unknown (judgement, "いまは使われていない市町村の名前のため、職員が確かめます。");
    if (heir != NULL)
      hint_at (judgement, heir, "いまの%にあたる地域です。");
  } else if (any_rule_in (judgement, judgement->prefecture)) {
    answer_unknown (judgement, "市町村の名前が分からないため、職員が確かめます。");
  } else {
    answer_out (judgement,
                g_strdup_printf ("%sは、対象の地域になっていません。", judgement->prefecture));
  }
}

static void
judge_without_prefecture (const Judgement *judgement)
{
  const MadoMunicipality *place = find_place (judgement, judgement->key, TRUE);

  if (place != NULL && judgement->rules->prefecture_may_be_missing) {
    judge_place (judgement, place);
    return;
  }
  answer_unknown (judgement, "住所に都道府県がないため、職員が確かめます。");
  if (place != NULL)
    hint_at (judgement, place, "%かもしれません。");
}

static void
judge (Judgement *judgement)
{
  const char             *rest = NULL;
  const MadoMunicipality *place;

  if (*judgement->key == '\0') {
    answer_unknown (judgement, "住所が分からないため、職員が確かめます。");
    return;
  }
  judgement->prefecture = find_prefecture (judgement->key, &rest);
  if (judgement->prefecture == NULL) {
    judge_without_prefecture (judgement);
    return;
  }
  place = find_place (judgement, rest, TRUE);
  if (place != NULL)
    judge_place (judgement, place);
  else
    judge_no_place (judgement, rest);
}

void
mado_eligibility_judge (const MadoRules *rules,
                        const char      *address,
                        const char      *birth_date,
                        const char      *on,
                        MadoEligibility *ret_eligibility)
{
  g_autoptr (MadoRules) shipped = rules == NULL ? mado_rules_new_shipped () : NULL;
  g_autofree char *key = mado_text_fold (address != NULL ? address : "");
  Judgement        judgement = {
           .rules = rules != NULL ? rules : shipped,
           .key = key,
           .birth_date = birth_date,
           .on = on,
           .answer = ret_eligibility,
  };

  memset (ret_eligibility, 0, sizeof *ret_eligibility);
  judge (&judgement);
}
