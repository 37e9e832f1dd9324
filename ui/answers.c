#include "ui/answers.h"

#include "ui/answer.h"
#include "ui/build.h"
#include "ui/said.h"

#define FULL "mado-full"

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

typedef struct {
  const char *topic, *question;
} Asked;

static const Asked card = { "カード", "署名は正しいですか" };
static const Asked validity = { "有効性", "失効していませんか" };
static const Asked area = { "対象", "登録できる人ですか" };

static void
set (GtkWidget *box, const Asked *asked, const Answer *found, const char *words, const char *meta)
{
  gboolean         full = meta != NULL;
  g_autofree char *whole = g_strdup_printf ("%s　%s", asked->topic, asked->question);

  if (words == NULL)
    words = full ? found->words : found->short_words;
  mado_answer_set (box,
                   &(MadoAnswerWords){ found->mark, full ? whole : asked->topic, words, meta });
}

void
mado_answers_draw (GtkWidget *answers, JsonObject *state)
{
  g_autoptr (GList) boxes = gtk_container_get_children (GTK_CONTAINER (answers));
  gboolean         full = g_object_get_data (G_OBJECT (answers), FULL) != NULL;
  g_autofree char *time = mado_said_time (state, "checked_at");
  g_autofree char *before = g_strconcat (time, *time != '\0' ? "　" : "", NULL);
  g_autofree char *here = g_strconcat (before, "この端末で確認", NULL);
  g_autofree char *service = validity_meta (state);
  const char      *rule = mado_said (state, "eligibility/rule");
  g_autofree char *by_rule = g_strconcat (before, "規則 ", *rule != '\0' ? rule : "なし", NULL);

  set (g_list_nth_data (boxes, 0), &card,
       find (card_answers, mado_said (state, "checks/signature")), NULL, full ? here : NULL);
  set (g_list_nth_data (boxes, 1), &validity,
       find (validity_answers, mado_said (state, "checks/revocation")),
       is_asking (state) ? "調べています" : NULL, full ? service : NULL);
  set (g_list_nth_data (boxes, 2), &area,
       find (area_answers, mado_said (state, "checks/eligibility")), NULL, full ? by_rule : NULL);
}

GtkWidget *
mado_answers_new (JsonObject *state, gboolean full)
{
  GtkWidget *column = mado_column (NULL, 9);

  g_object_set_data (G_OBJECT (column), FULL, GINT_TO_POINTER (full));
  for (int i = 0; i < 3; i++)
    mado_put (column, mado_answer_new ());
  mado_answers_draw (column, state);
  return column;
}
