#include "certs/holder.h"

#include "certs/extensions.h"

#include <string.h>

/* JPKI profile, subjectAltName: otherName 1.2.392.200149.8.5.5.N, each a UTF8String. The order on
 * the wire is no rule, so N alone says which item it is. */
#define ITEM_ARC "1.2.392.200149.8.5.5."

enum {
  ITEM_NAME = 1,
  ITEM_NAME_SUBSTITUTED,
  ITEM_SEX,
  ITEM_BIRTH_DATE,
  ITEM_ADDRESS,
  ITEM_ADDRESS_SUBSTITUTED,
  N_ITEMS,
};

#define LONGEST_TEXT 200 /* characters; the profile's bound for an address */

typedef struct {
  char *text[N_ITEMS];
} Items;

static void
items_clear (Items *items)
{
  for (guint i = 0; i < N_ITEMS; i++)
    g_free (items->text[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Items, items_clear)

static guint
item_of (const OTHERNAME *other)
{
  g_autofree char *oid = mado_extensions_oid (other->type_id);
  const char      *last = oid + strlen (ITEM_ARC);

  if (!g_str_has_prefix (oid, ITEM_ARC) || last[0] < '1' || last[0] > '6' || last[1] != '\0')
    return 0;
  return (guint)(last[0] - '0');
}

static gboolean
has_control_characters (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return TRUE;
  return FALSE;
}

/* A NUL inside is no valid text for g_utf8_validate_len(), so strings of C are whole. */
static char *
utf8_of (const ASN1_TYPE *value)
{
  const ASN1_STRING *string;
  g_autofree char   *text = NULL;

  if (value->type != V_ASN1_UTF8STRING)
    return NULL;
  string = value->value.utf8string;
  text = g_strndup ((const char *)ASN1_STRING_get0_data (string),
                    (gsize)ASN1_STRING_length (string));
  if (!g_utf8_validate_len (text, (gsize)ASN1_STRING_length (string), NULL)
      || has_control_characters (text) || g_utf8_strlen (text, -1) > LONGEST_TEXT)
    return NULL;
  return g_steal_pointer (&text);
}

static gboolean
read_item (const OTHERNAME *other, Items *items, GError **error)
{
  guint item = item_of (other);

  if (item == 0)
    return TRUE;
  if (items->text[item] != NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "JPKI profile: otherName %s%u appears twice", ITEM_ARC, item);
  items->text[item] = utf8_of (other->value);
  if (items->text[item] == NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "JPKI profile: otherName %s%u is no UTF8String of at most %d "
                             "printable characters",
                             ITEM_ARC, item, LONGEST_TEXT);
  return TRUE;
}

static gboolean
check_all_there (const Items *items, GError **error)
{
  guint found = 0;

  for (guint item = 1; item < N_ITEMS; item++)
    found += items->text[item] != NULL;
  if (found == 0)
    return mado_certs_raise (error, MADO_CERTS_ERROR_NO_PERSON,
                             "JPKI profile: no otherName of a person");
  for (guint item = 1; item < N_ITEMS; item++)
    if (items->text[item] == NULL)
      return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                               "JPKI profile: otherName %s%u is missing", ITEM_ARC, item);
  return TRUE;
}

static gboolean
read_items (X509 *x509, Items *items, GError **error)
{
  int critical = -1;
  g_autoptr (GENERAL_NAMES) names = X509_get_ext_d2i (x509, NID_subject_alt_name, &critical, NULL);

  if (names == NULL && critical != -1)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "RFC 5280 §4.2.1.6: subject alternative name cannot be read");
  for (int i = 0; i < sk_GENERAL_NAME_num (names); i++) {
    const GENERAL_NAME *name = sk_GENERAL_NAME_value (names, i);
    if (name->type == GEN_OTHERNAME && !read_item (name->d.otherName, items, error))
      return FALSE;
  }
  return check_all_there (items, error);
}

static guint
number_of (const char *digits, gsize n)
{
  guint number = 0;

  for (gsize i = 0; i < n; i++)
    number = number * 10 + (guint)(digits[i] - '0');
  return number;
}

/* Era (0 unknown, 1 Meiji … 5 Reiwa) and a Gregorian YYYYMMDD in which unknown parts are zeros.
 * Old registers hold days no month has, so only what no calendar has is refused. */
static char *
read_birth_date (const char *text)
{
  if (strlen (text) != 9 || strspn (text, "0123456789") != 9)
    return NULL;
  if (text[0] > '5' || number_of (text + 5, 2) > 12 || number_of (text + 7, 2) > 31)
    return NULL;
  return g_strdup_printf ("%.4s-%.2s-%.2s", text + 1, text + 5, text + 7);
}

static gboolean
read_sex (const char *text, MadoSex *ret_sex)
{
  static const MadoSex sexes[] = { MADO_SEX_MALE, MADO_SEX_FEMALE, MADO_SEX_NOT_STATED };

  if (text[0] < '1' || text[0] > '3' || text[1] != '\0')
    return FALSE;
  *ret_sex = sexes[text[0] - '1'];
  return TRUE;
}

/* One digit a character: 0 as registered, 1 replaced. */
static gboolean
read_substituted (const char *digits, const char *text, GArray *positions)
{
  gsize n = strlen (digits);

  if (strspn (digits, "01") != n || n != (gsize)g_utf8_strlen (text, -1))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (digits[i] == '1')
      g_array_append_val (positions, i);
  return TRUE;
}

static gboolean
fill (MadoPerson *person, Items *items, GError **error)
{
  char **text = items->text;
  char  *birth_date = read_birth_date (text[ITEM_BIRTH_DATE]);

  if (birth_date == NULL)
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "JPKI profile: birth date is no era digit and YYYYMMDD");
  g_free (person->birth_date);
  person->birth_date = birth_date;
  if (!read_sex (text[ITEM_SEX], &person->sex))
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "JPKI profile: sex is not 1 to 3");
  if (text[ITEM_NAME][0] == '\0')
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED, "JPKI profile: an empty name");
  if (!read_substituted (text[ITEM_NAME_SUBSTITUTED], text[ITEM_NAME], person->name_substituted)
      || !read_substituted (text[ITEM_ADDRESS_SUBSTITUTED], text[ITEM_ADDRESS],
                            person->address_substituted))
    return mado_certs_raise (error, MADO_CERTS_ERROR_MALFORMED,
                             "JPKI profile: marks of replaced characters are not one 0 or 1 a "
                             "character");
  g_free (person->name);
  g_free (person->address);
  person->name = g_steal_pointer (&text[ITEM_NAME]);
  person->address = g_steal_pointer (&text[ITEM_ADDRESS]);
  return TRUE;
}

MadoPerson *
mado_holder_read (X509 *x509, GError **error)
{
  g_auto (Items) items = { 0 };
  g_autoptr (MadoPerson) person = mado_person_new ();

  if (!read_items (x509, &items, error) || !fill (person, &items, error))
    return NULL;
  return g_steal_pointer (&person);
}
