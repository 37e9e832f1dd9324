#include "app/domain/applicant.h"

#include "app/base/json.h"
#include "app/domain/fold.h"
#include "app/domain/text.h"

#include <string.h>

#define LONGEST_KANA 100 /* characters */
#define LONGEST_TEXT 100
#define LONGEST_EMAIL 254 /* RFC 5321 §4.5.3.1.3, without the angle brackets */
#define LONGEST_LOCAL 64
#define LONGEST_LABEL 63

static const MadoChoice branches[] = {
  { "kumagaya", "熊谷" }, { "osato", "大里" },        { "menuma", "妻沼" },
  { "konan", "江南" },    { "mobile", "移動図書館" }, { NULL, NULL },
};

/* The library has not settled its own list yet; a new one is a new row. */
static const MadoChoice categories[] = {
  { "general", "一般" }, { "student", "学生" }, { "child", "こども" },
  { "other", "その他" }, { NULL, NULL },
};

static char *
refuse (const char **ret_word, const char *word)
{
  *ret_word = word;
  return NULL;
}

/* --- each field ------------------------------------------------------------------------------ */

static gboolean
is_katakana (gunichar c)
{
  return (c >= 0x30A1 && c <= 0x30FE) || c == 0x3000;
}

char *
mado_applicant_kana (const char *text, const char **ret_word)
{
  g_autofree char *kana = mado_text_katakana (text);

  if (*kana == '\0')
    return refuse (ret_word, "missing");
  for (const char *at = kana; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_katakana (g_utf8_get_char (at)))
      return refuse (ret_word, "characters");
  if (g_utf8_strlen (kana, -1) > LONGEST_KANA)
    return refuse (ret_word, "length");
  return g_steal_pointer (&kana);
}

/* Digits of @text; NULL when there is something that is neither digit nor one of @others. */
static char *
digits_of (const char *text, const char *others)
{
  g_autofree char *folded = mado_text_fold (text);
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at)) {
    if (g_ascii_isdigit (*at))
      g_string_append_c (digits, *at);
    else if (g_utf8_strchr (others, -1, g_utf8_get_char (at)) == NULL)
      return NULL;
  }
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* "+81 48 555 0000" is what a phone's address book makes of "048 555 0000". */
static char *
without_country (const char *text)
{
  g_autofree char *folded = mado_text_fold (text);

  if (!g_str_has_prefix (folded, "+81"))
    return g_strdup (folded);
  const char *rest = folded + 3 + strspn (folded + 3, "-.");
  return g_str_has_prefix (rest, "(0)") ? g_strdup (rest) : g_strconcat ("0", rest, NULL);
}

char *
mado_applicant_phone (const char *text, const char **ret_word)
{
  g_autofree char *national = without_country (text);
  g_autofree char *digits = digits_of (national, "-().‐‑–—―−ーｰ");

  if (*national == '\0')
    return refuse (ret_word, "missing");
  if (digits == NULL)
    return refuse (ret_word, "characters");
  if (strlen (digits) < 10 || strlen (digits) > 11)
    return refuse (ret_word, "length");
  if (digits[0] != '0' || digits[1] == '0')
    return refuse (ret_word, "form");
  return g_steal_pointer (&digits);
}

char *
mado_applicant_postcode (const char *text, const char **ret_word)
{
  g_autofree char *folded = mado_text_fold (text);
  const char      *bare = g_str_has_prefix (folded, "〒") ? folded + strlen ("〒") : folded;
  g_autofree char *digits = digits_of (bare, "-‐‑–—―−ーｰ");

  if (*bare == '\0')
    return refuse (ret_word, "missing");
  if (digits == NULL)
    return refuse (ret_word, "characters");
  if (strlen (digits) != 7)
    return refuse (ret_word, "length");
  return g_steal_pointer (&digits);
}

