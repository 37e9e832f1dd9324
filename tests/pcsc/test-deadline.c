/* Work that hangs does not hold its caller, and clears up when it comes back. */
#include "pcsc/deadline.h"

#include <sys/resource.h>
#include <unistd.h>

/* What the test and a thread past its deadline share. */
typedef struct {
  GMutex   lock;
  GCond    changed;
  gboolean may_return;
  gboolean cleared;
} Gate;

typedef struct {
  Gate *gate;
  int   result;
} Box;

static Box *
box_new (Gate *gate)
{
  Box *box = g_atomic_rc_box_new0 (Box);

  box->gate = gate;
  return box;
}

static void
box_clear (gpointer data)
{
  Gate *gate = ((Box *)data)->gate;

  g_mutex_lock (&gate->lock);
  g_assert_false (gate->cleared);
  gate->cleared = TRUE;
  g_cond_broadcast (&gate->changed);
  g_mutex_unlock (&gate->lock);
}

static void
answer (gpointer data)
{
  ((Box *)data)->result = 42;
}

static void
hang (gpointer data)
{
  Gate *gate = ((Box *)data)->gate;

  g_mutex_lock (&gate->lock);
  while (!gate->may_return)
    g_cond_wait (&gate->changed, &gate->lock);
  g_mutex_unlock (&gate->lock);
}

static void
test_done_in_time (void)
{
  Gate gate = { 0 };
  Box *box = box_new (&gate);

  g_assert_true (mado_deadline_run (answer, box, box_clear, 60000));
  g_assert_cmpint (box->result, ==, 42);
  g_assert_false (gate.cleared);
  g_atomic_rc_box_release_full (box, box_clear);
  g_assert_true (gate.cleared);
}

static void
test_late_work_clears_up (void)
{
  Gate gate = { 0 };
  Box *box = box_new (&gate);

  g_assert_false (mado_deadline_run (hang, box, box_clear, 1));
  g_atomic_rc_box_release_full (box, box_clear);
  g_mutex_lock (&gate.lock);
  g_assert_false (gate.cleared);
  gate.may_return = TRUE;
  g_cond_broadcast (&gate.changed);
  while (!gate.cleared)
    g_cond_wait (&gate.changed, &gate.lock);
  g_mutex_unlock (&gate.lock);
}

/* As an ordinary user, whose threads the kernel counts. */
static void
test_no_room_for_a_thread (void)
{
  if (g_test_subprocess ()) {
    struct rlimit limit;
    rlim_t        usual;
    Gate          gate = { 0 };
    Box          *box = box_new (&gate);

    if (geteuid () == 0)
      g_assert_cmpint (setuid (65534), ==, 0);
    g_assert_cmpint (getrlimit (RLIMIT_NPROC, &limit), ==, 0);
    usual = limit.rlim_cur;
    limit.rlim_cur = 0;
    g_assert_cmpint (setrlimit (RLIMIT_NPROC, &limit), ==, 0);
    g_assert_false (mado_deadline_run (answer, box, box_clear, 60000));
    g_assert_cmpint (box->result, ==, 0);
    g_atomic_rc_box_release_full (box, box_clear);
    g_assert_true (gate.cleared);
    limit.rlim_cur = usual; /* a sanitizer looks for leaks on a thread of its own */
    g_assert_cmpint (setrlimit (RLIMIT_NPROC, &limit), ==, 0);
    return;
  }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pcsc/deadline/done-in-time", test_done_in_time);
  g_test_add_func ("/pcsc/deadline/late-work-clears-up", test_late_work_clears_up);
  g_test_add_func ("/pcsc/deadline/no-room-for-a-thread", test_no_room_for_a_thread);
  return g_test_run ();
}
