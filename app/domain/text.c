#include "app/domain/text.h"

#include <string.h>

/* Old form and new form, one pair after another (JIS X 0208 appendix, the forms of place names). */
static const char forms[]
    = "澤沢龍竜嶋島邊辺邉辺濱浜濵浜國国縣県區区廣広櫻桜瀧滝惠恵淵渕壽寿藏蔵藪薮籠篭檜桧鹽塩條条"
      "萬万榮栄齋斎齊斉佛仏黑黒眞真關関靜静曾曽彌弥寶宝澁渋澀渋莊荘穗穂圓円學学號号鄕郷髙高"
      "﨑崎舘館冨富峯峰嶽岳樂楽巢巣鷗鴎圖図舊旧豐豊應応戶戸步歩每毎德徳"
      "禮礼靈霊稻稲缺欠燒焼獨独晝昼當当來来壯壮發発鐵鉄驛駅假仮會会從従將将乘乗淺浅"
      "賴頼瀨瀬緖緒增増橫横淸清熙煕諫諌薗園埜野舩船𠮷吉嵜崎邨村槗橋桒桑栁柳籔薮靍鶴靏鶴礒磯遙遥堯尭"
      "晉晋恆恒龜亀";

static gboolean
is_ignorable (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_ismark (c) || (c >= 0x200B && c <= 0x200F)
         || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF)
         || (c >= 0x180B && c <= 0x180F) || c == 0x2060 || c == 0xFEFF;
}

static gunichar
new_form (gunichar c)
{
  const char *at = forms;

  while (*at != '\0') {
    gunichar old = g_utf8_get_char (at);
    at = g_utf8_next_char (at);
    if (old == c)
      return g_utf8_get_char (at);
    at = g_utf8_next_char (at);
  }
  return c;
}

/* 鶴ヶ島, 鶴ケ島, 鶴が島 and 鶴ガ島 are one place. */
static gunichar
same_ke (gunichar c)
{
  switch (c) {
  case 0x30F6: /* ヶ */
  case 0x3096: /* ゖ */
  case 0x304C: /* が */
  case 0x30AC: /* ガ */
    return 0x30B1;
  case 0x30F5: /* ヵ */
  case 0x3095: /* ゕ */
    return 0x30AB;
  default:
    return c;
  }
}

static char *
normalise (const char *text)
{
  return g_utf8_validate (text, -1, NULL) ? g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE)
                                          : NULL;
}

char *
mado_text_fold (const char *text)
{
  g_autofree char *plain = normalise (text);
  GString         *folded = g_string_new (NULL);
  gunichar         last = 0;

  for (const char *at = plain; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (is_ignorable (c))
      continue;
    if (c != 0x3005 || last == 0) /* 々 */
      last = new_form (same_ke (g_unichar_tolower (c)));
    g_string_append_unichar (folded, last);
  }
  return g_string_free (folded, FALSE);
}

static char *
join_parts (const char *plain, const char *between)
{
  GString *out = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    if (g_unichar_isspace (c)) {
      gap = out->len > 0;
      continue;
    }
    if (gap)
      g_string_append (out, between);
    gap = FALSE;
    g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

char *
mado_text_tidy (const char *text)
{
  g_autofree char *plain = normalise (text);

  return join_parts (plain != NULL ? plain : "", " ");
}

static gunichar
katakana_of (gunichar c)
{
  gboolean hiragana = (c >= 0x3041 && c <= 0x3096) || c == 0x309D || c == 0x309E;

  return hiragana ? c + 0x60 : c;
}

char *
mado_text_katakana (const char *text)
{
  g_autofree char *plain = normalise (text);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *at = plain; at != NULL && *at != '\0'; at = g_utf8_next_char (at))
    g_string_append_unichar (out, katakana_of (g_utf8_get_char (at)));
  return join_parts (out->str, "\xE3\x80\x80");
}