/* Dots at the ends or two together are no RFC 5321 but were given out by Japanese carriers. */
static gboolean
is_local_part (const char *text, gsize len)
{
  if (len == 0 || len > LONGEST_LOCAL)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("!#$%&'*+-/=?^_`{|}~.", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_label (const char *label)
{
  gsize len = strlen (label);

  if (len == 0 || len > LONGEST_LABEL || label[0] == '-' || label[len - 1] == '-')
    return FALSE;
  for (const char *at = label; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-')
      return FALSE;
  return TRUE;
}

static gboolean
is_domain (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);
  guint n = g_strv_length (labels);

  for (guint i = 0; i < n; i++)
    if (!is_label (labels[i]))
      return FALSE;
  return n >= 2 && strlen (labels[n - 1]) >= 2 && !g_ascii_isdigit (labels[n - 1][0]);
}

char *
mado_applicant_email (const char *text, const char **ret_word)
{
  g_autofree char *plain = mado_text_tidy (text);
  const char      *sign = strrchr (plain, '@');

  if (*plain == '\0')
    return refuse (ret_word, "missing");
  for (const char *at = plain; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return refuse (ret_word, "characters");
  if (strlen (plain) > LONGEST_EMAIL)
    return refuse (ret_word, "length");
  if (sign == NULL || !is_local_part (plain, (gsize)(sign - plain)) || !is_domain (sign + 1))
    return refuse (ret_word, "form");
  g_autofree char *domain = g_ascii_strdown (sign, -1);
  return g_strdup_printf ("%.*s%s", (int)(sign - plain), plain, domain);
}

static char *
check_choice (const MadoChoice *choices, const char *text, const char **ret_word)
{
  if (mado_choice_label (choices, text) == NULL)
    return refuse (ret_word, "choice");
  return g_strdup (text);
}

static char *
check_category (const char *text, const char **ret_word)
{
  return check_choice (categories, text, ret_word);
}

static char *
check_branch (const char *text, const char **ret_word)
{
  return check_choice (branches, text, ret_word);
}

/* A name keeps its characters as typed: NFKC would turn some into others. */
static char *
check_text (const char *text, const char **ret_word)
{
  g_autofree char *plain = g_strstrip (g_strdup (text));

  if (*plain == '\0')
    return refuse (ret_word, "missing");
  if (!g_utf8_validate (plain, -1, NULL))
    return refuse (ret_word, "characters");
  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at)))
      return refuse (ret_word, "characters");
  if (g_utf8_strlen (plain, -1) > LONGEST_TEXT)
    return refuse (ret_word, "length");
  return g_steal_pointer (&plain);
}

/* --- all fields ------------------------------------------------------------------------------ */

typedef struct {
  const char *name;
  char *(*check) (const char *text, const char **ret_word);
} Field;

static const Field fields[] = {
  { "kana", mado_applicant_kana },   { "phone", mado_applicant_phone },
  { "email", mado_applicant_email }, { "postcode", mado_applicant_postcode },
  { "category", check_category },    { "branch", check_branch },
};

static const Field guardian_fields[] = {
  { "name", check_text },
  { "phone", mado_applicant_phone },
  { "relation", check_text },
};

/* Copies @name from @from to @to as it is stored; absent and empty ones are left out. */
static gboolean
take_field (JsonObject *from, JsonObject *to, const Field *field, const char **ret_word)
{
  JsonNode   *node = json_object_get_member (from, field->name);
  const char *text = mado_json_string (from, field->name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || (text != NULL && *text == '\0'))
    return TRUE;
  if (text == NULL) {
    *ret_word = "form";
    return FALSE;
  }
  g_autofree char *value = field->check (text, ret_word);
  if (value == NULL)
    return FALSE;
  json_object_set_string_member (to, field->name, value);
  return TRUE;
}

static gboolean
only_known (JsonObject *object, const Field *known, gsize n)
{
  gsize present = 0;

  for (gsize i = 0; i < n; i++)
    present += json_object_has_member (object, known[i].name) ? 1 : 0;
  return json_object_get_size (object) == present;
}

