/* Who lives in the area, who does not, and of whom we do not know. */
#include "app/base/json.h"
#include "app/domain/eligibility.h"
#include "app/domain/error.h"

#include <string.h>

#define TODAY "2026-11-20"
#define TOMORROW "2026-11-21"

static void
assert_judged (const MadoRules *rules,
               const char      *address,
               const char      *on,
               const char      *result,
               const char      *code)
{
  g_auto (MadoEligibility) answer = { 0 };

  mado_eligibility_judge (rules, address, NULL, on, &answer);
  if (g_strcmp0 (mado_eligibility_result_name (answer.result), result) != 0
      || g_strcmp0 (answer.code, code) != 0)
    g_error ("%s: got %s %s, meant %s %s", address, mado_eligibility_result_name (answer.result),
             answer.code, result, code);
  g_assert_true (g_str_has_suffix (answer.reason, "。"));
  g_assert_true ((answer.rule != NULL) == (answer.result == MADO_ELIGIBILITY_IN_AREA));
}

static void
assert_today (const char *address, const char *result, const char *code)
{
  assert_judged (NULL, address, TODAY, result, code);
}

static const struct {
  const char *prefecture;
  const char *county;
  const char *name;
  const char *five;
} ours[] = {
  { "埼玉県", NULL, "熊谷市", "11202" },       { "埼玉県", NULL, "深谷市", "11218" },
  { "埼玉県", "大里郡", "寄居町", "11408" },   { "埼玉県", NULL, "行田市", "11206" },
  { "埼玉県", NULL, "鴻巣市", "11217" },       { "埼玉県", "比企郡", "吉見町", "11347" },
  { "埼玉県", NULL, "東松山市", "11212" },     { "埼玉県", "比企郡", "滑川町", "11341" },
  { "埼玉県", "比企郡", "嵐山町", "11342" },   { "群馬県", NULL, "太田市", "10205" },
  { "群馬県", "邑楽郡", "千代田町", "10523" }, { "群馬県", "邑楽郡", "大泉町", "10524" },
};

static void
test_the_twelve (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++) {
    const char      *county = ours[i].county != NULL ? ours[i].county : "";
    g_autofree char *code
        = g_strdup_printf ("%s%c", ours[i].five, mado_municipality_check_digit (ours[i].five));
    g_autofree char *whole
        = g_strconcat (ours[i].prefecture, county, ours[i].name, "大字見本1番地2", NULL);
    g_autofree char *bare = g_strconcat (ours[i].prefecture, ours[i].name, "1-2", NULL);
    g_autofree char *nothing_behind = g_strconcat (ours[i].prefecture, ours[i].name, NULL);
    assert_today (whole, "in-area", code);
    assert_today (bare, "in-area", code);
    assert_today (nothing_behind, "in-area", code);
  }
}

static void
test_the_sentence (void)
{
  g_auto (MadoEligibility) answer = { 0 };

  mado_eligibility_judge (NULL, "埼玉県熊谷市宮町二丁目47番地1", "1990-01-02", TODAY, &answer);
  g_assert_cmpstr (answer.reason, ==, "熊谷市にお住まいのため、登録できます。");
  g_assert_cmpstr (answer.municipality, ==, "熊谷市");
  g_assert_cmpstr (answer.rule, ==, "address-112020");
  g_autoptr (JsonObject) json = mado_eligibility_to_json (&answer);
  g_autofree char *text = mado_json_canonical_object (json);
  g_assert_cmpstr (text, ==,
                   "{\"code\":\"112020\",\"hint\":null,\"municipality\":\"熊谷市\","
                   "\"reason\":\"熊谷市にお住まいのため、登録できます。\",\"result\":\"in-area\","
                   "\"rule\":\"address-112020\"}");
}

