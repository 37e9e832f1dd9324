/* The table: each type by each actor in each state, each fault, and what never may happen. */
#include "app/base/json.h"
#include "app/domain/fold.h"

#include <string.h>

#define APPLICATION "0192f3a2-0000-7000-8000-000000000000"
#define SUBMITTED "{\"fields\":{\"name\":\"見本\",\"phone\":\"0485550000\"},\"method\":\"sign\"}"
#define PROVISIONAL "{\"fields\":{\"name\":\"見本\"},\"method\":\"sign\",\"provisional\":true}"

typedef struct {
  const char *holder;
  const char *actor;
  const char *type;
  const char *body;
} Step;

static MadoEvent *
next_event (const MadoApplication *application, const Step *step)
{
  MadoEvent *event = mado_event_new ();

  event->application = g_strdup (APPLICATION);
  event->holder = g_strdup (step->holder);
  event->actor = g_strdup (step->actor);
  event->type = g_strdup (step->type);
  event->seq = application->seq + 1;
  memcpy (event->previous, application->head, sizeof event->previous);
  if (step->body != NULL)
    event->body = mado_json_parse_object (step->body, strlen (step->body), NULL);
  return event;
}

static MadoFoldFault
take_step (MadoApplication *application, const Step *step)
{
  g_autoptr (MadoEvent) event = next_event (application, step);
  MadoFoldFault fault;

  g_assert_true (mado_fold_step (application, event, &fault) == (fault == MADO_FOLD_NONE));
  return fault;
}

/* How an application comes into each state. */
static const struct {
  const char *state;
  Step        steps[5];
} paths[] = {
  { "draft", { { "S", "applicant", "opened", NULL } } },
  { "mail_wait",
    { { "S", "applicant", "opened", NULL }, { "S", "server", "mail_code_sent", NULL } } },
  { "received", { { "S", "applicant", "submitted", SUBMITTED } } },
  { "reviewing",
    { { "S", "applicant", "submitted", SUBMITTED }, { "S", "staff:1", "claimed", NULL } } },
  { "returned",
    { { "S", "applicant", "submitted", SUBMITTED },
      { "S", "staff:1", "claimed", NULL },
      { "S", "staff:1", "returned", "{\"marked\":[\"phone\"]}" } } },
  { "provisional", { { "S", "applicant", "submitted", PROVISIONAL } } },
  { "accepted",
    { { "S", "applicant", "submitted", SUBMITTED }, { "S", "staff:1", "accepted", NULL } } },
  { "numbered",
    { { "S", "applicant", "submitted", SUBMITTED },
      { "S", "staff:1", "accepted", NULL },
      { "S", "agent", "number_bound", "{\"number\":\"7\"}" } } },
  { "completed",
    { { "S", "applicant", "submitted", SUBMITTED },
      { "S", "staff:1", "accepted", NULL },
      { "S", "agent", "number_bound", "{\"number\":\"7\"}" },
      { "S", "server", "notified", "{\"kind\":\"completed\"}" } } },
  { "rejected",
    { { "S", "applicant", "submitted", SUBMITTED },
      { "S", "staff:1", "rejected", "{\"reason\":\"other\"}" } } },
  { "withdrawn",
    { { "S", "applicant", "submitted", SUBMITTED }, { "S", "applicant", "withdrawn", NULL } } },
  { "purged",
    { { "S", "applicant", "submitted", SUBMITTED },
      { "S", "server", "purged", "{\"rule\":\"request\"}" } } },
};

static MadoApplication *
application_in (const char *state)
{
  MadoApplication *application = mado_application_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    if (g_str_equal (paths[i].state, state))
      for (const Step *step = paths[i].steps; step->type != NULL; step++)
        g_assert_cmpint (take_step (application, step), ==, MADO_FOLD_NONE);
  g_assert_cmpstr (mado_state_name (application->state), ==,
                   g_str_equal (state, "nothing") ? NULL : state);
  return application;
}

/* --- the table as it is meant, written a second time ------------------------------------------ */

#define EACH_SAME                                                                                  \
  "draft=draft mail_wait=mail_wait received=received reviewing=reviewing returned=returned "       \
  "provisional=provisional accepted=accepted numbered=numbered completed=completed "               \
  "rejected=rejected withdrawn=withdrawn"
