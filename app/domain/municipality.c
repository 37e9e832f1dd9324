#include "app/domain/municipality.h"

#include <string.h>

#define S "埼玉県"
#define G "群馬県"

/* The municipalities of the two prefectures in which ours lie, whole, so that a name that is not
 * here is not taken for another place; some elsewhere whose names look like ours; and the names
 * that were merged into ours, which live on in what people type. Codes as of July 2026. */
/* clang-format off */
static const MadoMunicipality rows[] = {
  /* Kumagaya and its neighbours */
  { "112020", S, NULL, "熊谷市", NULL, NULL, NULL },
  { "112186", S, NULL, "深谷市", NULL, NULL, NULL },
  { "114081", S, "大里郡", "寄居町", NULL, NULL, NULL },
  { "112062", S, NULL, "行田市", NULL, NULL, NULL },
  { "112178", S, NULL, "鴻巣市", NULL, NULL, NULL },
  { "113476", S, "比企郡", "吉見町", NULL, NULL, NULL },
  { "112127", S, NULL, "東松山市", NULL, NULL, NULL },
  { "113417", S, "比企郡", "滑川町", NULL, NULL, NULL },
  { "113425", S, "比企郡", "嵐山町", NULL, NULL, NULL },
  { "102059", G, NULL, "太田市", NULL, NULL, NULL },
  { "105236", G, "邑楽郡", "千代田町", NULL, NULL, NULL },
  { "105244", G, "邑楽郡", "大泉町", NULL, NULL, NULL },
  /* the rest of Saitama */
  { "111007", S, NULL, "さいたま市", NULL, NULL, NULL },
  { "112011", S, NULL, "川越市", NULL, NULL, NULL },
  { "112038", S, NULL, "川口市", NULL, NULL, NULL },
  { "112071", S, NULL, "秩父市", NULL, NULL, NULL },
  { "112089", S, NULL, "所沢市", NULL, NULL, NULL },
  { "112097", S, NULL, "飯能市", NULL, NULL, NULL },
  { "112101", S, NULL, "加須市", NULL, NULL, NULL },
  { "112119", S, NULL, "本庄市", NULL, NULL, NULL },
  { "112143", S, NULL, "春日部市", NULL, NULL, NULL },
  { "112151", S, NULL, "狭山市", NULL, NULL, NULL },
  { "112160", S, NULL, "羽生市", NULL, NULL, NULL },
  { "112194", S, NULL, "上尾市", NULL, NULL, NULL },
  { "112216", S, NULL, "草加市", NULL, NULL, NULL },
  { "112224", S, NULL, "越谷市", NULL, NULL, NULL },
  { "112232", S, NULL, "蕨市", NULL, NULL, NULL },
  { "112241", S, NULL, "戸田市", NULL, NULL, NULL },
  { "112259", S, NULL, "入間市", NULL, NULL, NULL },
  { "112275", S, NULL, "朝霞市", NULL, NULL, NULL },
  { "112283", S, NULL, "志木市", NULL, NULL, NULL },
  { "112291", S, NULL, "和光市", NULL, NULL, NULL },
  { "112305", S, NULL, "新座市", NULL, NULL, NULL },
  { "112313", S, NULL, "桶川市", NULL, NULL, NULL },
  { "112321", S, NULL, "久喜市", NULL, NULL, NULL },
  { "112330", S, NULL, "北本市", NULL, NULL, NULL },
  { "112348", S, NULL, "八潮市", NULL, NULL, NULL },
  { "112356", S, NULL, "富士見市", NULL, NULL, NULL },
  { "112372", S, NULL, "三郷市", NULL, NULL, NULL },
  { "112381", S, NULL, "蓮田市", NULL, NULL, NULL },
  { "112399", S, NULL, "坂戸市", NULL, NULL, NULL },
  { "112402", S, NULL, "幸手市", NULL, NULL, NULL },
  { "112411", S, NULL, "鶴ヶ島市", NULL, NULL, NULL },
  { "112429", S, NULL, "日高市", NULL, NULL, NULL },
  { "112437", S, NULL, "吉川市", NULL, NULL, NULL },
  { "112453", S, NULL, "ふじみ野市", NULL, NULL, NULL },
  { "112461", S, NULL, "白岡市", NULL, NULL, NULL },
  { "113018", S, "北足立郡", "伊奈町", NULL, NULL, NULL },
  { "113247", S, "入間郡", "三芳町", NULL, NULL, NULL },
  { "113263", S, "入間郡", "毛呂山町", NULL, NULL, NULL },
  { "113271", S, "入間郡", "越生町", NULL, NULL, NULL },
  { "113433", S, "比企郡", "小川町", NULL, NULL, NULL },
  { "113468", S, "比企郡", "川島町", NULL, NULL, NULL },
  { "113484", S, "比企郡", "鳩山町", NULL, NULL, NULL },
  { "113492", S, "比企郡", "ときがわ町", NULL, NULL, NULL },
  { "113611", S, "秩父郡", "横瀬町", NULL, NULL, NULL },
  { "113620", S, "秩父郡", "皆野町", NULL, NULL, NULL },
  { "113638", S, "秩父郡", "長瀞町", NULL, NULL, NULL },
  { "113654", S, "秩父郡", "小鹿野町", NULL, NULL, NULL },
  { "113697", S, "秩父郡", "東秩父村", NULL, NULL, NULL },
  { "113816", S, "児玉郡", "美里町", NULL, NULL, NULL },
  { "113832", S, "児玉郡", "神川町", NULL, NULL, NULL },
  { "113859", S, "児玉郡", "上里町", NULL, NULL, NULL },
  { "114421", S, "南埼玉郡", "宮代町", NULL, NULL, NULL },
  { "114642", S, "北葛飾郡", "杉戸町", NULL, NULL, NULL },
  { "114651", S, "北葛飾郡", "松伏町", NULL, NULL, NULL },
  /* the rest of Gunma */
  { "102016", G, NULL, "前橋市", NULL, NULL, NULL },
  { "102024", G, NULL, "高崎市", NULL, NULL, NULL },
  { "102032", G, NULL, "桐生市", NULL, NULL, NULL },
  { "102041", G, NULL, "伊勢崎市", NULL, NULL, NULL },
  { "102067", G, NULL, "沼田市", NULL, NULL, NULL },
  { "102075", G, NULL, "館林市", NULL, NULL, NULL },
  { "102083", G, NULL, "渋川市", NULL, NULL, NULL },
  { "102091", G, NULL, "藤岡市", NULL, NULL, NULL },
  { "102105", G, NULL, "富岡市", NULL, NULL, NULL },
  { "102113", G, NULL, "安中市", NULL, NULL, NULL },
  { "102121", G, NULL, "みどり市", NULL, NULL, NULL },
  { "103446", G, "北群馬郡", "榛東村", NULL, NULL, NULL },
  { "103454", G, "北群馬郡", "吉岡町", NULL, NULL, NULL },
  { "103667", G, "多野郡", "上野村", NULL, NULL, NULL },
  { "103675", G, "多野郡", "神流町", NULL, NULL, NULL },
  { "103829", G, "甘楽郡", "下仁田町", NULL, NULL, NULL },
  { "103837", G, "甘楽郡", "南牧村", NULL, NULL, NULL },
  { "103845", G, "甘楽郡", "甘楽町", NULL, NULL, NULL },
  { "104213", G, "吾妻郡", "中之条町", NULL, NULL, NULL },
  { "104248", G, "吾妻郡", "長野原町", NULL, NULL, NULL },
  { "104256", G, "吾妻郡", "嬬恋村", NULL, NULL, NULL },
  { "104264", G, "吾妻郡", "草津町", NULL, NULL, NULL },
  { "104281", G, "吾妻郡", "高山村", NULL, NULL, NULL },
  { "104299", G, "吾妻郡", "東吾妻町", NULL, NULL, NULL },
  { "104434", G, "利根郡", "片品村", NULL, NULL, NULL },
  { "104442", G, "利根郡", "川場村", NULL, NULL, NULL },
  { "104485", G, "利根郡", "昭和村", NULL, NULL, NULL },
  { "104493", G, "利根郡", "みなかみ町", NULL, NULL, NULL },
  { "104647", G, "佐波郡", "玉村町", NULL, NULL, NULL },
  { "105210", G, "邑楽郡", "板倉町", NULL, NULL, NULL },
  { "105228", G, "邑楽郡", "明和町", NULL, NULL, NULL },
  { "105252", G, "邑楽郡", "邑楽町", NULL, NULL, NULL },
  /* elsewhere, with names that look like ours */
  { "131016", "東京都", NULL, "千代田区", NULL, NULL, NULL },
  { "131113", "東京都", NULL, "大田区", NULL, NULL, NULL },
  { "131202", "東京都", NULL, "練馬区", NULL, NULL, NULL },
  { "092100", "栃木県", NULL, "大田原市", NULL, NULL, NULL },
  /* merged into ours */
  { NULL, S, "大里郡", "大里町", NULL, "2005-10-01", "112020" },
  { NULL, S, "大里郡", "妻沼町", NULL, "2005-10-01", "112020" },
  { NULL, S, "大里郡", "江南町", NULL, "2007-02-13", "112020" },
  { NULL, S, "北埼玉郡", "川里町", NULL, "2005-10-01", "112178" },
  { NULL, S, "北足立郡", "吹上町", NULL, "2005-10-01", "112178" },
  { NULL, S, "北埼玉郡", "南河原村", NULL, "2006-01-01", "112062" },
  { NULL, S, "大里郡", "岡部町", NULL, "2006-01-01", "112186" },
  { NULL, S, "大里郡", "川本町", NULL, "2006-01-01", "112186" },
  { NULL, S, "大里郡", "花園町", NULL, "2006-01-01", "112186" },
  { NULL, G, "新田郡", "尾島町", NULL, "2005-03-28", "102059" },
  { NULL, G, "新田郡", "新田町", NULL, "2005-03-28", "102059" },
  { NULL, G, "新田郡", "藪塚本町", NULL, "2005-03-28", "102059" },
};
/* clang-format on */

