#include "app/agent/error.h"
#include "app/agent/failure.h"
#include "app/agent/problem.h"
#include "app/authservice/error.h"
#include "app/base/config.h"
#include "app/base/error.h"
#include "app/domain/error.h"
#include "app/store/error.h"
#include "app/sync/error.h"
#include "certs/error.h"
#include "pcsc/error.h"

/* The last code of each room: a code added behind it fails here until the table knows it. */
static const struct {
  const char *name;
  GQuark (*quark) (void);
  int last;
} rooms[] = {
  { "base", mado_base_error_quark, MADO_BASE_ERROR_IO },
  { "config", mado_config_error_quark, MADO_CONFIG_ERROR_INVALID },
  { "pcsc", mado_pcsc_error_quark, MADO_PCSC_ERROR_TRACE },
  { "certs", mado_certs_error_quark, MADO_CERTS_ERROR_CRYPTO },
  { "domain", mado_domain_error_quark, MADO_DOMAIN_ERROR_RULES },
  { "store", mado_store_error_quark, MADO_STORE_ERROR_REFUSED },
  { "sync", mado_sync_error_quark, MADO_SYNC_ERROR_IO },
  { "auth", mado_auth_error_quark, MADO_AUTH_ERROR_ANCHORS },
};

/* Only what is our own fault is an unexpected failure. */
static gboolean
may_be_internal (GQuark domain, int code)
{
  return (domain == MADO_PCSC_ERROR && code == MADO_PCSC_ERROR_FORBIDDEN)
         || (domain == MADO_CERTS_ERROR && code == MADO_CERTS_ERROR_CRYPTO);
}

static void
test_every_code_of_every_room (void)
{
  for (gsize r = 0; r < G_N_ELEMENTS (rooms); r++)
    for (int code = 0; code <= rooms[r].last; code++) {
      g_autoptr (GError) error = g_error_new_literal (rooms[r].quark (), code, "x");
      MadoFailure failure = mado_failure_of (error);
      g_test_message ("%s %d: %s", rooms[r].name, code, mado_failure_code (failure));
      g_assert_cmpint (failure, !=, MADO_FAILURE_NONE);
      g_assert_cmpint (failure == MADO_FAILURE_INTERNAL, ==, may_be_internal (error->domain, code));
    }
}

static void
test_unknown_is_internal (void)
{
  g_autoptr (GError) error = g_error_new_literal (g_quark_from_string ("elsewhere"), 1, "x");

  g_assert_cmpint (mado_failure_of (error), ==, MADO_FAILURE_INTERNAL);
}

static void
test_our_own_codes_are_failures (void)
{
  for (int failure = MADO_FAILURE_INTERNAL; failure < MADO_FAILURE_LAST_ENTRY; failure++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (mado_agent_raise (&error, failure, "x %d", 1));
    g_assert_cmpint (mado_failure_of (error), ==, failure);
    g_assert_nonnull (mado_failure_clause (failure));
    g_assert_cmpstr (error->message, ==, "x 1");
  }
}

/* The exit statuses scripts rely on, from the card's own errors. */
static void
test_exit_statuses_of_the_card (void)
{
  static const struct {
    int code, status;
  } cases[] = {
    { MADO_PCSC_ERROR_NO_SERVICE, 3 },     { MADO_PCSC_ERROR_NO_READER, 3 },
    { MADO_PCSC_ERROR_NO_CARD, 4 },        { MADO_PCSC_ERROR_WRONG_CARD, 5 },
    { MADO_PCSC_ERROR_NO_CERTIFICATE, 5 }, { MADO_PCSC_ERROR_SEVERAL_CARDS, 5 },
    { MADO_PCSC_ERROR_PIN_WRONG, 6 },      { MADO_PCSC_ERROR_PIN_LOCKED, 7 },
    { MADO_PCSC_ERROR_PIN_MALFORMED, 8 },  { MADO_PCSC_ERROR_LAST_TRY, 8 },
    { MADO_PCSC_ERROR_CARD_REMOVED, 9 },   { MADO_PCSC_ERROR_TIMEOUT, 9 },
    { MADO_PCSC_ERROR_PROTOCOL, 10 },      { MADO_PCSC_ERROR_BUSY, 15 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new_literal (MADO_PCSC_ERROR, cases[i].code, "x");
    g_assert_cmpint (mado_failure_exit_status (mado_failure_of (error)), ==, cases[i].status);
  }
}

static void
test_problem_crosses_as_json (void)
{
  g_autoptr (MadoProblem) problem = mado_problem_new (MADO_FAILURE_PIN_WRONG, "wrong");
  g_autoptr (MadoProblem) back = NULL;
  g_autoptr (JsonObject) object = NULL;

  problem->tries_left = 3;
  problem->kind = g_strdup ("juki-card");
  problem->reason = g_strdup ("phone");
  object = mado_problem_to_json (problem);
  g_assert_cmpstr (json_object_get_string_member (object, "slip"), ==, "P11");
  back = mado_problem_from_json (object);
  g_assert_cmpint (back->failure, ==, MADO_FAILURE_PIN_WRONG);
  g_assert_cmpstr (back->message, ==, "wrong");
  g_assert_cmpint (back->tries_left, ==, 3);
  g_assert_cmpstr (back->kind, ==, "juki-card");
  g_assert_cmpstr (back->reason, ==, "phone");
}

static void
test_empty_json_is_still_a_problem (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (MadoProblem) problem = mado_problem_from_json (object);

  g_assert_cmpint (problem->failure, ==, MADO_FAILURE_INTERNAL);
  g_assert_cmpint (problem->tries_left, ==, -1);
  g_assert_nonnull (problem->message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/failure/every-code-of-every-room", test_every_code_of_every_room);
  g_test_add_func ("/agent/failure/unknown-is-internal", test_unknown_is_internal);
  g_test_add_func ("/agent/failure/our-own-codes-are-failures", test_our_own_codes_are_failures);
  g_test_add_func ("/agent/failure/exit-statuses-of-the-card", test_exit_statuses_of_the_card);
  g_test_add_func ("/agent/problem/crosses-as-json", test_problem_crosses_as_json);
  g_test_add_func ("/agent/problem/empty-json-is-still-a-problem",
                   test_empty_json_is_still_a_problem);
  return g_test_run ();
}