#define PRINTABLE                                                                                  \
  "received=received reviewing=reviewing returned=returned provisional=provisional "               \
  "accepted=accepted numbered=numbered completed=completed rejected=rejected "                     \
  "withdrawn=withdrawn"
#define OPEN_TO_WITHDRAWN                                                                          \
  "draft=withdrawn mail_wait=withdrawn received=withdrawn reviewing=withdrawn "                    \
  "returned=withdrawn provisional=withdrawn accepted=withdrawn numbered=withdrawn"
#define CHECKABLE                                                                                  \
  "draft=draft provisional=provisional received=received reviewing=reviewing "                     \
  "returned=returned completed=completed"
#define STAFF_AMENDS                                                                               \
  "provisional=provisional received=received reviewing=reviewing accepted=accepted "               \
  "numbered=numbered completed=completed"
#define RETIRES                                                                                    \
  "draft=!number mail_wait=!number received=!number reviewing=!number returned=!number "           \
  "provisional=!number accepted=!number numbered=accepted completed=accepted rejected=!number "    \
  "withdrawn=!number"
#define ALL_TO(state)                                                                              \
  "draft=" state " mail_wait=" state " received=" state " reviewing=" state " returned=" state     \
  " provisional=" state " accepted=" state " numbered=" state " completed=" state                  \
  " rejected=" state
#define ALL_REFERENCE ALL_TO ("!reference") " withdrawn=!reference"
#define BIND "{\"number\":\"8\"}"
#define AMEND "{\"fields\":{\"phone\":\"9\"},\"reason\":\"typing\"}"
#define CHECK "{\"fields\":{\"name\":\"見本\"},\"method\":\"sign\"}"

