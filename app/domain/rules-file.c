/* A rules file: what mado_rules_parse() makes of it. */
#include "app/domain/day.h"
#include "app/domain/error.h"
#include "app/domain/rules-inner.h"
#include "app/domain/text.h"

#include <stdlib.h>
#include <string.h>

/* --- lines to groups ----------------------------------------------------------------------- */

typedef struct {
  char *value;
  guint line;
} Entry;

typedef struct {
  char       *kind; /* "rules", "municipality", "rule" */
  char       *id;   /* what stands behind the kind; "" when nothing does */
  guint       line;
  GHashTable *entries; /* key → Entry */
} Group;

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->value);
  g_free (entry);
}

static void
free_group (gpointer data)
{
  Group *group = data;

  g_free (group->kind);
  g_free (group->id);
  g_hash_table_unref (group->entries);
  g_free (group);
}

static gboolean
refuse (GError **error, guint line, const char *expected)
{
  return mado_domain_raise (error, MADO_DOMAIN_ERROR_RULES, "line %u: expected %s", line, expected);
}

static gboolean
is_known_group (const char *kind, const char *id)
{
  if (g_str_equal (kind, "rules"))
    return *id == '\0';
  if (g_str_equal (kind, "municipality"))
    return mado_municipality_code_is_valid (id);
  return g_str_equal (kind, "rule") && *id != '\0'
         && strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (id);
}

static gboolean
is_repeated (GPtrArray *groups, const char *kind, const char *id)
{
  for (guint i = 0; i < groups->len; i++) {
    Group *group = groups->pdata[i];
    if (g_str_equal (group->kind, kind) && g_str_equal (group->id, id))
      return TRUE;
  }
  return FALSE;
}

static gboolean
read_group (GPtrArray *groups, const char *text, guint line, GError **error)
{
  g_autofree char *inner = g_strndup (text + 1, strlen (text) - 2);
  g_auto (GStrv) words = g_strsplit (inner, " ", 2);
  const char *kind = words[0] != NULL ? words[0] : "";
  const char *id = words[0] != NULL && words[1] != NULL ? words[1] : "";

  if (!is_known_group (kind, id))
    return refuse (error, line, "[rules], [municipality CODE] or [rule ID]");
  if (is_repeated (groups, kind, id))
    return refuse (error, line, "each group once");
  Group *group = g_new0 (Group, 1);
  group->kind = g_strdup (kind);
  group->id = g_strdup (id);
  group->line = line;
  group->entries = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_entry);
  g_ptr_array_add (groups, group);
  return TRUE;
}

static gboolean
read_entry (GPtrArray *groups, const char *text, guint line, GError **error)
{
  const char *sign = strchr (text, '=');

  if (groups->len == 0 || sign == NULL || sign == text || sign[1] == '\0')
    return refuse (error, line, "a group, key=value, or a comment");
  Group           *group = groups->pdata[groups->len - 1];
  g_autofree char *key = g_strndup (text, (gsize)(sign - text));
  if (g_hash_table_contains (group->entries, key))
    return refuse (error, line, "each key once in a group");
  Entry *entry = g_new0 (Entry, 1);
  entry->value = g_strdup (sign + 1);
  entry->line = line;
  g_hash_table_insert (group->entries, g_steal_pointer (&key), entry);
  return TRUE;
}

static gboolean
read_line (GPtrArray *groups, char *text, guint line, GError **error)
{
  g_strstrip (text);
  if (*text == '\0' || *text == '#')
    return TRUE;
  if (*text == '[' && g_str_has_suffix (text, "]"))
    return read_group (groups, text, line, error);
  return read_entry (groups, text, line, error);
}

static GPtrArray *
read_groups (const char *text, GError **error)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func (free_group);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (!read_line (groups, lines[i], i + 1, error))
      return NULL;
  return g_steal_pointer (&groups);
}

/* --- groups to rows ------------------------------------------------------------------------ */

static gboolean
is_any_text (const char *value)
{
  return *value != '\0';
}

static gboolean
is_prefecture (const char *value)
{
  return mado_prefecture_code (value) != NULL;
}

static gboolean
is_yes_or_no (const char *value)
{
  return g_str_equal (value, "yes") || g_str_equal (value, "no");
}

static gboolean
is_version (const char *value)
{
  return g_str_equal (value, "1");
}

static gboolean
is_age (const char *value)
{
  return strlen (value) <= 3 && strspn (value, "0123456789") == strlen (value);
}

typedef struct {
  const char *kind;
  const char *key;
  gboolean    required;
  gboolean (*accepts) (const char *value);
  const char *expected;
} Key;

static const Key keys[] = {
  { "rules", "version", TRUE, is_version, "version=1" },
  { "rules", "prefecture-may-be-missing", FALSE, is_yes_or_no, "yes or no" },
  { "municipality", "prefecture", TRUE, is_prefecture, "the full name of a prefecture" },
  { "municipality", "county", FALSE, is_any_text, "the name of a county" },
  { "municipality", "name", TRUE, is_any_text, "the name of the municipality" },
  { "municipality", "from", FALSE, mado_day_is_valid, "a day, YYYY-MM-DD" },
  { "municipality", "until", FALSE, mado_day_is_valid, "a day, YYYY-MM-DD" },
  { "municipality", "successor", FALSE, mado_municipality_code_is_valid, "a six-digit code" },
  { "rule", "municipality", TRUE, mado_municipality_code_is_valid, "a six-digit code" },
  { "rule", "from", FALSE, mado_day_is_valid, "a day, YYYY-MM-DD" },
  { "rule", "until", FALSE, mado_day_is_valid, "a day, YYYY-MM-DD" },
  { "rule", "min-age", FALSE, is_age, "full years" },
  { "rule", "max-age", FALSE, is_age, "full years" },
};

