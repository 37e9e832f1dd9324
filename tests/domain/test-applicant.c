/* What people type: accepted, brought to one form, or refused with a word. */
#include "app/base/json.h"
#include "app/domain/applicant.h"

#include <string.h>

typedef struct {
  const char *typed;
  const char *stored; /* NULL: refused */
  const char *word;
} Case;

static void
check_cases (const Case *cases, gsize n, char *(*check) (const char *text, const char **ret_word))
{
  for (gsize i = 0; i < n; i++) {
    const char      *word = NULL;
    g_autofree char *stored = check (cases[i].typed, &word);
    if (g_strcmp0 (stored, cases[i].stored) != 0 || g_strcmp0 (word, cases[i].word) != 0)
      g_error ("%s: got %s (%s), meant %s (%s)", cases[i].typed, stored, word, cases[i].stored,
               cases[i].word);
  }
}

static void
test_kana (void)
{
  static const Case cases[] = {
    { "クマガヤハナコ", "クマガヤハナコ", NULL },
    { "くまがや はなこ", "クマガヤ　ハナコ", NULL },
    { "ｸﾏｶﾞﾔ ﾊﾅｺ", "クマガヤ　ハナコ", NULL },
    { "　クマガヤ　　ハナコ　", "クマガヤ　ハナコ", NULL },
    { "ﾊﾟｰｶｰ ｼﾞｮﾝ･ﾎﾟｰﾙ", "パーカー　ジョン・ポール", NULL },
    { "いすゞ", "イスヾ", NULL },
    { "", NULL, "missing" },
    { "　", NULL, "missing" },
    { "熊谷花子", NULL, "characters" },
    { "Hanako", NULL, "characters" },
    { "クマガヤ1", NULL, "characters" },
    { "\xff", NULL, "missing" },
  };
  const char      *word = NULL;
  g_autofree char *hundred = g_strnfill (100, 'x');
  g_autoptr (GString) long_kana = g_string_new (hundred);

  check_cases (cases, G_N_ELEMENTS (cases), mado_applicant_kana);
  g_string_replace (long_kana, "x", "ア", 0);
  g_autofree char *fits = mado_applicant_kana (long_kana->str, &word);
  g_assert_cmpstr (fits, ==, long_kana->str);
  g_string_append (long_kana, "ア");
  g_assert_null (mado_applicant_kana (long_kana->str, &word));
  g_assert_cmpstr (word, ==, "length");
}

static void
test_phone (void)
{
  static const Case cases[] = {
    { "048-555-0000", "0485550000", NULL },
    { "０９０－１２３４－５６７８", "09012345678", NULL },
    { "(048) 555 0000", "0485550000", NULL },
    { "048ー555ー0000", "0485550000", NULL },
    { "+81 90-1234-5678", "09012345678", NULL },
    { "+81-48-555-0000", "0485550000", NULL },
    { "+81 (0)48-555-0000", "0485550000", NULL },
    { "", NULL, "missing" },
    { "048-555-000", NULL, "length" },
    { "090-1234-56789", NULL, "length" },
    { "048-555-000a", NULL, "characters" },
    { "1485550000", NULL, "form" },
    { "0085550000", NULL, "form" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), mado_applicant_phone);
}

static void
test_email (void)
{
  static const Case cases[] = {
    { "hanako@example.jp", "hanako@example.jp", NULL },
    { " Hanako@Example.JP ", "Hanako@example.jp", NULL },
    { "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ", "hanako@example.jp", NULL },
    { "hana..ko.@docomo.example.jp", "hana..ko.@docomo.example.jp", NULL },
    { "a+b@sub.example.co.jp", "a+b@sub.example.co.jp", NULL },
    { "", NULL, "missing" },
    { "hanako", NULL, "form" },
    { "@example.jp", NULL, "form" },
    { "hanako@", NULL, "form" },
    { "hanako@example", NULL, "form" },
    { "hanako@example..jp", NULL, "form" },
    { "hanako@-example.jp", NULL, "form" },
    { "hanako@example.j", NULL, "form" },
    { "hanako@192.0.2.1", NULL, "form" },
    { "a@b@example.jp", NULL, "form" },
    { "hana ko@example.jp", NULL, "characters" },
    { "花子@example.jp", NULL, "characters" },
    { "hanako@example.jp\nBcc: x@example.jp", NULL, "characters" },
  };
  g_autofree char *label = g_strnfill (62, 'a');
  g_autofree char *too_long = g_strdup_printf ("a@%s.%s.%s.%s.jp", label, label, label, label);
  g_autofree char *local = g_strdup_printf ("%s%s@example.jp", label, label);
  const char      *word = NULL;

  check_cases (cases, G_N_ELEMENTS (cases), mado_applicant_email);
  g_assert_null (mado_applicant_email (too_long, &word));
  g_assert_cmpstr (word, ==, "length");
  g_assert_null (mado_applicant_email (local, &word));
  g_assert_cmpstr (word, ==, "form");
}

static void
test_postcode (void)
{
  static const Case cases[] = {
    { "360-0041", "3600041", NULL }, { "〒３６０－００４１", "3600041", NULL },
    { "3600041", "3600041", NULL },  { "", NULL, "missing" },
    { "〒", NULL, "missing" },       { "360-004", NULL, "length" },
    { "360-00411", NULL, "length" }, { "36o-0041", NULL, "characters" },
  };

  check_cases (cases, G_N_ELEMENTS (cases), mado_applicant_postcode);
}