static const struct {
  const char *type;
  const char *actor;
  const char *body;
  const char *outcomes; /* what is not listed must be refused for its state or actor */
} meant[] = {
  { "opened", "applicant", "{\"fields\":{\"phone\":\"1\"}}", "nothing=draft" },
  { "opened", "agent", NULL, "nothing=draft" },
  { "opened", "staff:1", NULL, "nothing=draft" },
  { "opened", "manager:1", NULL, "nothing=draft" },
  { "mail_code_sent", "server", NULL, "draft=mail_wait mail_wait=mail_wait" },
  { "mail_confirmed", "applicant", NULL, "mail_wait=draft" },
  { "submitted", "applicant", SUBMITTED, "nothing=received draft=received" },
  { "submitted", "agent", PROVISIONAL, "nothing=provisional draft=provisional" },
  { "submitted", "staff:1", SUBMITTED, "nothing=received draft=received" },
  { "submitted", "manager:1", SUBMITTED, "nothing=received draft=received" },
  { "identity_checked", "agent", CHECK, CHECKABLE },
  { "identity_checked", "server", CHECK, CHECKABLE },
  { "identity_checked", "staff:2", CHECK, CHECKABLE },
  { "identity_checked", "manager:1", CHECK, CHECKABLE },
  { "verified", "server", NULL, "provisional=received" },
  { "amended", "applicant", "{\"fields\":{\"phone\":\"9\"}}",
    "draft=draft mail_wait=mail_wait received=received provisional=provisional" },
  { "amended", "staff:2", AMEND, STAFF_AMENDS },
  { "amended", "manager:1", AMEND, STAFF_AMENDS },
  { "claimed", "staff:2", NULL, "received=reviewing" },
  { "claimed", "manager:1", NULL, "received=reviewing" },
  { "released", "server", NULL, "reviewing=received" },
  { "released", "manager:1", NULL, "reviewing=received" },
  { "released", "staff:1", NULL, "reviewing=received" },
  { "released", "staff:2", NULL, "reviewing=!claim" },
  { "returned", "staff:1", "{\"marked\":[\"kana\"]}", "reviewing=returned returned=returned" },
  { "returned", "staff:2", "{\"marked\":[]}", "reviewing=!claim returned=returned" },
  { "returned", "manager:1", NULL, "reviewing=!claim returned=returned" },
  { "resubmitted", "applicant", "{\"fields\":{\"phone\":\"9\"}}", "returned=received" },
  { "resubmitted", "staff:2", NULL, "returned=received" },
  { "resubmitted", "manager:1", NULL, "returned=received" },
  { "accepted", "staff:1", NULL, "received=accepted reviewing=accepted" },
  { "accepted", "staff:2", NULL, "received=accepted reviewing=!claim" },
  { "accepted", "manager:1", NULL, "received=accepted reviewing=!claim" },
  { "accepted", "rule:auto", NULL, "received=accepted" },
  { "rejected", "staff:1", "{\"reason\":\"other\"}", "received=rejected reviewing=rejected" },
  { "rejected", "staff:2", "{\"reason\":\"other\"}", "received=rejected reviewing=!claim" },
  { "rejected", "manager:1", "{\"reason\":\"other\"}", "received=rejected reviewing=!claim" },
  { "withdrawn", "applicant", NULL, OPEN_TO_WITHDRAWN },
  { "withdrawn", "staff:2", "{\"cause\":\"other\"}", OPEN_TO_WITHDRAWN },
  { "withdrawn", "manager:1", NULL, OPEN_TO_WITHDRAWN },
  { "number_bound", "agent", BIND, "accepted=numbered provisional=provisional" },
  { "number_bound", "server", BIND, "accepted=numbered provisional=provisional" },
  { "number_bound", "staff:2", BIND, "accepted=numbered provisional=provisional" },
  { "number_bound", "manager:1", BIND, "accepted=numbered provisional=provisional" },
  { "number_retired", "server", NULL, RETIRES },
  { "number_retired", "staff:2", NULL, RETIRES },
  { "number_retired", "manager:1", NULL, RETIRES },
  { "notified", "server", "{\"kind\":\"completed\"}",
    "numbered=completed rejected=!kind returned=!kind" },
  { "notified", "server", "{\"kind\":\"rejected\"}",
    "numbered=!kind rejected=rejected returned=!kind" },
  { "notified", "server", "{\"kind\":\"returned\"}",
    "numbered=!kind rejected=!kind returned=returned" },
  { "notified", "staff:2", "{\"kind\":\"completed\",\"way\":\"paper\"}",
    "numbered=completed rejected=!kind returned=!kind" },
  { "notified", "staff:2", "{\"kind\":\"rejected\",\"way\":\"paper\"}",
    "numbered=!kind rejected=rejected returned=!kind" },
  { "notified", "manager:1", "{\"kind\":\"returned\",\"way\":\"paper\"}",
    "numbered=!kind rejected=!kind returned=returned" },
  { "notified", "staff:2", "{\"kind\":\"completed\",\"way\":\"mail\"}",
    "numbered=!kind rejected=!kind returned=!kind" },
  { "printed", "agent", NULL, PRINTABLE },
  { "printed", "staff:2", NULL, PRINTABLE },
  { "printed", "manager:1", NULL, PRINTABLE },
  { "flagged", "server", "{\"flag\":\"fork\"}", EACH_SAME },
  { "flagged", "server", "{\"flag\":\"identity\"}",
    "draft=draft mail_wait=mail_wait received=received reviewing=reviewing returned=returned "
    "provisional=received accepted=accepted numbered=numbered completed=completed "
    "rejected=rejected withdrawn=withdrawn" },
  { "flagged", "manager:1", "{\"flag\":\"legal_hold\"}", EACH_SAME },
  { "flagged", "manager:1", "{\"flag\":\"fork\"}", ALL_REFERENCE },
  { "flagged", "applicant", "{\"flag\":\"change\"}", "completed=completed" },
  { "cleared", "staff:2", "{\"flags\":[\"fork\"]}", ALL_REFERENCE },
  { "cleared", "manager:1", "{\"flags\":[\"fork\"]}", ALL_REFERENCE },
  { "reinstated", "server", "{\"kind\":\"completed\",\"number\":\"8\"}",
    ALL_TO ("completed") " withdrawn=withdrawn" },
  { "reinstated", "server", "{\"kind\":\"rejected\"}", ALL_TO ("rejected") " withdrawn=withdrawn" },
  { "reinstated", "server", "{\"kind\":\"returned\"}", ALL_TO ("!kind") " withdrawn=!kind" },
  { "purged", "server", "{\"rule\":\"request\"}", ALL_TO ("purged") " withdrawn=purged" },
};

static const char *const actors[] = { "applicant", "agent",     "server",    "staff:1",
                                      "staff:2",   "manager:1", "rule:auto", "stranger" };
