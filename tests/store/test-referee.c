#define _GNU_SOURCE
#include "app/base/digest.h"
#include "app/store/vault.h"
#include "tests/store/exchange.h"

/* A second terminal beside the town's own. */
typedef struct {
  Town  town;
  Bench other;
} Region;

static void
region_set_up (Region *region)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) public_key = NULL;

  town_set_up (&region->town);
  bench_set_up_as (&region->other, "K-0002");
  const char *id = mado_centre_box_key (region->town.centre, &public_key);
  g_assert_true (mado_store_set_box_key (region->other.store, id, public_key, &error));
  g_assert_no_error (error);
}

static void
region_tear_down (Region *region)
{
  bench_tear_down (&region->other);
  town_tear_down (&region->town);
}

typedef struct {
  const char *name, *birth_date;
  const char *number; /* bound in the sitting, or NULL */
  const char *end;    /* type of a last event by staff, or NULL */
  const char *then;   /* and of one more */
} Person;

static const Person hanako = { "見本　花子", "1990-01-02", NULL, NULL, NULL };

static JsonObject *
body_of_person (const Person *person)
{
  JsonObject *body = submitted_body ();

  set_birth_date (body, person->birth_date);
  json_object_set_string_member (json_object_get_object_member (body, "fields"), "name",
                                 person->name);
  return body;
}

static char *
register_as (Bench *bench, const Person *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) submitted = body_of_person (person);
  g_autoptr (JsonObject) rest = body_of ("{\"reason\":\"r\",\"cause\":\"other\"}");
  MadoAct acts[5] = { { "submitted", "agent", submitted } };
  char   *id = mado_uuid7 (mado_clock_now_ms (bench->clock));
  gsize   n = 1;

  if (g_strcmp0 (person->end, "rejected") != 0)
    acts[n++] = (MadoAct){ "accepted", "staff:0001", rest };
  if (person->number != NULL) {
    json_object_set_string_member (rest, "number", person->number);
    acts[n++] = (MadoAct){ "number_bound", "staff:0001", rest };
  }
  if (person->end != NULL)
    acts[n++] = (MadoAct){ person->end, "staff:0001", rest };
  if (person->then != NULL)
    acts[n++] = (MadoAct){ person->then, "staff:0001", rest };
  g_assert_true (mado_store_act (bench->store, id, 0, id, acts, n, TRUE, NULL, &error));
  g_assert_no_error (error);
  mado_clock_move (bench->clock, 1000);
  return id;
}

/* What waits at @bench goes to the centre, whose answer is lost: it will come again. */
static void
give (Region *region, Bench *bench, gboolean backwards, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = mado_store_outbox (bench->store, 500, 1 << 20, &error);
  g_autoptr (GPtrArray) sent = g_ptr_array_new ();
  g_autoptr (GPtrArray) answers = NULL;
  gint64 number = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < lines->len; i++)
    g_ptr_array_insert (sent, backwards ? 0 : -1, lines->pdata[i]);
  g_assert_true (
      mado_centre_receive (region->town.centre, bench->holder, 1, sent, &answers, &number, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < answers->len; i++)
    g_assert_cmpstr (((MadoLineAnswer *)answers->pdata[i])->answer, ==, expected);
}

static MadoApplication *
at_centre (Region *region, const char *id)
{
  g_autoptr (GError) error = NULL;
  MadoApplication *application = mado_centre_read (region->town.centre, id, &error);

  g_assert_no_error (error);
  return application;
}

/* Exactly these flags, in this order: @flags has "FLAG ID" pairs up to %NULL. */
static void
assert_flags (Region *region, const char *id, ...)
{
  g_autoptr (MadoApplication) application = at_centre (region, id);
  guint       n = 0;
  const char *flag;
  va_list     flags;

  va_start (flags, id);
  while ((flag = va_arg (flags, const char *)) != NULL) {
    g_autofree char *written = g_strdup_printf ("%s %s", flag, va_arg (flags, const char *));
    g_assert_true (mado_application_has_flag (application, written));
    n++;
  }
  va_end (flags);
  g_assert_cmpuint (application->flags->len, ==, n);
}

