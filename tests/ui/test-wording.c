#include "app/base/failure.h"
#include "ui/field.h"
#include "ui/wording.h"

#include <string.h>

static void
every_failure_has_its_own_sentences (void)
{
  for (int failure = 1; failure < MADO_FAILURE_LAST_ENTRY; failure++) {
    const MadoWording *wording = mado_wording (failure);

    g_test_message ("%s", mado_failure_code (failure));
    g_assert_cmpint (wording->failure, ==, failure);
    g_assert_true (g_str_has_suffix (wording->first, "。"));
    g_assert_true (g_str_has_suffix (wording->second, "。"));
    g_assert_nonnull (wording->next[0]);
    g_assert_true (g_str_has_prefix (wording->aloud, "「"));
    g_assert_true (g_str_has_suffix (wording->aloud, "」"));
  }
}

static void
an_unknown_failure_reads_as_our_own_fault (void)
{
  g_assert_cmpint (mado_wording (MADO_FAILURE_LAST_ENTRY)->failure, ==, MADO_FAILURE_INTERNAL);
  g_assert_cmpint (mado_wording (-1)->failure, ==, MADO_FAILURE_INTERNAL);
}

static void
says_no_word_that_frightens (void)
{
  static const char *const never[]
      = { "エラー", "不正", "失敗", "無効", "拒否", "却下", "異常", "利用者様" };

  for (int failure = 1; failure < MADO_FAILURE_LAST_ENTRY; failure++) {
    const MadoWording *wording = mado_wording (failure);
    g_autofree char   *all = g_strjoin ("\n", wording->first, wording->second, wording->aloud,
                                        wording->next[0], wording->next[1], NULL);
    for (gsize i = 0; i < G_N_ELEMENTS (never); i++)
      g_assert_null (strstr (all, never[i]));
  }
}

static void
a_wrong_field_is_told_as_it_is_now (void)
{
  g_autofree char *phone = mado_field_fault_words ("phone", "length", "048-000-123");
  g_autofree char *postcode = mado_field_fault_words ("postcode", "length", "36000");
  g_autofree char *other = mado_field_fault_words ("guardian", "form", "");

  g_assert_cmpstr (phone, ==, "10けたか 11けたです（いま 9けた）");
  g_assert_cmpstr (postcode, ==, "数字 7けたです（いま 5けた）");
  g_assert_cmpstr (other, ==, "もう一度 たしかめてください");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/wording/every-failure-has-its-own-sentences",
                   every_failure_has_its_own_sentences);
  g_test_add_func ("/ui/wording/an-unknown-failure-reads-as-our-own-fault",
                   an_unknown_failure_reads_as_our_own_fault);
  g_test_add_func ("/ui/wording/says-no-word-that-frightens", says_no_word_that_frightens);
  g_test_add_func ("/ui/wording/a-wrong-field-is-told-as-it-is-now",
                   a_wrong_field_is_told_as_it_is_now);
  return g_test_run ();
}
