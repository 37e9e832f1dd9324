#include "tests/store/exchange.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

typedef void (*Working) (Town *town, int acknowledge_fd);

#define ID_LEN 36

/* One write of less than PIPE_BUF: said whole or not at all. */
static void
acknowledge (int fd, const char *id)
{
  if (write (fd, id, ID_LEN) != ID_LEN)
    _exit (2);
}

static char *
new_person (Town *town)
{
  g_autoptr (GError) error = NULL;
  char *id = mado_uuid7 (mado_clock_now_ms (town->terminal.clock));

  mado_clock_move (town->terminal.clock, 1);
  if (!try_register (town->terminal.store, id, TRUE, &error))
    _exit (3);
  return id;
}

static void
register_for_ever (Town *town, int fd)
{
  for (;;) {
    g_autofree char *id = new_person (town);
    acknowledge (fd, id);
  }
}

static void
register_and_sync_for_ever (Town *town, int fd)
{
  for (guint n = 1;; n++) {
    g_autofree char *id = new_person (town);
    acknowledge (fd, id);
    if (n % 4 == 0)
      sync_with (town, 3, NULL);
    if (n % 10 == 0 && !mado_store_tidy (town->terminal.store, NULL))
      _exit (4);
  }
}

/* The control: says OK first and dies before it is true. */
static void
acknowledge_too_early (Town *town, int fd)
{
  for (guint n = 0; n < 3; n++) {
    g_autofree char *id = new_person (town);
    acknowledge (fd, id);
  }
  g_autofree char *id = mado_uuid7 (mado_clock_now_ms (town->terminal.clock));
  acknowledge (fd, id);
  kill (getpid (), SIGKILL);
}

static void
close_all (Town *town)
{
  g_clear_pointer (&town->terminal.store, mado_store_free);
  g_clear_pointer (&town->centre, mado_centre_free);
}

static void
open_all (Town *town)
{
  g_clear_pointer (&town->terminal.store, mado_store_free);
  bench_reopen (&town->terminal);
  town_open_centre (town);
}

/* The child opens files of its own: SQLite's connections do not cross a fork. */
static pid_t
start (Town *town, Working work, int *ret_fd)
{
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0) {
    close (fds[0]);
    open_all (town);
    work (town, fds[1]);
    _exit (0);
  }
  close (fds[1]);
  *ret_fd = fds[0];
  return child;
}

static void
read_acknowledged (int fd, GPtrArray *ids)
{
  char id[ID_LEN];

  while (read (fd, id, sizeof id) == sizeof id)
    g_ptr_array_add (ids, g_strndup (id, sizeof id));
}

/* Lets the child work for a random while, at least until it said OK once, and kills it. */
static void
work_and_kill (Town *town, Working work, GPtrArray *ids)
{
  int  fd = -1;
  char id[ID_LEN];

  close_all (town);
  pid_t child = start (town, work, &fd);
  if (read (fd, id, sizeof id) == sizeof id)
    g_ptr_array_add (ids, g_strndup (id, sizeof id));
  g_usleep ((gulong)g_test_rand_int_range (0, 60000));
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  read_acknowledged (fd, ids);
  close (fd);
  mado_clock_move (town->terminal.clock, 1000000);
  open_all (town);
}

static gboolean
is_whole (MadoStoreRow *row)
{
  return row != NULL && row->seq == 2;
}

/* How many acknowledged applications are not there whole. */
static guint
count_lost (Town *town, GPtrArray *ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = mado_store_list (town->terminal.store, &error);
  guint lost = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < ids->len; i++)
    lost += !is_whole (find_row (list, ids->pdata[i]));
  return lost;
}

static void
test_kill_while_registering (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Town town;

  town_set_up (&town);
  for (guint round = 0; round < 15; round++) {
    work_and_kill (&town, register_for_ever, ids);
    g_assert_cmpuint (count_lost (&town, ids), ==, 0);
    assert_verifies (town.terminal.store);
  }
  g_test_message ("%u acknowledged, none lost", ids->len);
  town_tear_down (&town);
}

static void
test_kill_while_syncing (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  Town town;

  town_set_up (&town);
  for (guint round = 0; round < 15; round++) {
    work_and_kill (&town, register_and_sync_for_ever, ids);
    g_assert_cmpuint (count_lost (&town, ids), ==, 0);
    assert_verifies (town.terminal.store);
    assert_centre_verifies (&town);
  }
  sync_with (&town, 500, NULL);
  for (guint i = 0; i < ids->len; i++)
    assert_at_centre (&town, ids->pdata[i]);
  g_test_message ("%u acknowledged, all at the centre", ids->len);
  town_tear_down (&town);
}

static void
test_control (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  int  fd = -1;
  Town town;

  town_set_up (&town);
  close_all (&town);
  pid_t child = start (&town, acknowledge_too_early, &fd);
  waitpid (child, NULL, 0);
  read_acknowledged (fd, ids);
  close (fd);
  open_all (&town);
  g_assert_cmpuint (ids->len, ==, 4);
  g_assert_cmpuint (count_lost (&town, ids), ==, 1);
  town_tear_down (&town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/kill/while-registering", test_kill_while_registering);
  g_test_add_func ("/store/kill/while-syncing", test_kill_while_syncing);
  g_test_add_func ("/store/kill/the-check-sees-a-loss", test_control);
  return g_test_run ();
}