static gint64
seq_of (Region *region, const char *id)
{
  g_autoptr (MadoApplication) application = at_centre (region, id);

  return application->seq;
}

/* --- the same person ------------------------------------------------------------------------- */

static void
test_person_at_two_terminals (void)
{
  Region region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &hanako);
  g_autofree char *b = register_as (&region.other, &hanako);
  give (&region, mine, FALSE, "stored");
  assert_flags (&region, a, NULL);
  give (&region, &region.other, FALSE, "stored");
  for (guint again = 0; again < 2; again++) {
    assert_flags (&region, a, "same_person", b, NULL);
    assert_flags (&region, b, "same_person", a, NULL);
    g_assert_cmpint (seq_of (&region, a), ==, 3);
    g_assert_cmpint (seq_of (&region, b), ==, 3);
    give (&region, &region.other, FALSE, "already");
    give (&region, mine, FALSE, "already");
  }
  sync_with (&region.town, 7, NULL); /* the terminal takes the longer line */
  g_assert_cmpstr (sync_of (&region.town, a), ==, "stored");
  assert_centre_verifies (&region.town);
  region_tear_down (&region);
}

static void
test_person_backwards_in_one_request (void)
{
  Region region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &hanako);
  g_autofree char *b = register_as (mine, &hanako);
  give (&region, mine, TRUE, "stored");
  give (&region, mine, FALSE, "already");
  assert_flags (&region, a, "same_person", b, NULL);
  assert_flags (&region, b, "same_person", a, NULL);
  g_assert_cmpint (seq_of (&region, a) + seq_of (&region, b), ==, 6);
  assert_centre_verifies (&region.town);
  region_tear_down (&region);
}

static void
test_person_spelled_otherwise (void)
{
  static const Person close_up = { "見本 花子", "1990-01-02", NULL, NULL, NULL };
  static const Person sister = { "見本　花江", "1990-01-02", NULL, NULL, NULL };
  static const Person namesake = { "見本　花子", "1990-01-03", NULL, NULL, NULL };
  Region              region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &hanako);
  g_autofree char *b = register_as (mine, &close_up);
  g_autofree char *c = register_as (mine, &sister);
  g_autofree char *d = register_as (mine, &namesake);
  give (&region, mine, FALSE, "stored");
  assert_flags (&region, a, "same_person", b, NULL);
  assert_flags (&region, b, "same_person", a, NULL);
  assert_flags (&region, c, NULL);
  assert_flags (&region, d, NULL);
  region_tear_down (&region);
}

/* Too many people share what is not known. */
static void
test_person_half_known (void)
{
  static const Person half = { "見本　花子", "1990-01-00", NULL, NULL, NULL };
  Region              region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &half);
  g_autofree char *b = register_as (mine, &half);
  give (&region, mine, FALSE, "stored");
  assert_flags (&region, a, NULL);
  assert_flags (&region, b, NULL);
  region_tear_down (&region);
}