static void
test_for_the_eye (void)
{
  static const Case cases[] = {
    { "09012345678", "090-1234-5678", NULL }, { "0485550000", "048-555-0000", NULL },
    { "0120123456", "0120-123-456", NULL },   { "0312345678", "03-1234-5678", NULL },
    { "05012345678", "050-1234-5678", NULL }, { "0276123456", "027-612-3456", NULL },
    { "0495123456", "0495123456", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = mado_applicant_phone_text (cases[i].typed);
    g_assert_cmpstr (text, ==, cases[i].stored);
  }
  g_autofree char *postcode = mado_applicant_postcode_text ("3600041");
  g_assert_cmpstr (postcode, ==, "360-0041");
}

static void
test_choices (void)
{
  g_assert_cmpstr (mado_choice_label (mado_branches (), "kumagaya"), ==, "熊谷");
  g_assert_cmpstr (mado_choice_label (mado_branches (), "mobile"), ==, "移動図書館");
  g_assert_null (mado_choice_label (mado_branches (), "Kumagaya"));
  g_assert_cmpstr (mado_choice_label (mado_categories (), "general"), ==, "一般");
}

/* --- the whole form -------------------------------------------------------------------------- */

static char *
check_form (const char *json, gboolean whole)
{
  g_autoptr (JsonObject) typed = mado_json_parse_object (json, strlen (json), NULL);
  MadoFieldFault fault = { NULL, NULL };
  g_autoptr (JsonObject) checked = mado_applicant_check (typed, whole, &fault);

  if (checked == NULL)
    return g_strdup_printf ("!%s %s", fault.field, fault.word);
  return mado_json_canonical_object (checked);
}

static void
test_forms (void)
{
  static const struct {
    const char *typed;
    gboolean    whole;
    const char *expected;
  } cases[] = {
    { "{\"kana\":\"くまがや\",\"phone\":\"048-555-0000\"}", TRUE,
      "{\"kana\":\"クマガヤ\",\"phone\":\"0485550000\"}" },
    { "{\"kana\":\"カ\",\"phone\":\"\",\"email\":\"A@B.jp\",\"postcode\":\"360-0041\","
      "\"category\":\"child\",\"branch\":\"mobile\",\"guardian\":{\"name\":\" 見本 太郎 \","
      "\"phone\":\"090-1234-5678\",\"relation\":\"父\"}}",
      TRUE,
      "{\"branch\":\"mobile\",\"category\":\"child\",\"email\":\"A@b.jp\",\"guardian\":"
      "{\"name\":\"見本 太郎\",\"phone\":\"09012345678\",\"relation\":\"父\"},\"kana\":\"カ\","
      "\"postcode\":\"3600041\"}" },
    { "{\"kana\":\"カ\"}", FALSE, "{\"kana\":\"カ\"}" },
    { "{}", FALSE, "{}" },
    { "{\"phone\":null}", FALSE, "{}" },
    { "{\"guardian\":null}", FALSE, "{}" },
    { "{}", TRUE, "!kana missing" },
    { "{\"kana\":\"\",\"phone\":\"0485550000\"}", TRUE, "!kana missing" },
    { "{\"kana\":\"カ\"}", TRUE, "!phone missing" },
    { "{\"kana\":\"k\",\"phone\":\"1\"}", TRUE, "!kana characters" },
    { "{\"kana\":\"カ\",\"phone\":\"1\"}", TRUE, "!phone length" },
    { "{\"phone\":1}", FALSE, "!phone form" },
    { "{\"email\":\"a\"}", FALSE, "!email form" },
    { "{\"postcode\":\"1\"}", FALSE, "!postcode length" },
    { "{\"category\":\"king\"}", FALSE, "!category choice" },
    { "{\"branch\":\"tokyo\"}", FALSE, "!branch choice" },
    { "{\"name\":\"見本\"}", FALSE, "!fields unknown" },
    { "{\"shoe_size\":\"1\"}", FALSE, "!fields unknown" },
    { "{\"guardian\":\"見本\"}", FALSE, "!guardian form" },
    { "{\"guardian\":{\"name\":\"見本\",\"age\":\"1\"}}", FALSE, "!guardian form" },
    { "{\"guardian\":{\"phone\":\"0485550000\"}}", FALSE, "!guardian missing" },
    { "{\"guardian\":{\"name\":\"  \"}}", FALSE, "!guardian missing" },
    { "{\"guardian\":{\"name\":\"見\\u0007本\"}}", FALSE, "!guardian characters" },
    { "{\"guardian\":{\"name\":\"見本\",\"phone\":\"1\"}}", FALSE, "!guardian length" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *got = check_form (cases[i].typed, cases[i].whole);
    g_assert_cmpstr (got, ==, cases[i].expected);
  }
}

static void
test_checked_twice_is_checked_once (void)
{
  static const char form[]
      = "{\"kana\":\"ｸﾏｶﾞﾔ ﾊﾅｺ\",\"phone\":\"+81 48 555 0000\",\"email\":\"A@B.JP\","
        "\"postcode\":\"〒360-0041\"}";
  g_autofree char *once = check_form (form, TRUE);
  g_autofree char *twice = check_form (once, TRUE);

  g_assert_cmpstr (once, ==, twice);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/applicant/kana", test_kana);
  g_test_add_func ("/domain/applicant/phone", test_phone);
  g_test_add_func ("/domain/applicant/email", test_email);
  g_test_add_func ("/domain/applicant/postcode", test_postcode);
  g_test_add_func ("/domain/applicant/for-the-eye", test_for_the_eye);
  g_test_add_func ("/domain/applicant/choices", test_choices);
  g_test_add_func ("/domain/applicant/forms", test_forms);
  g_test_add_func ("/domain/applicant/checked-twice-is-checked-once",
                   test_checked_twice_is_checked_once);
  return g_test_run ();
}
