#include "app/agent/access.h"

static void
test_root_and_self_are_staff (void)
{
  g_assert_cmpint (mado_access_role (0, 990, "root", "", ""), ==, MADO_ROLE_STAFF);
  g_assert_cmpint (mado_access_role (990, 990, NULL, "", ""), ==, MADO_ROLE_STAFF);
}

static void
test_lists_decide (void)
{
  g_assert_cmpint (mado_access_role (1000, 990, "counter", "counter", "kiosk"), ==,
                   MADO_ROLE_STAFF);
  g_assert_cmpint (mado_access_role (1001, 990, "kiosk", "counter", "kiosk"), ==, MADO_ROLE_KIOSK);
  g_assert_cmpint (mado_access_role (1002, 990, "b", "a, b;c", ""), ==, MADO_ROLE_STAFF);
  g_assert_cmpint (mado_access_role (1002, 990, "both", "both", "both"), ==, MADO_ROLE_STAFF);
}

static void
test_strangers_have_no_role (void)
{
  g_assert_cmpint (mado_access_role (1003, 990, "nobody", "counter", "kiosk"), ==, MADO_ROLE_NONE);
  g_assert_cmpint (mado_access_role (1003, 990, "count", "counter", ""), ==, MADO_ROLE_NONE);
  g_assert_cmpint (mado_access_role (1003, 990, NULL, "counter", "kiosk"), ==, MADO_ROLE_NONE);
  g_assert_cmpint (mado_access_role (1003, 990, "", "", ""), ==, MADO_ROLE_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/access/root-and-self-are-staff", test_root_and_self_are_staff);
  g_test_add_func ("/agent/access/lists-decide", test_lists_decide);
  g_test_add_func ("/agent/access/strangers-have-no-role", test_strangers_have_no_role);
  return g_test_run ();
}