/* Everybody is flagged, and no line has more than two of them. */
static void
check_many (gboolean backwards)
{
  char  *ids[6] = { NULL };
  Region region;

  region_set_up (&region);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    ids[i] = register_as (&region.town.terminal, &hanako);
  give (&region, &region.town.terminal, backwards, "stored");
  assert_flags (&region, ids[0], "same_person", ids[1], NULL);
  for (guint i = 1; i + 1 < G_N_ELEMENTS (ids); i++)
    assert_flags (&region, ids[i], "same_person", ids[i - 1], "same_person", ids[i + 1], NULL);
  assert_flags (&region, ids[5], "same_person", ids[4], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    g_free (ids[i]);
  region_tear_down (&region);
}

static void
test_person_many_times (void)
{
  check_many (FALSE);
  check_many (TRUE);
}

/* Born between two that are there. */
static void
test_person_in_between (void)
{
  Region region;

  region_set_up (&region);
  g_autofree char *a = register_as (&region.town.terminal, &hanako);
  mado_clock_move (region.other.clock, 1000);
  g_autofree char *b = register_as (&region.other, &hanako);
  mado_clock_move (region.town.terminal.clock, 1000);
  g_autofree char *c = register_as (&region.town.terminal, &hanako);
  give (&region, &region.town.terminal, FALSE, "stored");
  give (&region, &region.other, FALSE, "stored");
  assert_flags (&region, a, "same_person", b, "same_person", c, NULL);
  assert_flags (&region, b, "same_person", a, NULL);
  assert_flags (&region, c, "same_person", a, NULL);
  region_tear_down (&region);
}

static void
purge (Region *region, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) tombstone = body_of ("{\"rule\":\"wish\",\"outcome\":\"accepted\"}");

  g_assert_true (mado_centre_purge (region->town.centre, id, tombstone, &error));
  g_assert_no_error (error);
}

static gint64
persons_kept (Region *region)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (region->town.dir, "central.db", NULL);
  g_autoptr (MadoDatabase) data = mado_database_open (path, &error);
  gint64 n = -1;

  g_assert_no_error (error);
  g_assert_true (mado_database_number (data, -1, &n, &error, "SELECT count(*) FROM person", ""));
  return n;
}

static void
test_person_over_does_not_count (void)
{
  static const Person withdrawn = { "見本　花子", "1990-01-02", NULL, "withdrawn", NULL };
  static const Person rejected = { "見本　花子", "1990-01-02", NULL, "rejected", NULL };
  Region              region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *purged = register_as (mine, &hanako);
  give (&region, mine, FALSE, "stored");
  g_assert_cmpint (persons_kept (&region), ==, 1);
  purge (&region, purged);
  g_assert_cmpint (persons_kept (&region), ==, 0);
  g_autofree char *a = register_as (&region.other, &withdrawn);
  g_autofree char *b = register_as (&region.other, &rejected);
  g_autofree char *c = register_as (&region.other, &hanako);
  g_autofree char *d = register_as (&region.other, &withdrawn);
  give (&region, &region.other, FALSE, "stored");
  assert_flags (&region, a, NULL);
  assert_flags (&region, b, NULL);
  assert_flags (&region, c, NULL);
  assert_flags (&region, d, NULL);
  region_tear_down (&region);
}

/* --- numbers --------------------------------------------------------------------------------- */

static const Person first_holder = { "見本　一郎", "1980-05-06", "00012345", NULL, NULL };
static const Person second_holder = { "見本　二郎", "1981-06-07", "０００１２３４５", NULL, NULL };

static void
assert_number (Region *region, const char *id, const char *number, MadoState state)
{
  g_autoptr (MadoApplication) application = at_centre (region, id);

  g_assert_cmpstr (application->number, ==, number);
  g_assert_cmpint (application->state, ==, state);
}

static void
assert_taken (Region *region, const char *holder, const char *later)
{
  assert_number (region, holder, "00012345", MADO_STATE_NUMBERED);
  assert_flags (region, holder, NULL);
  assert_number (region, later, NULL, MADO_STATE_ACCEPTED);
  assert_flags (region, later, "number_taken", holder, NULL);
  g_assert_cmpint (seq_of (region, holder), ==, 3);
  g_assert_cmpint (seq_of (region, later), ==, 5); /* once retired, once flagged */
}

static void
test_number_taken (void)
{
  Region region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &first_holder);
  g_autofree char *b = register_as (&region.other, &second_holder);
  give (&region, mine, FALSE, "stored");
  give (&region, &region.other, FALSE, "stored");
  assert_taken (&region, a, b);
  give (&region, &region.other, FALSE, "already");
  give (&region, mine, FALSE, "already");
  assert_taken (&region, a, b);
  assert_centre_verifies (&region.town);
  region_tear_down (&region);
}

