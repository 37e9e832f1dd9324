#include "app/agent/session-table.h"

#include <string.h>

static const MadoMethod methods[] = { MADO_METHOD_SIGN, MADO_METHOD_AUTH, MADO_METHOD_DOCUMENT };

static void
test_names_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++) {
    MadoMethod back;
    g_assert_true (mado_method_from_name (mado_method_name (methods[i]), &back));
    g_assert_cmpint (back, ==, methods[i]);
  }
  MadoMethod untouched = MADO_METHOD_AUTH;
  g_assert_false (mado_method_from_name ("number-b", &untouched));
  g_assert_cmpint (untouched, ==, MADO_METHOD_AUTH);
}

/* Every state × event × method has at most one row, and the lookup finds exactly that. */
static void
test_every_cell_has_one_answer (void)
{
  gsize                 n_rows;
  const MadoSessionRow *rows = mado_session_rows (&n_rows);

  for (guint state = 0; state < MADO_SESSION_N_STATES; state++)
    for (guint event = 0; event < MADO_EVENT_N_EVENTS; event++)
      for (gsize m = 0; m < G_N_ELEMENTS (methods); m++) {
        const MadoSessionRow *found = NULL;
        for (gsize i = 0; i < n_rows; i++)
          if (rows[i].state == state && rows[i].event == event && (rows[i].methods & methods[m])) {
            g_assert_null (found);
            found = &rows[i];
          }
        g_assert_true (mado_session_row (state, event, methods[m]) == found);
      }
}

static void
reach (gboolean reached[MADO_SESSION_N_STATES], MadoMethod method)
{
  gsize                 n_rows;
  const MadoSessionRow *rows = mado_session_rows (&n_rows);
  gboolean              grew = TRUE;

  reached[MADO_SESSION_IDLE] = TRUE;
  while (grew) {
    grew = FALSE;
    for (gsize i = 0; i < n_rows; i++)
      if ((rows[i].methods & method) && reached[rows[i].state] && !reached[rows[i].next])
        grew = reached[rows[i].next] = TRUE;
  }
}

/* No row stands where its method never comes, and from everywhere there is a way home. */
static void
test_every_row_is_reachable_and_leads_home (void)
{
  gsize                 n_rows;
  const MadoSessionRow *rows = mado_session_rows (&n_rows);

  for (gsize m = 0; m < G_N_ELEMENTS (methods); m++) {
    gboolean reached[MADO_SESSION_N_STATES] = { FALSE };
    reach (reached, methods[m]);
    for (gsize i = 0; i < n_rows; i++)
      if (rows[i].methods & methods[m])
        g_assert_true (reached[rows[i].state]);
    g_assert_true (reached[MADO_SESSION_DONE]);
    for (guint state = MADO_SESSION_CONSENT; state < MADO_SESSION_N_STATES; state++)
      if (reached[state] && state != MADO_SESSION_SIGNING)
        g_assert_cmpint (mado_session_row (state, MADO_EVENT_CANCEL, methods[m])->next, ==,
                         MADO_SESSION_IDLE);
  }
}

static void
test_papers_never_wait_for_a_card (void)
{
  gboolean reached[MADO_SESSION_N_STATES] = { FALSE };

  reach (reached, MADO_METHOD_DOCUMENT);
  g_assert_false (reached[MADO_SESSION_CARD]);
  g_assert_false (reached[MADO_SESSION_PIN]);
  g_assert_false (reached[MADO_SESSION_CHECKING]);
}

static void
test_only_auth_asks_a_second_pin (void)
{
  gboolean sign[MADO_SESSION_N_STATES] = { FALSE };
  gboolean auth[MADO_SESSION_N_STATES] = { FALSE };

  reach (sign, MADO_METHOD_SIGN);
  reach (auth, MADO_METHOD_AUTH);
  g_assert_false (sign[MADO_SESSION_TEXT_PIN]);
  g_assert_true (auth[MADO_SESSION_TEXT_PIN]);
}

/* Between the PIN and the stored application a revoked certificate ends the sitting wherever the
 * person is. */
