/* The basic four: what is there is read as it is, what does not hold together is refused. */
#include "pcsc/basicfour.h"
#include "pcsc/error.h"
#include "pcsc/text.h"
#include "tests/lib/script.h"

#include <string.h>

#define SELECT_AP "00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08"

typedef struct {
  const char *name, *address, *birth_date, *sex;
} Items;

static const Items HANAKO = { "見本　花子", "東京都見本区見本町１丁目１番１号", "19900102", "2" };

static void
put_head (GByteArray *file, guint16 tag, gsize len)
{
  guint8 head[] = { (guint8)(tag >> 8), (guint8)tag, 0x82, (guint8)(len >> 8), (guint8)len };

  if (len < 0x80)
    head[2] = (guint8)len;
  else if (len < 0x100)
    head[2] = 0x81, head[3] = (guint8)len;
  g_byte_array_append (file, head, len < 0x80 ? 3 : len < 0x100 ? 4 : 5);
}

static gsize
head_len (gsize len)
{
  return len < 0x80 ? 3 : len < 0x100 ? 4 : 5;
}

/* A file as the cards write it: offsets of the tags from its first octet, lengths as short as can
 * be. */
static GByteArray *
file_of (const Items *items)
{
  const char *texts[] = { items->name, items->address, items->birth_date, items->sex };
  GByteArray *content = g_byte_array_new ();
  GByteArray *file = g_byte_array_new ();
  gsize       total = 11;
  gsize       offset;

  for (int i = 0; i < 4; i++)
    total += head_len (strlen (texts[i])) + strlen (texts[i]);
  offset = head_len (total) + 11;
  put_head (content, 0xDF21, 8);
  for (int i = 0; i < 4; i++) {
    guint8 place[] = { (guint8)(offset >> 8), (guint8)offset };
    g_byte_array_append (content, place, 2);
    offset += head_len (strlen (texts[i])) + strlen (texts[i]);
  }
  for (guint16 i = 0; i < 4; i++) {
    put_head (content, (guint16)(0xDF22 + i), strlen (texts[i]));
    g_byte_array_append (content, (const guint8 *)texts[i], (guint)strlen (texts[i]));
  }
  put_head (file, 0xFF20, content->len);
  g_byte_array_append (file, content->data, content->len);
  g_byte_array_unref (content);
  return file;
}

static MadoPerson *
parse (const GByteArray *file, GError **error)
{
  return mado_basicfour_parse (MADO_OCTETS (file->data, file->len), error);
}

static void
assert_person (const Items *items, const char *birth_date, MadoSex sex)
{
  g_autoptr (GByteArray) file = file_of (items);
  g_autoptr (GError) error = NULL;
  g_autoptr (MadoPerson) person = parse (file, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (person->name, ==, items->name);
  g_assert_cmpstr (person->address, ==, items->address);
  g_assert_cmpstr (person->birth_date, ==, birth_date);
  g_assert_cmpint (person->sex, ==, sex);
  g_assert_cmpuint (person->name_substituted->len, ==, 0);
}

static void
assert_odd (const GByteArray *file)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (file, &error));
  g_assert_error (error, MADO_PCSC_ERROR, MADO_PCSC_ERROR_PROTOCOL);
}

static void
test_made_up_person (void)
{
  assert_person (&HANAKO, "1990-01-02", MADO_SEX_FEMALE);
}

/* An address of 88 octets or more makes the outer length two octets, one of 256 makes three. */
static void
test_every_length_of_an_address (void)
{
  for (gsize len = 0; len <= 600; len++) {
    g_autofree char *address = g_strnfill (len, 'A');
    const Items      items = { "見本　花子", address, "19900102", "1" };

    assert_person (&items, "1990-01-02", MADO_SEX_MALE);
  }
}

static void
test_sex (void)
{
  static const struct {
    const char *sex;
    MadoSex     expected;
  } rows[]
      = { { "1", MADO_SEX_MALE },       { "2", MADO_SEX_FEMALE },     { "3", MADO_SEX_NOT_STATED },
          { "0", MADO_SEX_NOT_STATED }, { "9", MADO_SEX_NOT_STATED }, { "", MADO_SEX_NOT_STATED },
          { "12", MADO_SEX_NOT_STATED } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const Items items = { HANAKO.name, HANAKO.address, HANAKO.birth_date, rows[i].sex };
    assert_person (&items, "1990-01-02", rows[i].expected);
  }
}

static void
test_birth_dates (void)
{
  static const char *const good[][2] = {
    { "20000229", "2000-02-29" }, { "19900000", "1990-00-00" }, { "00000000", "0000-00-00" },
    { "19900100", "1990-01-00" }, { "00000102", "0000-01-02" },
  };
  static const char *const bad[] = { "19900229", "19901301", "19900132", "1990010",  "199001022",
                                     "1990-1-2", "        ", "",         "199001O2", "19901300" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    const Items items = { HANAKO.name, HANAKO.address, good[i][0], "2" };
    assert_person (&items, good[i][1], MADO_SEX_FEMALE);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    const Items items = { HANAKO.name, HANAKO.address, bad[i], "2" };
    g_autoptr (GByteArray) file = file_of (&items);
    assert_odd (file);
  }
}

static void
test_text_that_is_none (void)
{
  static const char *const bad[]
      = { "\xE8\xA6", "\xFF", "\xC0\x80", "\xED\xA0\x80", "a\nb", "a\x7f" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    const Items name = { bad[i], HANAKO.address, "19900102", "2" };
    const Items address = { HANAKO.name, bad[i], "19900102", "2" };
    g_autoptr (GByteArray) first = file_of (&name);
    g_autoptr (GByteArray) second = file_of (&address);
    assert_odd (first);
    assert_odd (second);
  }
}