static void
test_number_given_up (void)
{
  static const Person gave_up = { "見本　一郎", "1980-05-06", "00012345", "number_retired", NULL };
  Region              region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &gave_up);
  g_autofree char *b = register_as (mine, &second_holder);
  give (&region, mine, FALSE, "stored");
  assert_flags (&region, a, NULL);
  assert_number (&region, b, NULL, MADO_STATE_ACCEPTED);
  assert_flags (&region, b, "number_taken", a, NULL);
  region_tear_down (&region);
}

static void
test_number_taken_up_again (void)
{
  static const Person twice
      = { "見本　一郎", "1980-05-06", "00012345", "number_retired", "number_bound" };
  Region region;

  region_set_up (&region);
  g_autofree char *a = register_as (&region.town.terminal, &twice);
  give (&region, &region.town.terminal, FALSE, "stored");
  assert_number (&region, a, NULL, MADO_STATE_ACCEPTED);
  assert_flags (&region, a, "number_taken", a, NULL);
  region_tear_down (&region);
}

static void
test_number_of_a_purged_one (void)
{
  Region region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &first_holder);
  give (&region, mine, FALSE, "stored");
  purge (&region, a);
  g_autofree char *b = register_as (&region.other, &second_holder);
  give (&region, &region.other, FALSE, "stored");
  assert_flags (&region, b, "number_taken", a, NULL);
  region_tear_down (&region);
}

/* Whatever stands there, nobody is held up. */
static void
test_number_of_any_length (void)
{
  g_autofree char *digits = g_strnfill (60000, '7');
  Person           odd = { "見本　一郎", "1980-05-06", digits, NULL, NULL };
  Region           region;

  region_set_up (&region);
  g_autofree char *a = register_as (&region.town.terminal, &odd);
  g_autofree char *b = register_as (&region.town.terminal, &second_holder);
  give (&region, &region.town.terminal, FALSE, "stored");
  assert_number (&region, a, digits, MADO_STATE_NUMBERED);
  assert_number (&region, b, second_holder.number, MADO_STATE_NUMBERED);
  region_tear_down (&region);
}

/* --- two commits ----------------------------------------------------------------------------- */

static void
put_data (Region *region, const char *from, const char *to)
{
  g_clear_pointer (&region->town.centre, mado_centre_free);
  copy_database (from, "central.db", to);
  town_open_centre (&region->town);
}

/* The vault has committed, the data has not: the data is as before the request. */
static void
test_crash_between_commits (void)
{
  g_autofree char *before = g_dir_make_tmp ("mado-copy-XXXXXX", NULL);
  Region           region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &first_holder);
  g_autofree char *b = register_as (&region.other, &second_holder);
  for (guint time = 0; time < 2; time++) {
    Bench *bench = time == 0 ? mine : &region.other;
    put_data (&region, region.town.dir, before);
    give (&region, bench, FALSE, "stored");
    put_data (&region, before, region.town.dir);
    give (&region, bench, FALSE, "stored");
  }
  assert_taken (&region, a, b);
  assert_centre_verifies (&region.town);
  remove_folder (before);
  region_tear_down (&region);
}

/* All data lost, and the later line comes back first: the vault knows whose the number is. */
static void
test_vault_outlives_the_data (void)
{
  g_autofree char *before = g_dir_make_tmp ("mado-copy-XXXXXX", NULL);
  Region           region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &first_holder);
  g_autofree char *b = register_as (&region.other, &second_holder);
  put_data (&region, region.town.dir, before);
  give (&region, mine, FALSE, "stored");
  give (&region, &region.other, FALSE, "stored");
  put_data (&region, before, region.town.dir);
  give (&region, &region.other, FALSE, "stored");
  give (&region, mine, FALSE, "stored");
  assert_taken (&region, a, b);
  remove_folder (before);
  region_tear_down (&region);
}

/* --- at rest --------------------------------------------------------------------------------- */

static gboolean
file_holds (const char *dir, const char *name, gconstpointer needle, gsize len)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *octets = NULL;
  gsize            size = 0;

  g_assert_true (g_file_get_contents (path, &octets, &size, NULL));
  return memmem (octets, size, needle, len) != NULL;
}