static JsonObject *
check_guardian (JsonObject *typed, const char **ret_word)
{
  g_autoptr (JsonObject) guardian = json_object_new ();

  *ret_word = "form";
  if (typed == NULL || !only_known (typed, guardian_fields, G_N_ELEMENTS (guardian_fields)))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (guardian_fields); i++)
    if (!take_field (typed, guardian, &guardian_fields[i], ret_word))
      return NULL;
  if (!json_object_has_member (guardian, "name")) {
    *ret_word = "missing";
    return NULL;
  }
  return g_steal_pointer (&guardian);
}

static gboolean
take_guardian (JsonObject *from, JsonObject *to, const char **ret_word)
{
  JsonNode *node = json_object_get_member (from, "guardian");

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  JsonObject *guardian = check_guardian (mado_json_object (from, "guardian"), ret_word);
  if (guardian == NULL)
    return FALSE;
  json_object_set_object_member (to, "guardian", guardian);
  return TRUE;
}

static gboolean
only_typed_fields (JsonObject *typed)
{
  gboolean all = TRUE;

  for (GList *names = json_object_get_members (typed); names != NULL;
       names = g_list_delete_link (names, names))
    all = all && g_strv_contains (mado_fold_typed_fields (), names->data);
  return all;
}

static JsonObject *
fault (MadoFieldFault *ret_fault, const char *field, const char *word)
{
  *ret_fault = (MadoFieldFault){ field, word };
  return NULL;
}

JsonObject *
mado_applicant_check (JsonObject *typed, gboolean whole, MadoFieldFault *ret_fault)
{
  g_autoptr (JsonObject) checked = json_object_new ();
  const char *word = NULL;

  if (!only_typed_fields (typed))
    return fault (ret_fault, "fields", "unknown");
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (!take_field (typed, checked, &fields[i], &word))
      return fault (ret_fault, fields[i].name, word);
  if (!take_guardian (typed, checked, &word))
    return fault (ret_fault, "guardian", word);
  if (whole && !json_object_has_member (checked, "kana"))
    return fault (ret_fault, "kana", "missing");
  if (whole && !json_object_has_member (checked, "phone")
      && !json_object_has_member (checked, "email"))
    return fault (ret_fault, "phone", "missing");
  return g_steal_pointer (&checked);
}

/* --- for the eye ----------------------------------------------------------------------------- */

/* Numbers whose groups follow from their beginning; the others need the ministry's table. */
static const struct {
  const char *prefix;
  guint       len;
  int         first;
  int         second;
} groups[] = {
  { "0120", 10, 4, 3 }, { "0570", 10, 4, 3 }, { "0800", 11, 4, 3 }, { "050", 11, 3, 4 },
  { "060", 11, 3, 4 },  { "070", 11, 3, 4 },  { "080", 11, 3, 4 },  { "090", 11, 3, 4 },
  { "03", 10, 2, 4 },   { "06", 10, 2, 4 },   { "048", 10, 3, 3 },  { "027", 10, 3, 3 },
};

char *
mado_applicant_phone_text (const char *digits)
{
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_str_has_prefix (digits, groups[i].prefix) && strlen (digits) == groups[i].len)
      return g_strdup_printf ("%.*s-%.*s-%s", groups[i].first, digits, groups[i].second,
                              digits + groups[i].first,
                              digits + groups[i].first + groups[i].second);
  return g_strdup (digits);
}

char *
mado_applicant_postcode_text (const char *digits)
{
  return strlen (digits) == 7 ? g_strdup_printf ("%.3s-%s", digits, digits + 3) : g_strdup (digits);
}

const MadoChoice *
mado_branches (void)
{
  return branches;
}

const MadoChoice *
mado_categories (void)
{
  return categories;
}

const char *
mado_choice_label (const MadoChoice *choices, const char *code)
{
  for (; choices->code != NULL; choices++)
    if (g_str_equal (choices->code, code))
      return choices->label;
  return NULL;
}