static const char *const types[]
    = { "opened",   "mail_code_sent", "mail_confirmed", "submitted", "identity_checked",
        "verified", "amended",        "claimed",        "released",  "returned",
        "accepted", "resubmitted",    "rejected",       "withdrawn", "number_bound",
        "notified", "number_retired", "printed",        "flagged",   "cleared",
        "purged",   "reinstated" };

static char *
outcome_of (const char *state, const Step *step)
{
  g_autoptr (MadoApplication) application = application_in (state);
  MadoFoldFault fault = take_step (application, step);

  if (fault == MADO_FOLD_NONE)
    return g_strdup (mado_state_name (application->state));
  return g_strdup_printf ("!%s", mado_fold_fault_name (fault));
}

static char *
meant_outcome (const char *outcomes, const char *state)
{
  g_auto (GStrv) pairs = g_strsplit (outcomes, " ", -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    const char *sign = strchr (pairs[i], '=');
    if ((gsize)(sign - pairs[i]) == strlen (state) && g_str_has_prefix (pairs[i], state))
      return g_strdup (sign + 1);
  }
  return NULL;
}

static void
check_cell (const char *state, const Step *step, const char *outcomes)
{
  g_autofree char *expected = meant_outcome (outcomes, state);
  g_autofree char *got = outcome_of (state, step);

  if (g_strcmp0 (got, expected) == 0)
    return;
  if (expected == NULL && (g_str_equal (got, "!state") || g_str_equal (got, "!actor")))
    return;
  g_error ("%s by %s in %s: got %s, meant %s", step->type, step->actor, state, got, expected);
}

static void
check_row (const char *type, const char *actor, const char *body, const char *outcomes)
{
  Step step = { "S", actor, type, body };

  check_cell ("nothing", &step, outcomes);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    check_cell (paths[i].state, &step, outcomes);
}

static void
test_what_the_table_allows (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    check_row (meant[i].type, meant[i].actor, meant[i].body, meant[i].outcomes);
}

static gboolean
is_meant (const char *type, const char *actor)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++)
    if (g_str_equal (meant[i].type, type) && g_str_equal (meant[i].actor, actor))
      return TRUE;
  /* staff:1 and staff:2 differ only by the claim. */
  return g_str_has_prefix (actor, "staff:")
         && is_meant (type, g_str_equal (actor, "staff:1") ? "manager:1" : "staff:1");
}

static void
test_all_else_is_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    g_assert_true (mado_fold_knows_type (types[i]));
    for (gsize k = 0; k < G_N_ELEMENTS (actors); k++)
      if (!is_meant (types[i], actors[k]))
        check_row (types[i], actors[k], "{}", "");
  }
  g_assert_false (mado_fold_knows_type ("approved"));
}

static void
test_purged_is_the_end (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (meant); i++) {
    Step             step = { "S", meant[i].actor, meant[i].type, meant[i].body };
    g_autofree char *outcome = outcome_of ("purged", &step);
    g_assert_cmpstr (outcome, ==, "!state");
  }
}

/* --- faults ---------------------------------------------------------------------------------- */

static void
assert_fault (
    const char *state, const char *actor, const char *type, const char *body, const char *expected)
{
  Step             step = { "S", actor, type, body };
  g_autofree char *outcome = outcome_of (state, &step);

  g_assert_cmpstr (outcome, ==, expected);
}

static void
test_line (void)
{
  g_autoptr (MadoApplication) application = application_in ("received");
  Step          step = { "S", "staff:1", "claimed", NULL };
  MadoFoldFault fault;

  for (int i = 0; i < 4; i++) {
    g_autoptr (MadoEvent) event = next_event (application, &step);
    event->seq += i == 0 ? 1 : i == 1 ? -1 : 0;
    event->previous[5] ^= i == 2 ? 1 : 0;
    if (i == 3)
      event->application[0] = '1';
    g_assert_false (mado_fold_step (application, event, &fault));
    g_assert_cmpint (fault, ==, MADO_FOLD_LINE);
  }
  g_assert_cmpint (take_step (application, &step), ==, MADO_FOLD_NONE);
}

