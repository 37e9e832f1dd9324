/* What is agreed to, what is signed, what is taken home, and who is known already. */
#include "app/base/json.h"
#include "app/domain/consent.h"
#include "app/domain/document.h"
#include "app/domain/duplicate.h"
#include "app/domain/receipt.h"
#include "app/domain/text.h"

#include <string.h>

#define APPLICATION "0192f3a2-0000-7000-8000-000000000000"

static void
test_consent (void)
{
  const MadoConsent *consent = mado_consent_current ();

  g_assert_true (mado_consent_find (consent->version) == consent);
  g_assert_null (mado_consent_find ("1999-01"));
  g_assert_null (mado_consent_find (NULL));
  g_assert_nonnull (strstr (consent->text, "なまえ・住所・生年月日"));
  g_assert_nonnull (strstr (consent->text, "マイナンバー（12けたの番号）は読みません"));
  g_assert_nonnull (strstr (consent->text, "性別と顔写真は、のこしません"));
  g_assert_nonnull (strstr (consent->text, "消します"));
}

/* A version that is out is never edited: this digest stands in signed documents. */
static void
test_consent_is_never_edited (void)
{
  g_autofree char *digest = mado_consent_digest_text (mado_consent_find ("2026-11"));

  g_assert_cmpstr (digest, ==, "ZhDlBFQ2-L7mJG_-z7tfk0XTCtVakER8FpkyhOVHuko");
}

static void
test_document (void)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  MadoDocument document = { APPLICATION, mado_consent_current (),    fields, "sign",
                            "K-0001",    "2026-11-20T09:00:00+09:00" };

  json_object_set_string_member (fields, "name", "見本　花子");
  json_object_set_string_member (fields, "kana", "ミホン　ハナコ");
  g_autofree char *digest = mado_consent_digest_text (document.consent);
  g_autofree char *expected = g_strdup_printf (
      "{\"application\":\"" APPLICATION
      "\",\"consent\":{\"digest\":\"%s\",\"version\":\"2026-11\"},"
      "\"fields\":{\"kana\":\"ミホン　ハナコ\",\"name\":\"見本　花子\"},\"method\":\"sign\","
      "\"purpose\":\"madoguchi-application\",\"terminal\":\"K-0001\","
      "\"time\":\"2026-11-20T09:00:00+09:00\"}",
      digest);
  g_autofree char *text = mado_application_document (&document);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_receipt (void)
{
  g_autofree char *code = mado_receipt_code (APPLICATION);
  g_autofree char *other = mado_receipt_code ("0192f3a2-0000-7000-8000-000000000001");
  g_autofree char *typed = g_strdup_printf (" %.3s-%s ", code, code + 3);
  g_autofree char *lower = g_ascii_strdown (typed, -1);
  g_autofree char *back = mado_receipt_parse (lower);

  g_assert_cmpstr (code, ==, "V6AWGS");
  g_assert_cmpstr (code, !=, other);
  g_assert_cmpstr (back, ==, code);
  g_autofree char *wide = mado_receipt_parse ("Ａ７Ｋ３Ｑ２");
  g_assert_cmpstr (wide, ==, "A7K3Q2");
  g_assert_null (mado_receipt_parse ("A7K3Q"));
  g_assert_null (mado_receipt_parse ("A7K3Q23"));
  g_assert_null (mado_receipt_parse ("A7K3Q0"));
  g_assert_null (mado_receipt_parse ("A7K3QI"));
}

static void
test_receipts_use_plain_characters (void)
{
  for (int i = 0; i < 500; i++) {
    g_autofree char *uuid = g_strdup_printf ("0192f3a2-0000-7000-8000-%012d", i);
    g_autofree char *code = mado_receipt_code (uuid);
    g_assert_cmpuint (strlen (code), ==, 6);
    g_assert_cmpuint (strspn (code, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"), ==, 6);
  }
}

static void
test_duplicates (void)
{
  static const MadoDuplicateSubject known
      = { "a", "髙橋　花子", "1990-01-02", "0485550000", "hanako@example.jp" };
  static const struct {
    MadoDuplicateSubject other;
    guint                hints;
  } cases[] = {
    { { "b", "高橋花子", "1990-01-02", NULL, NULL }, MADO_DUPLICATE_PERSON },
    { { "b", "高橋 花子", "1990-01-03", NULL, NULL }, 0 },
    { { "b", "高橋太郎", "1990-01-02", NULL, NULL }, 0 },
    { { "b", NULL, NULL, "0485550000", NULL }, MADO_DUPLICATE_PHONE },
    { { "b", NULL, NULL, "", "" }, 0 },
    { { "b", NULL, NULL, NULL, "HANAKO@example.jp" }, MADO_DUPLICATE_EMAIL },
    { { "b", "髙橋　花子", "1990-01-02", "0485550000", "hanako@example.jp" },
      MADO_DUPLICATE_PERSON | MADO_DUPLICATE_PHONE | MADO_DUPLICATE_EMAIL },
    { { "a", "髙橋　花子", "1990-01-02", "0485550000", "hanako@example.jp" }, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_assert_cmpuint (mado_duplicate_compare (&known, &cases[i].other), ==, cases[i].hints);
    g_assert_cmpuint (mado_duplicate_compare (&cases[i].other, &known), ==, cases[i].hints);
  }
}

static void
test_unknown_birth_dates_are_nobody (void)
{
  MadoDuplicateSubject a = { "a", "見本　花子", "0000-00-00", NULL, NULL };
  MadoDuplicateSubject b = { "b", "見本　花子", "0000-00-00", NULL, NULL };

  g_assert_cmpuint (mado_duplicate_compare (&a, &b), ==, 0);
}

static void
test_duplicate_words (void)
{
  g_autofree const char **all = mado_duplicate_words (7);
  g_autofree const char **none = mado_duplicate_words (0);

  g_assert_cmpstr (all[0], ==, "person");
  g_assert_cmpstr (all[1], ==, "phone");
  g_assert_cmpstr (all[2], ==, "email");
  g_assert_null (all[3]);
  g_assert_null (none[0]);
}

static void
test_folding (void)
{
  static const struct {
    const char *a;
    const char *b;
  } same[] = { { "佐々木", "佐佐木" }, { "渡邊", "渡邉" }, { "濵﨑", "浜崎" }, { "𠮷田", "吉田" },
               { "ABC", "ａｂｃ" },    { "々", "々" },     { "ｶﾞ", "ヶ" } };

  for (gsize i = 0; i < G_N_ELEMENTS (same); i++) {
    g_autofree char *a = mado_text_fold (same[i].a);
    g_autofree char *b = mado_text_fold (same[i].b);
    g_assert_cmpstr (a, ==, b);
  }
  g_autofree char *broken = mado_text_fold ("\xff");
  g_assert_cmpstr (broken, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/consent/says-what-matters", test_consent);
  g_test_add_func ("/domain/consent/is-never-edited", test_consent_is_never_edited);
  g_test_add_func ("/domain/document/canonical", test_document);
  g_test_add_func ("/domain/receipt/there-and-back", test_receipt);
  g_test_add_func ("/domain/receipt/plain-characters", test_receipts_use_plain_characters);
  g_test_add_func ("/domain/duplicate/hints", test_duplicates);
  g_test_add_func ("/domain/duplicate/unknown-birth-dates-are-nobody",
                   test_unknown_birth_dates_are_nobody);
  g_test_add_func ("/domain/duplicate/words", test_duplicate_words);
  g_test_add_func ("/domain/text/folding", test_folding);
  return g_test_run ();
}
