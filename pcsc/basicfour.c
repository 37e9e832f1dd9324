#include "pcsc/basicfour.h"

#include "pcsc/error.h"

enum { OFFSETS, NAME, ADDRESS, BIRTH_DATE, SEX, ITEMS };

#define TAG_FIRST 0xDF21 /* the items follow each other: DF21 to DF25 */
#define OFFSETS_LEN 8
#define BIRTH_DATE_LEN 8

typedef struct {
  gsize      offset; /* of its tag, from the first octet of the file */
  MadoOctets value;
} Item;

static gboolean
odd (GError **error, const char *what)
{
  return mado_pcsc_raise (error, MADO_PCSC_ERROR_PROTOCOL, "basic four: %s", what);
}

static gboolean
take_tagged (MadoOctets *octets, guint16 tag, MadoOctets *ret_value, GError **error)
{
  guint16 found;

  if (!mado_octets_take_tlv (octets, &found, ret_value, NULL))
    return odd (error, "an item that ends early or has no length");
  return found == tag || odd (error, "an item that is not the next one");
}

static gboolean
take_items (MadoOctets file, Item ret_items[ITEMS], GError **error)
{
  MadoOctets rest = file;
  MadoOctets content;

  if (!take_tagged (&rest, MADO_BASIC_FOUR_TAG, &content, error))
    return FALSE;
  if (rest.len > 0)
    return odd (error, "octets after the end");
  for (guint16 i = 0; i < ITEMS; i++) {
    ret_items[i].offset = (gsize)(content.data - file.data);
    if (!take_tagged (&content, (guint16)(TAG_FIRST + i), &ret_items[i].value, error))
      return FALSE;
  }
  return content.len == 0 || odd (error, "octets after the last item");
}

static gboolean
check_offsets (const Item items[ITEMS], GError **error)
{
  MadoOctets table = items[OFFSETS].value;

  if (table.len != OFFSETS_LEN)
    return odd (error, "a table of offsets that is not 8 octets long");
  for (int i = NAME; i < ITEMS; i++) {
    guint16 offset = 0;
    if (!mado_octets_take_u16 (&table, &offset, error))
      return FALSE;
    if (offset != items[i].offset)
      return odd (error, "an offset that does not name its item");
  }
  return TRUE;
}

/* UTF-8 without control characters (and so without NUL), or NULL. */
static char *
text_of (MadoOctets octets, GError **error)
{
  const char      *text = (const char *)octets.data;
  g_autofree char *copy = NULL;

  if (octets.len == 0)
    return g_strdup ("");
  if (!g_utf8_validate_len (text, octets.len, NULL)) {
    odd (error, "text that is not UTF-8");
    return NULL;
  }
  copy = g_strndup (text, octets.len);
  for (const char *at = copy; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_iscntrl (g_utf8_get_char (at))) {
      odd (error, "text with a control character");
      return NULL;
    }
  return g_steal_pointer (&copy);
}

static gboolean
is_date (const char *digits)
{
  int year = 0;
  int month = 0;
  int day = 0;

  for (int i = 0; i < BIRTH_DATE_LEN; i++) {
    int digit = g_ascii_digit_value (digits[i]);
    if (digit < 0)
      return FALSE;
    if (i < 4)
      year = 10 * year + digit;
    else if (i < 6)
      month = 10 * month + digit;
    else
      day = 10 * day + digit;
  }
  if (year == 0 || month == 0 || day == 0)
    return month <= 12 && day <= 31;
  return g_date_valid_dmy ((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static char *
birth_date_of (MadoOctets octets, GError **error)
{
  const char *digits = (const char *)octets.data;

  if (octets.len != BIRTH_DATE_LEN || !is_date (digits)) {
    odd (error, "a birth date that is none");
    return NULL;
  }
  return g_strdup_printf ("%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
}

static MadoSex
sex_of (MadoOctets octets)
{
  if (octets.len != 1)
    return MADO_SEX_NOT_STATED;
  return octets.data[0] == '1'   ? MADO_SEX_MALE
         : octets.data[0] == '2' ? MADO_SEX_FEMALE
                                 : MADO_SEX_NOT_STATED;
}

static void
replace (char **text, char *by)
{
  g_free (*text);
  *text = by;
}

MadoPerson *
mado_basicfour_parse (MadoOctets file, GError **error)
{
  g_autoptr (MadoPerson) person = mado_person_new ();
  Item items[ITEMS];

  if (!take_items (file, items, error) || !check_offsets (items, error))
    return NULL;
  replace (&person->name, text_of (items[NAME].value, error));
  if (person->name == NULL)
    return NULL;
  replace (&person->address, text_of (items[ADDRESS].value, error));
  if (person->address == NULL)
    return NULL;
  replace (&person->birth_date, birth_date_of (items[BIRTH_DATE].value, error));
  if (person->birth_date == NULL)
    return NULL;
  person->sex = sex_of (items[SEX].value);
  if (person->name[0] != '\0')
    return g_steal_pointer (&person);
  odd (error, "a person without a name");
  return NULL;
}