static void
test_home (void)
{
  g_autoptr (MadoApplication) application = mado_application_new ();
  Step born = { "C-1", "agent", "submitted", SUBMITTED };
  Step other = { "C-2", "staff:1", "printed", NULL };
  Step same = { "C-1", "staff:1", "printed", NULL };
  Step centre = { "S", "staff:1", "printed", NULL };

  g_assert_cmpint (take_step (application, &born), ==, MADO_FOLD_NONE);
  g_assert_cmpint (take_step (application, &other), ==, MADO_FOLD_HOME);
  g_assert_cmpint (take_step (application, &same), ==, MADO_FOLD_NONE);
  g_assert_cmpint (take_step (application, &centre), ==, MADO_FOLD_NONE);
  g_assert_cmpstr (application->home, ==, "S");
  g_assert_cmpint (take_step (application, &same), ==, MADO_FOLD_HOME);
}

static void
test_faults_come_in_order (void)
{
  g_autoptr (MadoApplication) application = mado_application_new ();
  Step born = { "C-1", "agent", "submitted", SUBMITTED };
  Step wrong = { "C-2", "nobody", "approved", NULL };

  g_assert_cmpint (take_step (application, &born), ==, MADO_FOLD_NONE);
  g_autoptr (MadoEvent) event = next_event (application, &wrong);
  MadoFoldFault fault;
  event->seq = 9;
  g_assert_false (mado_fold_step (application, event, &fault));
  g_assert_cmpint (fault, ==, MADO_FOLD_LINE);
  g_assert_cmpint (take_step (application, &wrong), ==, MADO_FOLD_HOME);
  wrong.holder = "C-1";
  g_assert_cmpint (take_step (application, &wrong), ==, MADO_FOLD_TYPE);
  wrong.type = "opened";
  g_assert_cmpint (take_step (application, &wrong), ==, MADO_FOLD_STATE);
  wrong.type = "accepted";
  g_assert_cmpint (take_step (application, &wrong), ==, MADO_FOLD_ACTOR);
}

static void
test_actor (void)
{
  assert_fault ("received", "staff:", "claimed", NULL, "!actor");
  assert_fault ("received", "staff", "claimed", NULL, "!actor");
  assert_fault ("received", "Staff:1", "claimed", NULL, "!actor");
  assert_fault ("received", "rule:", "accepted", NULL, "!actor");
}

static void
test_flagged (void)
{
  g_autoptr (MadoApplication) application = application_in ("received");
  Step flag = { "S", "server", "flagged", "{\"flag\":\"same_person\",\"ref\":\"b\"}" };
  Step accept = { "S", "staff:1", "accepted", NULL };
  Step clear = { "S", "staff:1", "cleared", "{\"flags\":[\"same_person b\"]}" };

  g_assert_cmpint (take_step (application, &flag), ==, MADO_FOLD_NONE);
  g_assert_cmpint (take_step (application, &flag), ==, MADO_FOLD_NONE);
  g_assert_cmpuint (application->flags->len, ==, 1);
  g_assert_true (mado_application_has_flag (application, "same_person b"));
  g_assert_cmpint (take_step (application, &accept), ==, MADO_FOLD_FLAGGED);
  g_assert_cmpint (take_step (application, &clear), ==, MADO_FOLD_NONE);
  g_assert_cmpint (take_step (application, &accept), ==, MADO_FOLD_NONE);
}

static void
test_number (void)
{
  g_autoptr (MadoApplication) application = application_in ("provisional");
  Step none = { "S", "agent", "number_bound", "{}" };
  Step empty = { "S", "agent", "number_bound", "{\"number\":\"\"}" };
  Step bind = { "S", "agent", "number_bound", BIND };
  Step verified = { "S", "server", "verified", NULL };
  Step accept = { "S", "rule:auto", "accepted", NULL };

  g_assert_cmpint (take_step (application, &none), ==, MADO_FOLD_NUMBER);
  g_assert_cmpint (take_step (application, &empty), ==, MADO_FOLD_NUMBER);
  g_assert_cmpint (take_step (application, &bind), ==, MADO_FOLD_NONE);
  g_assert_cmpint (take_step (application, &bind), ==, MADO_FOLD_NUMBER);
  g_assert_cmpint (take_step (application, &verified), ==, MADO_FOLD_NONE);
  g_assert_cmpint (take_step (application, &accept), ==, MADO_FOLD_NONE);
  g_assert_cmpint (application->state, ==, MADO_STATE_NUMBERED);
  assert_fault ("received", "server", "reinstated", "{\"kind\":\"completed\"}", "!number");
}