static void
test_nameless (void)
{
  const Items items = { "", HANAKO.address, "19900102", "2" };
  g_autoptr (GByteArray) file = file_of (&items);

  assert_odd (file);
}

/* Each octet of the table of offsets changed in each bit. */
static void
test_offsets_must_be_true (void)
{
  for (guint i = 6; i < 14; i++)
    for (int bit = 0; bit < 8; bit++) {
      g_autoptr (GByteArray) file = file_of (&HANAKO);
      file->data[i] ^= (guint8)(1 << bit);
      assert_odd (file);
    }
}

static void
test_torn_anywhere (void)
{
  g_autoptr (GByteArray) whole = file_of (&HANAKO);

  for (guint len = 0; len < whole->len; len++) {
    g_autoptr (GByteArray) file = g_byte_array_new ();
    g_byte_array_append (file, whole->data, len);
    assert_odd (file);
  }
}

static void
test_more_than_the_items (void)
{
  g_autoptr (GByteArray) behind = file_of (&HANAKO);
  g_autoptr (GByteArray) within = file_of (&HANAKO);
  const guint8 filler = 0xFF;

  g_byte_array_append (behind, &filler, 1);
  assert_odd (behind);
  g_byte_array_append (within, &filler, 1);
  within->data[2]++;
  assert_odd (within);
}

/* --- from the card --- */

static void
expect_file (MadoScript *script, const GByteArray *file)
{
  g_autofree guint8 *padded = g_malloc (4096);

  memset (padded, 0xFF, 4096);
  memcpy (padded, file->data, file->len);
  mado_script_expect (script, SELECT_AP, "9000");
  mado_script_expect (script, "00 A4 02 0C 02 00 02", "9000");
  for (gsize offset = 0; offset < file->len; offset += 256) {
    gsize            want = offset == 0 ? 256 : MIN (256, file->len - offset);
    g_autofree char *read = g_strdup_printf ("00 B0 %04X %02X", (guint)offset, (guint)want & 0xFF);
    mado_script_expect_data (script, read, padded + offset, want, 0x9000);
  }
}

static void
test_read_without_filler (void)
{
  g_autofree char *long_address = g_strnfill (580, 'A');
  const Items      items[] = { HANAKO, { HANAKO.name, long_address, "19900102", "2" } };

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++) {
    g_autoptr (GByteArray) file = file_of (&items[i]);
    g_autoptr (MadoPerson) person = NULL;
    g_autoptr (GError) error = NULL;
    MadoScript *script = mado_script_new ();
    MadoCard   *card = mado_card_new (mado_script_transport (script), NULL);

    expect_file (script, file);
    person = mado_text_read_basic_four (card, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (person->address, ==, items[i].address);
    mado_card_free (card);
    mado_script_finish (script);
  }
}

static void
test_read_refused (void)
{
  static const struct {
    const char *select_ap, *select_file, *read;
    int         code;
  } rows[] = {
    { "6A82", NULL, NULL, MADO_PCSC_ERROR_WRONG_CARD },
    { "9000", "6A82", NULL, MADO_PCSC_ERROR_WRONG_CARD },
    { "9000", "9000", "6982", MADO_PCSC_ERROR_PROTOCOL },
    { "9000", "9000", "6B00", MADO_PCSC_ERROR_PROTOCOL },
    { "9000", "9000", "FF FF FF FF 9000", MADO_PCSC_ERROR_PROTOCOL },
    { "9000", "9000", "FF 20 82 FF FF 9000", MADO_PCSC_ERROR_PROTOCOL },
    { "9000", "9000", "FF 10 0E 9000", MADO_PCSC_ERROR_PROTOCOL }, /* the individual number's tag */
    { "9000", "9000", "", MADO_PCSC_ERROR_CARD_REMOVED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    MadoScript *script = mado_script_new ();
    MadoCard   *card = mado_card_new (mado_script_transport (script), NULL);
    g_autoptr (GError) error = NULL;

    mado_script_expect (script, SELECT_AP, rows[i].select_ap);
    if (rows[i].select_file != NULL)
      mado_script_expect (script, "00 A4 02 0C 02 00 02", rows[i].select_file);
    if (rows[i].read != NULL)
      mado_script_expect (script, "00 B0 00 00 00", rows[i].read);
    g_assert_null (mado_text_read_basic_four (card, &error));
    g_assert_error (error, MADO_PCSC_ERROR, rows[i].code);
    mado_card_free (card);
    mado_script_finish (script);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/text/made-up-person", test_made_up_person);
  g_test_add_func ("/pcsc/text/every-length-of-an-address", test_every_length_of_an_address);
  g_test_add_func ("/pcsc/text/sex", test_sex);
  g_test_add_func ("/pcsc/text/birth-dates", test_birth_dates);
  g_test_add_func ("/pcsc/text/text-that-is-none", test_text_that_is_none);
  g_test_add_func ("/pcsc/text/nameless", test_nameless);
  g_test_add_func ("/pcsc/text/offsets-must-be-true", test_offsets_must_be_true);
  g_test_add_func ("/pcsc/text/torn-anywhere", test_torn_anywhere);
  g_test_add_func ("/pcsc/text/more-than-the-items", test_more_than_the_items);
  g_test_add_func ("/pcsc/text/read-without-filler", test_read_without_filler);
  g_test_add_func ("/pcsc/text/read-refused", test_read_refused);
  return g_test_run ();
}