static const Key *
find_key (const char *kind, const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (g_str_equal (keys[i].kind, kind) && g_str_equal (keys[i].key, key))
      return &keys[i];
  return NULL;
}

static gboolean
check_entries (Group *group, GError **error)
{
  GHashTableIter iter;
  gpointer       name, value;

  g_hash_table_iter_init (&iter, group->entries);
  while (g_hash_table_iter_next (&iter, &name, &value)) {
    Entry     *entry = value;
    const Key *key = find_key (group->kind, name);
    if (key == NULL)
      return refuse (error, entry->line, "a key this group has");
    if (!key->accepts (entry->value))
      return refuse (error, entry->line, key->expected);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].required && g_str_equal (keys[i].kind, group->kind)
        && !g_hash_table_contains (group->entries, keys[i].key)) {
      g_autofree char *expected = g_strdup_printf ("the key %s in this group", keys[i].key);
      return refuse (error, group->line, expected);
    }
  return TRUE;
}

static const char *
value_of (MadoRules *rules, Group *group, const char *key)
{
  Entry *entry = g_hash_table_lookup (group->entries, key);

  return entry != NULL ? g_string_chunk_insert (rules->texts, entry->value) : NULL;
}

static int
age_of (MadoRules *rules, Group *group, const char *key)
{
  const char *value = value_of (rules, group, key);

  return value != NULL ? atoi (value) : -1;
}

static gboolean
check_span (Group *group, const char *from, const char *until, GError **error)
{
  if (from != NULL && until != NULL && strcmp (from, until) >= 0)
    return refuse (error, group->line, "from before until");
  return TRUE;
}

static gboolean
add_municipality (MadoRules *rules, Group *group, GError **error)
{
  MadoMunicipality row = {
    .code = g_string_chunk_insert (rules->texts, group->id),
    .prefecture = value_of (rules, group, "prefecture"),
    .county = value_of (rules, group, "county"),
    .name = value_of (rules, group, "name"),
    .from = value_of (rules, group, "from"),
    .until = value_of (rules, group, "until"),
    .successor = value_of (rules, group, "successor"),
  };
  g_autofree char *folded = mado_text_fold (row.name);

  if (*folded == '\0')
    return refuse (error, group->line, "the name of the municipality");
  if (row.successor != NULL && row.until == NULL)
    return refuse (error, group->line, "until beside successor");
  g_array_append_val (rules->municipalities, row);
  return check_span (group, row.from, row.until, error);
}

static gboolean
add_rule (MadoRules *rules, Group *group, GError **error)
{
  MadoRule rule = {
    .id = g_string_chunk_insert (rules->texts, group->id),
    .municipality = value_of (rules, group, "municipality"),
    .from = value_of (rules, group, "from"),
    .until = value_of (rules, group, "until"),
    .min_age = age_of (rules, group, "min-age"),
    .max_age = age_of (rules, group, "max-age"),
  };

  if (mado_rules_find_municipality (rules, rule.municipality) == NULL)
    return refuse (error, group->line, "a municipality that is shipped or in this file");
  if (rule.max_age >= 0 && rule.min_age > rule.max_age)
    return refuse (error, group->line, "min-age not above max-age");
  g_array_append_val (rules->rules, rule);
  return check_span (group, rule.from, rule.until, error);
}

static gboolean
add_general (MadoRules *rules, Group *group, GError **error)
{
  (void)error;
  rules->prefecture_may_be_missing
      = g_strcmp0 (value_of (rules, group, "prefecture-may-be-missing"), "yes") == 0;
  return TRUE;
}

/* All groups of one kind, so that rules find municipalities that stand below them. */
static gboolean
each_group (MadoRules  *rules,
            GPtrArray  *groups,
            const char *kind,
            gboolean (*take) (MadoRules *rules, Group *group, GError **error),
            GError **error)
{
  for (guint i = 0; i < groups->len; i++) {
    Group *group = groups->pdata[i];
    if (g_str_equal (group->kind, kind)
        && (!check_entries (group, error) || !take (rules, group, error)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
check_successor (MadoRules *rules, Group *group, GError **error)
{
  Entry *successor = g_hash_table_lookup (group->entries, "successor");

  if (successor != NULL && mado_rules_find_municipality (rules, successor->value) == NULL)
    return refuse (error, successor->line, "a municipality that is shipped or in this file");
  return TRUE;
}

static gboolean
fill_rules (MadoRules *rules, GPtrArray *groups, GError **error)
{
  if (!each_group (rules, groups, "municipality", add_municipality, error))
    return FALSE;
  mado_rules_add_shipped_municipalities (rules);
  if (!each_group (rules, groups, "municipality", check_successor, error)
      || !each_group (rules, groups, "rules", add_general, error)
      || !each_group (rules, groups, "rule", add_rule, error))
    return FALSE;
  if (!is_repeated (groups, "rules", ""))
    return refuse (error, 1, "a group [rules] with version=1");
  if (rules->rules->len == 0)
    return refuse (error, 1, "at least one group [rule ID]");
  return TRUE;
}

MadoRules *
mado_rules_parse (const char *text, gsize len, GError **error)
{
  if (!g_utf8_validate_len (text, len, NULL)) {
    refuse (error, 1, "UTF-8 without NUL");
    return NULL;
  }
  g_autofree char *whole = g_strndup (text, len);
  g_autoptr (GPtrArray) groups = read_groups (whole, error);
  if (groups == NULL)
    return NULL;
  g_autoptr (MadoRules) rules = mado_rules_new_empty ();
  if (!fill_rules (rules, groups, error))
    return NULL;
  return g_steal_pointer (&rules);
}