static void
test_field (void)
{
  static const Step bad[] = {
    { "nothing", "applicant", "opened", "{\"fields\":{\"name\":\"甲\"}}" },
    { "nothing", "applicant", "submitted", "{\"fields\":{\"shoe_size\":\"1\"}}" },
    { "nothing", "applicant", "submitted", "{\"fields\":{\"name\":\"甲\"},\"method\":\"none\"}" },
    { "nothing", "applicant", "submitted", "{\"fields\":[]}" },
    { "draft", "agent", "identity_checked", "{\"fields\":{\"phone\":\"1\"}}" },
    { "provisional", "applicant", "amended", "{\"fields\":{\"kana\":\"カ\"}}" },
    { "received", "applicant", "amended", "{\"fields\":{\"address\":\"乙\"}}" },
    { "received", "staff:1", "amended", "{\"fields\":{\"birth_date\":\"2000-01-01\"}}" },
    { "completed", "staff:1", "amended", "{\"fields\":{\"name\":\"乙\"},\"reason\":\"x\"}" },
    { "received", "staff:1", "claimed", "{\"fields\":{}}" },
    { "received", "staff:1", "accepted", "{\"fields\":{\"phone\":\"1\"}}" },
    { "reviewing", "staff:1", "returned", "{\"marked\":[\"name\"]}" },
    { "reviewing", "staff:1", "returned", "{\"marked\":[1]}" },
    { "reviewing", "staff:1", "returned", "{\"marked\":\"phone\"}" },
    { "returned", "applicant", "resubmitted", "{\"fields\":{\"kana\":\"カ\"}}" },
    { "completed", "applicant", "flagged", "{\"flag\":\"change\",\"fields\":{\"kana\":\"カ\"}}" },
    { "received", "server", "flagged", "{\"flag\":\"fork\",\"fields\":{\"phone\":\"1\"}}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_fault (bad[i].holder, bad[i].actor, bad[i].type, bad[i].body, "!field");
  assert_fault ("nothing", "staff:1", "submitted",
                "{\"fields\":{\"kana\":\"カ\"},\"method\":\"none\"}", "received");
}

static void
test_reason (void)
{
  assert_fault ("received", "staff:1", "rejected", NULL, "!reason");
  assert_fault ("received", "staff:1", "rejected", "{\"reason\":\"\"}", "!reason");
  assert_fault ("reviewing", "staff:1", "rejected", "{\"reason\":1}", "!reason");
  assert_fault ("accepted", "staff:1", "amended", "{\"fields\":{\"phone\":\"1\"}}", "!reason");
  assert_fault ("received", "staff:1", "amended", "{\"fields\":{\"phone\":\"1\"}}", "received");
}

static void
test_reference (void)
{
  static const Step bad[] = {
    { "received", "server", "flagged", "{}" },
    { "received", "server", "flagged", "{\"flag\":\"unheard_of\"}" },
    { "received", "server", "flagged", "{\"flag\":\"legal_hold\"}" },
    { "received", "server", "flagged", "{\"flag\":\"change\"}" },
    { "completed", "applicant", "flagged", "{\"flag\":\"fork\"}" },
    { "received", "staff:1", "cleared", "{}" },
    { "received", "staff:1", "cleared", "{\"flags\":[]}" },
    { "received", "staff:1", "cleared", "{\"flags\":[7]}" },
  };
  g_autoptr (MadoApplication) application = application_in ("received");
  Step hold = { "S", "manager:1", "flagged", "{\"flag\":\"legal_hold\",\"ref\":\"12\"}" };
  Step lift = { "S", "staff:1", "cleared", "{\"flags\":[\"legal_hold 12\"]}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_fault (bad[i].holder, bad[i].actor, bad[i].type, bad[i].body, "!reference");
  g_assert_cmpint (take_step (application, &hold), ==, MADO_FOLD_NONE);
  g_assert_cmpint (take_step (application, &lift), ==, MADO_FOLD_REFERENCE);
  lift.actor = "manager:2";
  g_assert_cmpint (take_step (application, &lift), ==, MADO_FOLD_NONE);
  g_assert_cmpuint (application->flags->len, ==, 0);
}

static void
test_a_change_asked_for_changes_nothing (void)
{
  g_autoptr (MadoApplication) application = application_in ("completed");
  Step ask = { "S", "applicant", "flagged", "{\"flag\":\"change\",\"fields\":{\"phone\":\"2\"}}" };

  g_assert_cmpint (take_step (application, &ask), ==, MADO_FOLD_NONE);
  g_assert_cmpstr (mado_json_string (application->fields, "phone"), ==, "0485550000");
}

static void
test_a_wrong_line_names_its_place (void)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_event_free);
  g_autoptr (MadoApplication) application = application_in ("nothing");
  Step          born = { "S", "applicant", "submitted", SUBMITTED };
  Step          wrong = { "S", "agent", "claimed", NULL };
  MadoFoldFault fault;
  gint64        seq;

  g_ptr_array_add (events, next_event (application, &born));
  g_assert_cmpint (take_step (application, &born), ==, MADO_FOLD_NONE);
  g_ptr_array_add (events, next_event (application, &wrong));
  g_assert_null (mado_fold (events, &fault, &seq));
  g_assert_cmpint (fault, ==, MADO_FOLD_ACTOR);
  g_assert_cmpint (seq, ==, 2);
}

static void
test_names_come_back (void)
{
  for (MadoState state = MADO_STATE_DRAFT; state < MADO_STATE_LAST_ENTRY; state++)
    g_assert_cmpint (mado_state_from_name (mado_state_name (state)), ==, state);
  g_assert_cmpint (mado_state_from_name ("nonsense"), ==, MADO_STATE_NONE);
  g_assert_cmpint (mado_state_from_name (NULL), ==, MADO_STATE_NONE);
  g_assert_null (mado_fold_fault_name (MADO_FOLD_NONE));
}

/* --- random lines ---------------------------------------------------------------------------- */

static const char *const bodies[] = {
  NULL,
  SUBMITTED,
  PROVISIONAL,
  AMEND,
  CHECK,
  BIND,
  "{\"number\":\"9\"}",
  "{\"marked\":[\"phone\",\"kana\"]}",
  "{\"fields\":{\"phone\":\"5\"}}",
  "{\"reason\":\"other\"}",
  "{\"kind\":\"completed\",\"way\":\"paper\"}",
  "{\"kind\":\"rejected\",\"number\":\"4\",\"way\":\"paper\"}",
  "{\"kind\":\"returned\",\"way\":\"paper\"}",
  "{\"kind\":\"completed\",\"number\":\"6\"}",
  "{\"flag\":\"fork\",\"ref\":\"1\"}",
  "{\"flag\":\"identity\"}",
  "{\"flag\":\"change\",\"fields\":{\"email\":\"a@b.jp\"}}",
  "{\"flags\":[\"fork 1\"]}",
  "{\"flags\":[\"identity\"]}",
  "{\"flags\":[\"restored\"]}",
};

static const char *
any_of (const char *const *texts, gsize n)
{
  return texts[g_test_rand_int_range (0, (gint32)n)];
}

static void
assert_sorted_once (GPtrArray *texts)
{
  for (guint i = 1; i < texts->len; i++)
    g_assert_cmpstr (texts->pdata[i - 1], <, texts->pdata[i]);
}

static gboolean
is_one_of (const char *type, const char *a, const char *b, const char *c)
{
  return g_str_equal (type, a) || g_str_equal (type, b) || g_str_equal (type, c);
}

static void
assert_number_is_loud (const MadoApplication *before,
                       const MadoApplication *after,
                       const char            *type)
{
  if (g_strcmp0 (before->number, after->number) == 0)
    return;
  g_assert_true (is_one_of (type, "number_bound", "number_retired", "reinstated")
                 || g_str_equal (type, "purged"));
  if (before->number != NULL && after->number != NULL) /* only over a restore, and flagged */
    g_assert_true (mado_application_has_flag (after, "restored"));
}

static void
assert_holds (const MadoApplication *before, const MadoApplication *after, const char *type)
{
  g_assert_cmpint (before->state, !=, MADO_STATE_PURGED);
  g_assert_cmpint (after->seq, ==, before->seq + 1);
  g_assert_true ((after->claim != NULL) == (after->state == MADO_STATE_REVIEWING));
  g_assert_true (after->marked->len == 0 || after->state == MADO_STATE_RETURNED);
  g_assert_true (after->state != MADO_STATE_NUMBERED || after->number != NULL);
  g_assert_true (after->state != MADO_STATE_COMPLETED || after->number != NULL);
  g_assert_true ((after->tombstone != NULL) == (after->state == MADO_STATE_PURGED));
  g_assert_true (g_strcmp0 (before->home, "S") != 0 || g_str_equal (after->home, "S"));
  g_assert_true (!g_str_equal (type, "accepted") || before->flags->len == 0);
  assert_number_is_loud (before, after, type);
  assert_sorted_once (after->marked);
  assert_sorted_once (after->flags);
  assert_sorted_once (after->told);
  if (after->state == MADO_STATE_PURGED)
    g_assert_cmpuint (json_object_get_size (after->fields) + after->told->len + after->flags->len,
                      ==, 0);
}

static void
assert_untouched (const MadoApplication *before, const MadoApplication *after)
{
  g_autoptr (JsonObject) left = mado_application_to_json (before);
  g_autoptr (JsonObject) right = mado_application_to_json (after);
  g_autofree char *a = mado_json_canonical_object (left);
  g_autofree char *b = mado_json_canonical_object (right);

  g_assert_cmpstr (a, ==, b);
  g_assert_cmpmem (before->head, MADO_SHA256_LEN, after->head, MADO_SHA256_LEN);
}

/* Half of the steps are taken from the table, or a random line would hardly move. */
static Step
random_step (void)
{
  static const char *const holders[] = { "C-1", "C-1", "C-1", "C-2", "S" };
  Step step = { any_of (holders, G_N_ELEMENTS (holders)), any_of (actors, G_N_ELEMENTS (actors)),
                any_of (types, G_N_ELEMENTS (types)), any_of (bodies, G_N_ELEMENTS (bodies)) };

  if (g_test_rand_int_range (0, 2) == 0) {
    gsize i = (gsize)g_test_rand_int_range (0, G_N_ELEMENTS (meant));
    step.actor = meant[i].actor;
    step.type = meant[i].type;
    step.body = meant[i].body;
  }
  return step;
}

static gboolean
ends_the_line (const char *type)
{
  return is_one_of (type, "purged", "withdrawn", "rejected");
}

static guint
play_random_line (void)
{
  g_autoptr (MadoApplication) application = mado_application_new ();
  guint moved = 0;

  for (int i = 0; i < 400; i++) {
    Step step = random_step ();
    g_autoptr (MadoApplication) before = mado_application_copy (application);
    if (ends_the_line (step.type) && g_test_rand_int_range (0, 20) > 0)
      continue;
    if (take_step (application, &step) == MADO_FOLD_NONE) {
      assert_holds (before, application, step.type);
      moved++;
    } else {
      assert_untouched (before, application);
    }
  }
  return moved;
}

static void
test_random_lines_keep_the_invariants (void)
{
  guint moved = 0;

  for (int i = 0; i < 100; i++)
    moved += play_random_line ();
  g_assert_cmpuint (moved, >, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/domain/fold/what-the-table-allows", test_what_the_table_allows);
  g_test_add_func ("/domain/fold/all-else-is-refused", test_all_else_is_refused);
  g_test_add_func ("/domain/fold/purged-is-the-end", test_purged_is_the_end);
  g_test_add_func ("/domain/fold/fault/line", test_line);
  g_test_add_func ("/domain/fold/fault/home", test_home);
  g_test_add_func ("/domain/fold/fault/in-order", test_faults_come_in_order);
  g_test_add_func ("/domain/fold/fault/actor", test_actor);
  g_test_add_func ("/domain/fold/fault/flagged", test_flagged);
  g_test_add_func ("/domain/fold/fault/number", test_number);
  g_test_add_func ("/domain/fold/fault/field", test_field);
  g_test_add_func ("/domain/fold/fault/reason", test_reason);
  g_test_add_func ("/domain/fold/fault/reference", test_reference);
  g_test_add_func ("/domain/fold/a-change-asked-for-changes-nothing",
                   test_a_change_asked_for_changes_nothing);
  g_test_add_func ("/domain/fold/a-wrong-line-names-its-place", test_a_wrong_line_names_its_place);
  g_test_add_func ("/domain/fold/names-come-back", test_names_come_back);
  g_test_add_func ("/domain/fold/random-lines-keep-the-invariants",
                   test_random_lines_keep_the_invariants);
  return g_test_run ();
}
