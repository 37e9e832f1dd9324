#include "app/domain/rules-inner.h"

/* The month in which the first My Number Cards were handed out. */
#define FIRST_CARDS "2016-01-01"

static const MadoRule shipped[] = {
  { "address-112020", "112020", FIRST_CARDS, NULL, -1, -1 }, /* 熊谷市 */
  { "address-112186", "112186", FIRST_CARDS, NULL, -1, -1 }, /* 深谷市 */
  { "address-114081", "114081", FIRST_CARDS, NULL, -1, -1 }, /* 寄居町 */
  { "address-112062", "112062", FIRST_CARDS, NULL, -1, -1 }, /* 行田市 */
  { "address-112178", "112178", FIRST_CARDS, NULL, -1, -1 }, /* 鴻巣市 */
  { "address-113476", "113476", FIRST_CARDS, NULL, -1, -1 }, /* 吉見町 */
  { "address-112127", "112127", FIRST_CARDS, NULL, -1, -1 }, /* 東松山市 */
  { "address-113417", "113417", FIRST_CARDS, NULL, -1, -1 }, /* 滑川町 */
  { "address-113425", "113425", FIRST_CARDS, NULL, -1, -1 }, /* 嵐山町 */
  { "address-102059", "102059", FIRST_CARDS, NULL, -1, -1 }, /* 太田市 */
  { "address-105236", "105236", FIRST_CARDS, NULL, -1, -1 }, /* 千代田町 */
  { "address-105244", "105244", FIRST_CARDS, NULL, -1, -1 }, /* 大泉町 */
};

MadoRules *
mado_rules_new_empty (void)
{
  MadoRules *rules = g_new0 (MadoRules, 1);

  rules->rules = g_array_new (FALSE, TRUE, sizeof (MadoRule));
  rules->municipalities = g_array_new (FALSE, TRUE, sizeof (MadoMunicipality));
  rules->texts = g_string_chunk_new (1024);
  return rules;
}

void
mado_rules_free (MadoRules *rules)
{
  if (rules == NULL)
    return;
  g_array_unref (rules->rules);
  g_array_unref (rules->municipalities);
  g_string_chunk_free (rules->texts);
  g_free (rules);
}

const MadoMunicipality *
mado_rules_find_municipality (const MadoRules *rules, const char *code)
{
  for (guint i = 0; code != NULL && i < rules->municipalities->len; i++) {
    const MadoMunicipality *row = &g_array_index (rules->municipalities, MadoMunicipality, i);
    if (g_strcmp0 (row->code, code) == 0)
      return row;
  }
  return NULL;
}

void
mado_rules_add_shipped_municipalities (MadoRules *rules)
{
  gsize                   n;
  const MadoMunicipality *rows = mado_municipality_rows (&n);

  for (gsize i = 0; i < n; i++)
    if (rows[i].code == NULL || mado_rules_find_municipality (rules, rows[i].code) == NULL)
      g_array_append_val (rules->municipalities, rows[i]);
}

MadoRules *
mado_rules_new_shipped (void)
{
  MadoRules *rules = mado_rules_new_empty ();

  g_array_append_vals (rules->rules, shipped, G_N_ELEMENTS (shipped));
  mado_rules_add_shipped_municipalities (rules);
  return rules;
}