#undef S
#undef G

static const char *const prefectures[] = {
  "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県",   "福島県", "茨城県",
  "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県", "新潟県", "富山県",
  "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県",   "愛知県", "三重県",
  "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県",
  "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県",   "高知県", "福岡県",
  "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県", NULL,
};

const MadoMunicipality *
mado_municipality_rows (gsize *ret_n)
{
  *ret_n = G_N_ELEMENTS (rows);
  return rows;
}

const MadoMunicipality *
mado_municipality_find (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_strcmp0 (rows[i].code, code) == 0 && code != NULL)
      return &rows[i];
  return NULL;
}

char
mado_municipality_check_digit (const char *five)
{
  int sum = 0;

  if (strlen (five) != 5 || strspn (five, "0123456789") != 5)
    return '\0';
  for (int i = 0; i < 5; i++)
    sum += (five[i] - '0') * (6 - i);
  return (char)('0' + (11 - sum % 11) % 10);
}

gboolean
mado_municipality_code_is_valid (const char *code)
{
  char five[6] = { 0 };

  if (strlen (code) != 6)
    return FALSE;
  memcpy (five, code, 5);
  char digit = mado_municipality_check_digit (five);
  return digit != '\0' && digit == code[5];
}

const char *
mado_prefecture_code (const char *name)
{
  static char  codes[G_N_ELEMENTS (prefectures)][7];
  static gsize made = 0;

  if (g_once_init_enter (&made)) {
    for (guint i = 0; prefectures[i] != NULL; i++) {
      g_snprintf (codes[i], sizeof codes[i], "%02u000", i + 1);
      codes[i][5] = mado_municipality_check_digit (codes[i]);
    }
    g_once_init_leave (&made, 1);
  }
  for (gsize i = 0; prefectures[i] != NULL; i++)
    if (g_str_equal (prefectures[i], name))
      return codes[i];
  return NULL;
}

const char *const *
mado_prefectures (void)
{
  return prefectures;
}