static void
test_revoked_stops_from_every_step (void)
{
  const MadoSessionState open[]
      = { MADO_SESSION_PERSON, MADO_SESSION_CONTACT, MADO_SESSION_CONFIRM, MADO_SESSION_SIGNING };

  for (gsize i = 0; i < G_N_ELEMENTS (open); i++) {
    const MadoSessionRow *row = mado_session_row (open[i], MADO_EVENT_REVOKED, MADO_METHOD_SIGN);
    g_assert_cmpint (row->next, ==, MADO_SESSION_STOPPED);
    g_assert_cmpint (row->action, ==, MADO_DO_REFUSE);
  }
}

/* Only one row writes to the store, and only the signed application reaches it. */
static void
test_nothing_is_stored_before_the_end (void)
{
  gsize                 n_rows;
  const MadoSessionRow *rows = mado_session_rows (&n_rows);

  for (gsize i = 0; i < n_rows; i++)
    if (rows[i].action == MADO_DO_COMMIT)
      g_assert_cmpint (rows[i].next, ==, MADO_SESSION_SIGNING);
  g_assert_null (mado_session_row (MADO_SESSION_PERSON, MADO_EVENT_CONFIRM, MADO_METHOD_SIGN));
  g_assert_null (mado_session_row (MADO_SESSION_CONSENT, MADO_EVENT_PIN, MADO_METHOD_SIGN));
  g_assert_null (mado_session_row (MADO_SESSION_SIGNING, MADO_EVENT_CANCEL, MADO_METHOD_SIGN));
}

static void
test_a_pulled_card_keeps_the_form (void)
{
  const MadoSessionState open[]
      = { MADO_SESSION_READING, MADO_SESSION_PIN,     MADO_SESSION_CHECKING,
          MADO_SESSION_PERSON,  MADO_SESSION_CONTACT, MADO_SESSION_CONFIRM };

  for (gsize i = 0; i < G_N_ELEMENTS (open); i++) {
    const MadoSessionRow *row = mado_session_row (open[i], MADO_EVENT_CARD_OUT, MADO_METHOD_SIGN);
    g_assert_cmpint (row->next, ==, MADO_SESSION_CARD);
    g_assert_cmpint (row->action, ==, MADO_DO_KEEP);
  }
  g_assert_null (mado_session_row (MADO_SESSION_SIGNING, MADO_EVENT_CARD_OUT, MADO_METHOD_SIGN));
}

/* The names in the table under "| state |" of ARCHITECTURE.md, each followed by a blank. */
static char *
states_in_manual (void)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  gboolean         inside = FALSE;

  g_assert_true (g_file_get_contents ("ARCHITECTURE.md", &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) {
    if (g_str_has_prefix (lines[i], "| state |"))
      inside = TRUE;
    else if (!g_str_has_prefix (lines[i], "|"))
      inside = FALSE;
    else if (inside && g_str_has_prefix (lines[i], "| `"))
      g_string_append_printf (names, "%.*s ", (int)strcspn (lines[i] + 3, "`"), lines[i] + 3);
  }
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
test_architecture_names_every_state (void)
{
  g_autofree char *manual = states_in_manual ();
  g_autoptr (GString) ours = g_string_new (NULL);

  for (guint state = 0; state < MADO_SESSION_N_STATES; state++)
    g_string_append_printf (ours, "%s ", mado_session_state_name (state));
  g_assert_cmpstr (manual, ==, ours->str);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/session-table/names-round-trip", test_names_round_trip);
  g_test_add_func ("/agent/session-table/every-cell-has-one-answer",
                   test_every_cell_has_one_answer);
  g_test_add_func ("/agent/session-table/every-row-is-reachable-and-leads-home",
                   test_every_row_is_reachable_and_leads_home);
  g_test_add_func ("/agent/session-table/papers-never-wait-for-a-card",
                   test_papers_never_wait_for_a_card);
  g_test_add_func ("/agent/session-table/only-auth-asks-a-second-pin",
                   test_only_auth_asks_a_second_pin);
  g_test_add_func ("/agent/session-table/revoked-stops-from-every-step",
                   test_revoked_stops_from_every_step);
  g_test_add_func ("/agent/session-table/nothing-is-stored-before-the-end",
                   test_nothing_is_stored_before_the_end);
  g_test_add_func ("/agent/session-table/a-pulled-card-keeps-the-form",
                   test_a_pulled_card_keeps_the_form);
  g_test_add_func ("/agent/session-table/architecture-names-every-state",
                   test_architecture_names_every_state);
  return g_test_run ();
}
