#include "app/agent/acts.h"
#include "app/agent/form.h"
#include "app/base/json.h"

#define APPLICATION "01936b2e-0000-7000-8000-000000000001"

static void
fill (MadoForm *form, MadoMethod method, MadoRevocation revocation, const char *number)
{
  mado_form_init (form);
  form->application = g_strdup (APPLICATION);
  form->method = method;
  form->consent = mado_consent_current ();
  form->consent_how = g_strdup ("touch");
  form->signature = MADO_ANSWER_YES;
  form->status.revocation = revocation;
  form->status.source = "ocsp";
  form->person = mado_person_new ();
  g_free (form->person->name);
  form->person->name = g_strdup ("見本　花子");
  form->person->sex = MADO_SEX_FEMALE;
  form->source = "sign";
  form->typed = json_object_new ();
  json_object_set_string_member (form->typed, "kana", "ミホン　ハナコ");
  form->number = g_strdup (number);
}

static char *
acts_of (const MadoForm *form)
{
  g_autoptr (GString) types = g_string_new (NULL);
  MadoActs acts;

  mado_acts_of_form (form, "kumagaya", "counter", &acts);
  for (gsize i = 0; i < acts.n_acts; i++)
    g_string_append_printf (types, "%s:%s ", acts.acts[i].type, acts.acts[i].actor);
  mado_acts_clear (&acts);
  return g_string_free (g_steal_pointer (&types), FALSE);
}

static void
test_what_each_sitting_writes (void)
{
  static const struct {
    MadoMethod     method;
    MadoRevocation revocation;
    const char    *number, *acts;
  } cases[] = {
    { MADO_METHOD_SIGN, MADO_REVOCATION_GOOD, NULL, "submitted:applicant " },
    { MADO_METHOD_SIGN, MADO_REVOCATION_GOOD, "1",
      "submitted:applicant accepted:staff:counter number_bound:staff:counter " },
    { MADO_METHOD_SIGN, MADO_REVOCATION_NOT_CHECKED, "1",
      "submitted:applicant number_bound:staff:counter " },
    { MADO_METHOD_DOCUMENT, MADO_REVOCATION_NOT_CHECKED, NULL, "submitted:staff:counter " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    MadoForm form;
    fill (&form, cases[i].method, cases[i].revocation, cases[i].number);
    g_autofree char *acts = acts_of (&form);
    g_assert_cmpstr (acts, ==, cases[i].acts);
    mado_form_clear (&form);
  }
}

static void
test_what_is_written_has_no_sex (void)
{
  MadoForm form;
  MadoActs acts;

  fill (&form, MADO_METHOD_SIGN, MADO_REVOCATION_NOT_CHECKED, NULL);
  mado_acts_of_form (&form, "kumagaya", "counter", &acts);
  g_autofree char *body = mado_json_canonical_object (acts.acts[0].body);
  g_assert_null (g_strstr_len (body, -1, "female"));
  g_assert_nonnull (g_strstr_len (body, -1, "見本"));
  g_assert_true (mado_json_flag (acts.acts[0].body, "provisional"));
  mado_acts_clear (&acts);
  mado_form_clear (&form);
}

/* Whoever stands at the screen while a card is waited for may be somebody else. */
static void
test_person_is_shown_only_where_one_is (void)
{
  MadoForm form;

  fill (&form, MADO_METHOD_SIGN, MADO_REVOCATION_GOOD, "1");
  for (guint state = 0; state < MADO_SESSION_N_STATES; state++) {
    g_autoptr (JsonObject) document = mado_form_document (&form, state, NULL);
    gboolean shown = mado_json_object (document, "person") != NULL;
    g_assert_cmpint (shown, ==, state >= MADO_SESSION_PERSON);
    g_assert_cmpint (mado_json_object (document, "contact") != NULL, ==, shown);
    g_assert_cmpint (mado_json_string (document, "number") != NULL, ==, shown);
    g_assert_cmpstr (mado_json_string (document, "state"), ==, mado_session_state_name (state));
  }
  mado_form_clear (&form);
}

static void
test_failure_names_the_ways_out (void)
{
  MadoForm form;
  g_autoptr (MadoProblem) problem = mado_problem_new (MADO_FAILURE_REVOKED, "revoked");

  fill (&form, MADO_METHOD_SIGN, MADO_REVOCATION_REVOKED, NULL);
  problem->reason = g_strdup ("keyCompromise");
  g_autoptr (JsonObject) document = mado_form_document (&form, MADO_SESSION_STOPPED, problem);
  g_autofree char *failure = mado_json_canonical_object (mado_json_object (document, "failure"));
  g_assert_nonnull (g_strstr_len (failure, -1, "\"can\":[\"retry\",\"cancel\"]"));
  g_assert_nonnull (g_strstr_len (failure, -1, "\"reason\":\"keyCompromise\""));
  g_assert_nonnull (g_strstr_len (failure, -1, "\"slip\":\"V22\""));
  mado_form_clear (&form);
}

static void
test_a_gone_card_takes_what_it_proved (void)
{
  MadoForm form;

  fill (&form, MADO_METHOD_SIGN, MADO_REVOCATION_GOOD, NULL);
  form.evidence = g_bytes_new_static ("x", 1);
  mado_form_card_gone (&form);
  g_assert_null (form.evidence);
  g_assert_cmpint (form.signature, ==, MADO_ANSWER_NOT_CHECKED);
  g_assert_cmpint (form.status.revocation, ==, MADO_REVOCATION_NOT_CHECKED);
  g_assert_nonnull (form.typed);
  mado_form_forget_person (&form);
  g_assert_null (form.typed);
  g_assert_null (form.person);
  g_assert_cmpstr (form.application, ==, APPLICATION);
  mado_form_clear (&form);
  g_assert_null (form.application);
}

/* The card that came instead of hers was blocked: its holder sees nothing of her. */
static void
test_who_stops_a_sitting_sees_nobody_else (void)
{
  MadoForm form;

  fill (&form, MADO_METHOD_SIGN, MADO_REVOCATION_GOOD, "1");
  mado_form_card_gone (&form);
  g_autoptr (JsonObject) document = mado_form_document (&form, MADO_SESSION_STOPPED, NULL);
  g_assert_null (mado_json_object (document, "person"));
  g_assert_null (mado_json_object (document, "contact"));
  g_assert_null (mado_json_string (document, "number"));
  mado_form_clear (&form);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agent/acts/what-each-sitting-writes", test_what_each_sitting_writes);
  g_test_add_func ("/agent/acts/what-is-written-has-no-sex", test_what_is_written_has_no_sex);
  g_test_add_func ("/agent/form/person-is-shown-only-where-one-is",
                   test_person_is_shown_only_where_one_is);
  g_test_add_func ("/agent/form/who-stops-a-sitting-sees-nobody-else",
                   test_who_stops_a_sitting_sees_nobody_else);
  g_test_add_func ("/agent/form/failure-names-the-ways-out", test_failure_names_the_ways_out);
  g_test_add_func ("/agent/form/a-gone-card-takes-what-it-proved",
                   test_a_gone_card_takes_what_it_proved);
  return g_test_run ();
}