static gboolean
any_holds (const char *dir, gconstpointer needle, gsize len)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  gboolean    found = FALSE;
  const char *name;

  while ((name = g_dir_read_name (open)) != NULL)
    found = found || file_holds (dir, name, needle, len);
  return found;
}

/* Neither what is known of a person nor a digest that a list of numbers could be tried against. */
static void
test_nothing_in_clear (void)
{
  static const char *const secrets[]
      = { "見本　一郎", "見本一郎", "1980-05-06", "00012345", "０００１２３４５" };
  guint8 octets[16], digest[32];
  Region region;

  region_set_up (&region);
  Bench           *mine = &region.town.terminal;
  g_autofree char *a = register_as (mine, &first_holder);
  g_autofree char *b = register_as (mine, &first_holder);
  give (&region, mine, FALSE, "stored");
  g_clear_pointer (&region.town.centre, mado_centre_free);
  mado_uuid_to_octets (a, octets);
  g_assert_true (any_holds (region.town.dir, octets, sizeof octets)); /* the scan finds */
  g_assert_true (any_holds (region.town.dir, "number_taken", 12));
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_assert_false (any_holds (region.town.dir, secrets[i], strlen (secrets[i])));
    mado_sha256 (secrets[i], strlen (secrets[i]), digest);
    g_assert_false (any_holds (region.town.dir, digest, sizeof digest));
  }
  region_tear_down (&region);
}

static void
mac_in_new_vault (const char *what, const char *text, guint8 ret_mac[2][32])
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("mado-vault-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "vault.db", NULL);
  g_autofree char *mirror = g_build_filename (dir, "mirror.db", NULL);
  g_autoptr (GBytes) kek = test_kek (0x53);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (MadoVault) vault = mado_vault_open (path, mirror, kek, &error);
    g_assert_no_error (error);
    mado_vault_mac (vault, what, text, ret_mac[i]);
  }
  remove_folder (dir);
}

static void
test_mac_is_keyed (void)
{
  guint8 here[2][32], there[2][32];

  mac_in_new_vault ("number", "00012345", here);
  mac_in_new_vault ("number", "00012345", there);
  g_assert_cmpmem (here[0], 32, here[1], 32); /* the key is kept */
  g_assert_true (memcmp (here[0], there[0], 32) != 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/referee/a-person-at-two-terminals", test_person_at_two_terminals);
  g_test_add_func ("/store/referee/a-person-twice-in-one-request",
                   test_person_backwards_in_one_request);
  g_test_add_func ("/store/referee/a-person-spelled-otherwise", test_person_spelled_otherwise);
  g_test_add_func ("/store/referee/a-person-half-known", test_person_half_known);
  g_test_add_func ("/store/referee/a-person-many-times", test_person_many_times);
  g_test_add_func ("/store/referee/a-person-in-between", test_person_in_between);
  g_test_add_func ("/store/referee/what-is-over-does-not-count", test_person_over_does_not_count);
  g_test_add_func ("/store/referee/a-number-taken", test_number_taken);
  g_test_add_func ("/store/referee/a-number-given-up-is-never-used-again", test_number_given_up);
  g_test_add_func ("/store/referee/not-even-by-the-same", test_number_taken_up_again);
  g_test_add_func ("/store/referee/a-purged-ones-number-stays-burned", test_number_of_a_purged_one);
  g_test_add_func ("/store/referee/a-number-of-any-length", test_number_of_any_length);
  g_test_add_func ("/store/referee/a-crash-between-two-commits", test_crash_between_commits);
  g_test_add_func ("/store/referee/the-vault-outlives-the-data", test_vault_outlives_the_data);
  g_test_add_func ("/store/referee/nothing-in-clear", test_nothing_in_clear);
  g_test_add_func ("/store/referee/the-mac-is-keyed", test_mac_is_keyed);
  return g_test_run ();
}