static void
test_look_alikes (void)
{
  static const struct {
    const char *address;
    const char *code;
  } others[] = {
    { "東京都大田区蒲田5丁目", "131113" },
    { "栃木県大田原市本町1丁目", "092100" },
    { "東京都千代田区千代田1番1号", "131016" },
    { "東京都練馬区東大泉1丁目", "131202" },
    { "東京都練馬区大泉町1丁目", "131202" },
    { "東京都大泉町1丁目", NULL },
    { "東京都熊谷市1番地", NULL },
    { "秋田県能代市熊谷1番地", NULL },
    { "山形県西置賜郡行田1番地", NULL },
    { "秋田県吉見町1番地", NULL },
    { "埼玉県羽生市東6丁目", "112160" },
    { "埼玉県加須市三俣2丁目", "112101" },
    { "埼玉県本庄市本庄3丁目", "112119" },
    { "埼玉県児玉郡美里町大字木部", "113816" },
    { "埼玉県比企郡小川町大字大塚", "113433" },
    { "埼玉県比企郡川島町大字下八ツ林", "113468" },
    { "埼玉県羽生市東6丁目1番地 見本方 熊谷市民会館", "112160" },
    { "埼玉県東秩父村大字御堂634番地", "113697" },
    { "群馬県邑楽郡邑楽町大字中野", "105252" },
    { "群馬県伊勢崎市太田市場町1番地", "102041" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_today (others[i].address, "out-of-area", others[i].code);
}

static void
test_unknown (void)
{
  static const char *const addresses[] = {
    "",
    "　 ",
    "熊谷市宮町二丁目",       /* no prefecture */
    "見本荘 埼玉県熊谷市",    /* not at the first character */
    "埼玉県",                 /* nothing behind it */
    "埼玉県熊ヶ谷市宮町",     /* no such place */
    "埼玉県大里郡熊谷市宮町", /* not in that county */
    "埼玉県比企郡寄居町大字寄居",
    "埼玉県熊谷",
    "埼玉県新しい市1番地",
    "\xff\xfe",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (addresses); i++)
    assert_today (addresses[i], "unknown", NULL);
}

static void
test_merged_away (void)
{
  static const struct {
    const char *address;
    const char *hint;
  } old[] = {
    { "埼玉県大里郡大里町中曽根", "いまの埼玉県熊谷市にあたる地域です。" },
    { "埼玉県大里郡妻沼町妻沼", "いまの埼玉県熊谷市にあたる地域です。" },
    { "埼玉県妻沼町妻沼", "いまの埼玉県熊谷市にあたる地域です。" },
    { "埼玉県大里郡江南町", "いまの埼玉県熊谷市にあたる地域です。" },
    { "埼玉県北埼玉郡川里町", "いまの埼玉県鴻巣市にあたる地域です。" },
    { "埼玉県北足立郡吹上町", "いまの埼玉県鴻巣市にあたる地域です。" },
    { "埼玉県北埼玉郡南河原村", "いまの埼玉県行田市にあたる地域です。" },
    { "埼玉県大里郡岡部町", "いまの埼玉県深谷市にあたる地域です。" },
    { "埼玉県大里郡川本町", "いまの埼玉県深谷市にあたる地域です。" },
    { "埼玉県大里郡花園町", "いまの埼玉県深谷市にあたる地域です。" },
    { "群馬県新田郡尾島町", "いまの群馬県太田市にあたる地域です。" },
    { "群馬県新田郡新田町", "いまの群馬県太田市にあたる地域です。" },
    { "群馬県新田郡薮塚本町", "いまの群馬県太田市にあたる地域です。" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (old); i++) {
    g_auto (MadoEligibility) answer = { 0 };
    assert_today (old[i].address, "unknown", NULL);
    mado_eligibility_judge (NULL, old[i].address, NULL, TODAY, &answer);
    g_assert_cmpstr (answer.hint, ==, old[i].hint);
  }
}

static void
test_spellings_of_one_place (void)
{
  static const struct {
    const char *address;
    const char *code;
  } same[] = {
    { "埼玉県　熊谷市　宮町", "112020" },
    { " 埼玉県 熊 谷 市１－２", "112020" },
    { "埼玉縣熊谷市", "112020" },
    { "埼玉県熊谷\U000E0100市", "112020" }, /* an ideographic variation selector */
    { "埼玉県熊谷\uFE00市", "112020" },
    { "埼玉県鶴ヶ島市", "112411" },
    { "埼玉県鶴ケ島市", "112411" },
    { "埼玉県鶴が島市", "112411" },
    { "埼玉県鶴ｹ嶋市", "112411" },
    { "群馬県邑樂郡大泉町", "105244" },
    { "埼玉県比企郡ときか\u3099わ町", "113492" }, /* か and a combining mark */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++)
    assert_today (same[i].address, i < 5 || i == 9 ? "in-area" : "out-of-area", same[i].code);
}

static void
test_address_stays_untouched (void)
{
  char             address[] = "埼玉県　熊谷市";
  g_autofree char *before = g_strdup (address);

  assert_today (address, "in-area", "112020");
  g_assert_cmpstr (address, ==, before);
}

static void
test_missing_prefecture_is_hinted_at (void)
{
  g_auto (MadoEligibility) answer = { 0 };

  mado_eligibility_judge (NULL, "熊谷市宮町", NULL, TODAY, &answer);
  g_assert_cmpstr (answer.hint, ==, "埼玉県熊谷市かもしれません。");
}

/* --- rules files ----------------------------------------------------------------------------- */

#define HEAD "[rules]\nversion=1\n"

static MadoRules *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  MadoRules *rules = mado_rules_parse (text, strlen (text), &error);

  g_assert_no_error (error);
  return rules;
}

static void
test_a_rule_dated_tomorrow_changes_tomorrow (void)
{
  g_autoptr (MadoRules) rules
      = parse (HEAD "[rule hanyu]\nmunicipality=112160\nfrom=" TOMORROW
                    "\n[rule kumagaya]\nmunicipality=112020\nuntil=" TOMORROW "\n");
  g_auto (MadoEligibility) answer = { 0 };

  assert_judged (rules, "埼玉県羽生市", TODAY, "out-of-area", "112160");
  assert_judged (rules, "埼玉県羽生市", TOMORROW, "in-area", "112160");
  assert_judged (rules, "埼玉県熊谷市", TODAY, "in-area", "112020");
  assert_judged (rules, "埼玉県熊谷市", TOMORROW, "out-of-area", "112020");
  assert_judged (rules, "埼玉県深谷市", TODAY, "out-of-area", "112186");
  mado_eligibility_judge (rules, "埼玉県羽生市", NULL, TODAY, &answer);
  g_assert_cmpstr (answer.reason, ==, "羽生市は、2026年11月21日から対象の地域になります。");
  mado_eligibility_clear (&answer);
  mado_eligibility_judge (rules, "埼玉県熊谷市", NULL, TOMORROW, &answer);
  g_assert_cmpstr (answer.reason, ==, "熊谷市は、2026年11月21日から対象の地域ではなくなりました。");
}

static void
test_a_new_town_is_a_new_row (void)
{
  g_autoptr (MadoRules) rules
      = parse ("# merged\n" HEAD "[rule new]\nmunicipality=112992\n\n[municipality 112992]\r\n"
               "prefecture=埼玉県\nname=北武蔵市\nfrom=" TOMORROW "\n[municipality 114081]\n"
               "prefecture=埼玉県\ncounty=大里郡\nname=寄居町\nuntil=" TOMORROW "\n"
               "successor=112992\n[rule old]\nmunicipality=114081\n");
  g_auto (MadoEligibility) answer = { 0 };

  assert_judged (rules, "埼玉県北武蔵市1番地", TODAY, "unknown", NULL);
  assert_judged (rules, "埼玉県北武蔵市1番地", TOMORROW, "in-area", "112992");
  assert_judged (rules, "埼玉県寄居町1番地", TODAY, "in-area", "114081");
  assert_judged (rules, "埼玉県寄居町1番地", TOMORROW, "unknown", NULL);
  mado_eligibility_judge (rules, "埼玉県寄居町1番地", NULL, TOMORROW, &answer);
  g_assert_cmpstr (answer.hint, ==, "いまの埼玉県北武蔵市にあたる地域です。");
}

/* No name hides behind the beginning of another, whichever row comes first. */
/* A place that is no more and of which the file names no successor: nothing is guessed. */
static void
test_without_a_successor (void)
{
  g_auto (MadoEligibility) answer = { 0 };
  g_autoptr (MadoRules) rules
      = parse (HEAD "[rule a]\nmunicipality=112020\n[municipality 112992]\nprefecture=埼玉県\n"
                    "name=旧町\nuntil=2020-04-01\n");

  mado_eligibility_judge (rules, "埼玉県旧町1番地", NULL, TODAY, &answer);
  g_assert_cmpint (answer.result, ==, MADO_ELIGIBILITY_UNKNOWN);
  g_assert_cmpstr (answer.hint, ==, NULL);
}

static void
test_the_longest_name_counts (void)
{
  static const char *const files[] = {
    HEAD "[municipality 112992]\nprefecture=埼玉県\nname=新町\n"
         "[municipality 112984]\nprefecture=埼玉県\nname=新町田市\n"
         "[rule a]\nmunicipality=112992\n",
    HEAD "[municipality 112984]\nprefecture=埼玉県\nname=新町田市\n"
         "[municipality 112992]\nprefecture=埼玉県\nname=新町\n"
         "[rule a]\nmunicipality=112992\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (MadoRules) rules = parse (files[i]);
    assert_judged (rules, "埼玉県新町田市1番地", TODAY, "out-of-area", "112984");
    assert_judged (rules, "埼玉県新町1番地", TODAY, "in-area", "112992");
  }
}

static void
test_prefecture_may_be_missing (void)
{
  g_autoptr (MadoRules) rules
      = parse (HEAD "prefecture-may-be-missing=yes\n[rule a]\nmunicipality=112020\n");

  assert_judged (rules, "熊谷市宮町", TODAY, "in-area", "112020");
  assert_judged (rules, "大田区蒲田", TODAY, "out-of-area", "131113");
  assert_judged (rules, "市民会館 熊谷市", TODAY, "unknown", NULL);
}

static void
assert_age (const MadoRules *rules, const char *birth_date, const char *result)
{
  g_auto (MadoEligibility) answer = { 0 };

  mado_eligibility_judge (rules, "埼玉県熊谷市", birth_date, TODAY, &answer);
  g_assert_cmpstr (mado_eligibility_result_name (answer.result), ==, result);
  g_assert_true (g_str_has_suffix (answer.reason, "。"));
}

static void
test_ages (void)
{
  g_autoptr (MadoRules) rules
      = parse (HEAD "[rule a]\nmunicipality=112020\nmin-age=15\nmax-age=18\n");

  assert_age (rules, "2011-11-20", "in-area");
  assert_age (rules, "2011-11-21", "out-of-area");
  assert_age (rules, "2007-11-21", "in-area");
  assert_age (rules, "2007-11-20", "out-of-area");
  assert_age (rules, "2011-00-00", "unknown");
  assert_age (rules, "2010-00-00", "in-area");
  assert_age (rules, "0000-00-00", "unknown");
  assert_age (rules, NULL, "unknown");
  assert_age (rules, "nonsense", "unknown");
}

static void
test_one_yes_is_enough (void)
{
  g_autoptr (MadoRules) rules
      = parse (HEAD "[rule a]\nmunicipality=112020\nmax-age=5\n[rule b]\nmunicipality=112020\n");

  assert_age (rules, "1990-01-02", "in-area");
  assert_age (rules, "2024-01-02", "in-area");
}

static void
test_refused_files (void)
{
  static const struct {
    const char *text;
    const char *place; /* what the message must name */
  } bad[] = {
    { "", "line 1" },
    { HEAD, "line 1" },
    { "[rule a]\nmunicipality=112020\n", "line 1" },
    { "[rules]\nversion=2\n[rule a]\nmunicipality=112020\n", "line 2" },
    { "[rules]\n[rule a]\nmunicipality=112020\n", "line 1" },
    { HEAD "colour=red\n[rule a]\nmunicipality=112020\n", "line 3" },
    { HEAD "prefecture-may-be-missing=true\n[rule a]\nmunicipality=112020\n", "line 3" },
    { "stray=1\n" HEAD, "line 1" },
    { HEAD "[rule a]\nmunicipality=112020\n[rule a]\nmunicipality=112186\n", "line 5" },
    { HEAD "[rule a]\nmunicipality=112020\nmunicipality=112020\n", "line 5" },
    { HEAD "[rule A]\nmunicipality=112020\n", "line 3" },
    { HEAD "[rule]\nmunicipality=112020\n", "line 3" },
    { HEAD "[rules x]\n", "line 3" },
    { HEAD "[work a]\n", "line 3" },
    { HEAD "[rule a]\n", "line 3" },
    { HEAD "[rule a]\nmunicipality=112021\n", "line 4" },
    { HEAD "[rule a]\nmunicipality=112992\n", "line 3" },
    { HEAD "[rule a]\nmunicipality=112020\nfrom=2026-02-30\n", "line 5" },
    { HEAD "[rule a]\nmunicipality=112020\nfrom=2026-2-3\n", "line 5" },
    { HEAD "[rule a]\nmunicipality=112020\nfrom=2026-02-03\nuntil=2026-02-03\n", "line 3" },
    { HEAD "[rule a]\nmunicipality=112020\nmin-age=-1\n", "line 5" },
    { HEAD "[rule a]\nmunicipality=112020\nmin-age=19\nmax-age=18\n", "line 3" },
    { HEAD "[rule a]\nmunicipality=112020\nfrom=\n", "line 5" },
    { HEAD "[rule a]\nmunicipality 112020\n", "line 4" },
    { HEAD "[rule a\nmunicipality=112020\n", "line 3" },
    { HEAD "[municipality 112999]\nprefecture=埼玉県\nname=新市\n", "line 3" },
    { HEAD "[municipality 112992]\nprefecture=埼玉\nname=新市\n", "line 4" },
    { HEAD "[municipality 112992]\nprefecture=埼玉県\n", "line 3" },
    { HEAD "[municipality 112992]\nprefecture=埼玉県\nname=新市\nsuccessor=112020\n", "line 3" },
    { HEAD "[municipality 112992]\nprefecture=埼玉県\nname=新市\nuntil=2030-01-01\n"
           "successor=113998\n",
      "line 7" },
    { HEAD "[municipality 112992]\nprefecture=埼玉県\nname=新市\nuntil=2030-01-01\n"
           "successor=139998\n[rule a]\nmunicipality=112020\n",
      "line 7" },
    { "[rules]\nversion=1\xff\n", "line 1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MadoRules) rules = mado_rules_parse (bad[i].text, strlen (bad[i].text), &error);
    if (rules != NULL)
      g_error ("accepted: %s", bad[i].text);
    g_assert_error (error, MADO_DOMAIN_ERROR, MADO_DOMAIN_ERROR_RULES);
    if (strstr (error->message, bad[i].place) == NULL)
      g_error ("%s\nsays \"%s\", not %s", bad[i].text, error->message, bad[i].place);
  }
}

/* --- the table ------------------------------------------------------------------------------- */

static void
test_codes_have_their_check_digits (void)
{
  gsize                   n;
  const MadoMunicipality *rows = mado_municipality_rows (&n);

  for (gsize i = 0; i < n; i++) {
    if (rows[i].code != NULL)
      g_assert_true (mado_municipality_code_is_valid (rows[i].code));
    else
      g_assert_nonnull (rows[i].successor);
    g_assert_nonnull (mado_prefecture_code (rows[i].prefecture));
    g_assert_true (rows[i].successor == NULL || mado_municipality_find (rows[i].successor) != NULL);
  }
  g_assert_true (mado_municipality_code_is_valid ("141305")); /* 川崎市 */
  g_assert_false (mado_municipality_code_is_valid ("141306"));
  g_assert_false (mado_municipality_code_is_valid ("14130"));
  g_assert_false (mado_municipality_code_is_valid ("14130x"));
}

static void
test_the_table_is_whole (void)
{
  gsize                   n, saitama = 0, gunma = 0;
  const MadoMunicipality *rows = mado_municipality_rows (&n);

  for (gsize i = 0; i < n; i++) {
    saitama += rows[i].code != NULL && g_str_has_prefix (rows[i].code, "11") ? 1 : 0;
    gunma += rows[i].code != NULL && g_str_has_prefix (rows[i].code, "10") ? 1 : 0;
    for (gsize k = 0; k < i; k++)
      g_assert_true (rows[i].code == NULL || g_strcmp0 (rows[i].code, rows[k].code) != 0);
  }
  g_assert_cmpuint (saitama, ==, 63);
  g_assert_cmpuint (gunma, ==, 35);
  g_assert_null (mado_municipality_find ("999999"));
  g_assert_null (mado_municipality_find (NULL));
}

static void
test_prefectures (void)
{
  const char *const *names = mado_prefectures ();

  g_assert_cmpuint (g_strv_length ((char **)names), ==, 47);
  g_assert_cmpstr (mado_prefecture_code ("埼玉県"), ==, "110001");
  g_assert_cmpstr (mado_prefecture_code ("群馬県"), ==, "100005");
  g_assert_cmpstr (mado_prefecture_code ("北海道"), ==, "010006");
  g_assert_null (mado_prefecture_code ("武蔵国"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/eligibility/the-twelve", test_the_twelve);
  g_test_add_func ("/domain/eligibility/the-sentence", test_the_sentence);
  g_test_add_func ("/domain/eligibility/look-alikes", test_look_alikes);
  g_test_add_func ("/domain/eligibility/unknown", test_unknown);
  g_test_add_func ("/domain/eligibility/merged-away", test_merged_away);
  g_test_add_func ("/domain/eligibility/spellings-of-one-place", test_spellings_of_one_place);
  g_test_add_func ("/domain/eligibility/address-stays-untouched", test_address_stays_untouched);
  g_test_add_func ("/domain/eligibility/missing-prefecture-is-hinted-at",
                   test_missing_prefecture_is_hinted_at);
  g_test_add_func ("/domain/rules/dated-tomorrow", test_a_rule_dated_tomorrow_changes_tomorrow);
  g_test_add_func ("/domain/rules/a-new-town-is-a-new-row", test_a_new_town_is_a_new_row);
  g_test_add_func ("/domain/eligibility/without-a-successor", test_without_a_successor);
  g_test_add_func ("/domain/rules/the-longest-name-counts", test_the_longest_name_counts);
  g_test_add_func ("/domain/rules/prefecture-may-be-missing", test_prefecture_may_be_missing);
  g_test_add_func ("/domain/rules/ages", test_ages);
  g_test_add_func ("/domain/rules/one-yes-is-enough", test_one_yes_is_enough);
  g_test_add_func ("/domain/rules/refused-files", test_refused_files);
  g_test_add_func ("/domain/municipality/check-digits", test_codes_have_their_check_digits);
  g_test_add_func ("/domain/municipality/the-table-is-whole", test_the_table_is_whole);
  g_test_add_func ("/domain/municipality/prefectures", test_prefectures);
  return g_test_run ();
}
