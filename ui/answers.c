#include "ui/answers.h"

#include "ui/build.h"
#include "ui/parts.h"
#include "ui/said.h"

typedef struct {
  const char *value;
  MadoMark    mark;
  const char *words, *short_words;
} Answer;

static const Answer card_answers[] = {
  { "yes", MADO_MARK_YES, "正しい", "署名は正しい" },
  { "no", MADO_MARK_NO, "正しいとは言えません", "正しいとは言えません" },
  { NULL, MADO_MARK_UNCHECKED, "まだ調べていません", "まだ調べていません" },
};

static const Answer validity_answers[] = {
  { "good", MADO_MARK_YES, "失効していません", "失効していません" },
  { "revoked", MADO_MARK_NO, "失効しています", "失効しています" },
  { "unknown", MADO_MARK_UNCHECKED, "わかりませんでした", "わかりませんでした" },
  { NULL, MADO_MARK_UNCHECKED, "まだ調べていません", "まだ調べていません" },
};

static const Answer area_answers[] = {
  { "in-area", MADO_MARK_YES, "登録できます", "登録できます" },
  { "out-of-area", MADO_MARK_NO, "対象の地域ではありません", "対象の地域ではありません" },
  { "unknown", MADO_MARK_UNCHECKED, "職員が確かめます", "職員が確かめます" },
  { NULL, MADO_MARK_UNCHECKED, "まだ調べていません", "まだ調べていません" },
};

static const Answer *
find (const Answer *answers, const char *value)
{
  while (answers->value != NULL && !g_str_equal (answers->value, value))
    answers++;
  return answers;
}

/* While the question is out there is no source yet; with one, "not checked" is the answer. */
static gboolean
is_asking (JsonObject *state)
{
  return g_str_equal (mado_said (state, "checks/revocation"), "not-checked")
         && *mado_said (state, "source") == '\0';
}

static char *
validity_meta (JsonObject *state)
{
  g_autofree char *time = mado_said_time (state, "checked_at");
  const char      *source = mado_said (state, "source");

  if (is_asking (state))
    return g_strdup ("認証サービスに問い合わせています");
  if (g_str_equal (mado_said (state, "checks/revocation"), "not-checked"))
    return g_strdup ("つながったら もう一度 調べます");
  return g_strdup_printf ("%s　%s", time,
                          g_str_equal (source, "crl") ? "失効リスト" : "認証サービスの回答");
}

static GtkWidget *
answer (const Answer *found,
        const char   *question,
        const char   *topic,
        const char   *words,
        const char   *meta,
        gboolean      full)
{
  g_autofree char *asked = g_strdup_printf ("%s　%s", topic, question);

  return mado_answer_new (found->mark, full ? asked : topic,
                          words != NULL ? words
                          : full        ? found->words
                                        : found->short_words,
                          full ? meta : NULL);
}

GtkWidget *
mado_answers_new (JsonObject *state, gboolean full)
{
  GtkWidget       *column = mado_column (NULL, 9);
  g_autofree char *time = mado_said_time (state, "checked_at");
  g_autofree char *here = g_strconcat (time, *time != '\0' ? "　" : "", "この端末で確認", NULL);
  g_autofree char *validity = validity_meta (state);
  const char      *rule = mado_said (state, "eligibility/rule");
  g_autofree char *rule_words = g_strdup_printf ("%s%s規則 %s", time, *time != '\0' ? "　" : "",
                                                 *rule != '\0' ? rule : "なし");

  mado_put (column, answer (find (card_answers, mado_said (state, "checks/signature")),
                            "署名は正しいですか", "カード", NULL, here, full));
  mado_put (column, answer (find (validity_answers, mado_said (state, "checks/revocation")),
                            "失効していませんか", "有効性",
                            is_asking (state) ? "調べています" : NULL, validity, full));
  mado_put (column, answer (find (area_answers, mado_said (state, "checks/eligibility")),
                            "登録できる人ですか", "対象", NULL, rule_words, full));
  return column;
}
