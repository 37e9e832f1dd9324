#include "app/agent/problem.h"

#include "app/agent/failure.h"
#include "app/base/json.h"

MadoProblem *
mado_problem_new (MadoFailure failure, const char *message)
{
  MadoProblem *problem = g_new0 (MadoProblem, 1);

  problem->failure = failure;
  problem->message = g_strdup (message);
  problem->tries_left = -1;
  return problem;
}

MadoProblem *
mado_problem_new_from_error (const GError *error)
{
  return mado_problem_new (mado_failure_of (error), error->message);
}

MadoProblem *
mado_problem_copy (const MadoProblem *problem)
{
  MadoProblem *copy = mado_problem_new (problem->failure, problem->message);

  copy->tries_left = problem->tries_left;
  copy->kind = g_strdup (problem->kind);
  copy->reason = g_strdup (problem->reason);
  return copy;
}

void
mado_problem_free (MadoProblem *problem)
{
  if (problem == NULL)
    return;
  g_free (problem->message);
  g_free (problem->kind);
  g_free (problem->reason);
  g_free (problem);
}

JsonObject *
mado_problem_to_json (const MadoProblem *problem)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", mado_failure_code (problem->failure));
  json_object_set_string_member (object, "slip", mado_failure_slip (problem->failure));
  json_object_set_string_member (object, "message", problem->message);
  json_object_set_string_member (object, "clause", mado_failure_clause (problem->failure));
  if (problem->tries_left >= 0)
    json_object_set_int_member (object, "tries_left", problem->tries_left);
  if (problem->kind != NULL)
    json_object_set_string_member (object, "kind", problem->kind);
  if (problem->reason != NULL)
    json_object_set_string_member (object, "reason", problem->reason);
  return object;
}

MadoProblem *
mado_problem_from_json (JsonObject *object)
{
  const char  *code = mado_json_string (object, "code");
  const char  *message = mado_json_string (object, "message");
  MadoProblem *problem
      = mado_problem_new (code != NULL ? mado_failure_from_code (code) : MADO_FAILURE_INTERNAL,
                          message != NULL ? message : "no reason was told");
  gint64 tries_left;

  if (mado_json_integer (object, "tries_left", &tries_left))
    problem->tries_left = (int)tries_left;
  problem->kind = g_strdup (mado_json_string (object, "kind"));
  problem->reason = g_strdup (mado_json_string (object, "reason"));
  return problem;
}
