#include "app/cli/call.h"

#include "app/base/json.h"

#include <stdio.h>

void
mado_call_init (MadoCall *call)
{
  *call = (MadoCall){ .tries_left = -1 };
  call->options.pin_fd = call->options.text_pin_fd = call->options.password_fd = -1;
}

static void
free_texts (MadoCliOptions *o)
{
  char **texts[] = { &o->socket,
                     &o->reader,
                     &o->trace,
                     &o->in,
                     &o->out,
                     &o->from,
                     &o->anchors,
                     &o->profile,
                     &o->at,
                     &o->ocsp_url,
                     &o->ocsp_response,
                     &o->content,
                     &o->address,
                     &o->birth_date,
                     &o->on,
                     &o->rules,
                     &o->scheme,
                     &o->start,
                     &o->stop,
                     &o->method,
                     &o->consent,
                     &o->application,
                     &o->name,
                     &o->kana,
                     &o->phone,
                     &o->email,
                     &o->postcode,
                     &o->category,
                     &o->branch,
                     &o->number,
                     &o->guardian_name,
                     &o->guardian_phone,
                     &o->guardian_relation,
                     &o->since,
                     &o->server,
                     &o->terminal,
                     &o->kek };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&o->crl, g_strfreev);
  g_clear_pointer (&o->state, g_strfreev);
}

void
mado_call_clear (MadoCall *call)
{
  free_texts (&call->options);
  g_clear_pointer (&call->words, g_strfreev);
  g_clear_pointer (&call->answer, json_object_unref);
  g_clear_pointer (&call->problem, mado_problem_free);
  g_clear_pointer (&call->kind, g_free);
}

/* --- for people ------------------------------------------------------------------------------- */

static void print_object (JsonObject *object, guint depth);

static void
print_scalar (JsonNode *node)
{
  if (JSON_NODE_HOLDS_NULL (node))
    printf ("-\n");
  else if (json_node_get_value_type (node) == G_TYPE_STRING)
    printf ("%s\n", json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    printf ("%s\n", json_node_get_boolean (node) ? "yes" : "no");
  else
    printf ("%" G_GINT64_FORMAT "\n", json_node_get_int (node));
}

static void
print_element (JsonNode *node, guint depth)
{
  printf ("%*s-%s", (int)depth * 2, "", JSON_NODE_HOLDS_OBJECT (node) ? "\n" : " ");
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    print_object (json_node_get_object (node), depth + 1);
  } else {
    print_scalar (node);
  }
}

static void
print_member (const char *name, JsonNode *node, guint depth)
{
  printf ("%*s%s:", (int)depth * 2, "", name);
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    printf ("\n");
    print_object (json_node_get_object (node), depth + 1);
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);
    printf (json_array_get_length (array) == 0 ? " none\n" : "\n");
    for (guint i = 0; i < json_array_get_length (array); i++)
      print_element (json_array_get_element (array, i), depth + 1);
  } else {
    printf (" ");
    print_scalar (node);
  }
}

static void
print_object (JsonObject *object, guint depth)
{
  g_autoptr (GList) members = json_object_get_members (object);

  for (GList *at = members; at != NULL; at = at->next)
    print_member (at->data, json_object_get_member (object, at->data), depth);
}

/* --- both ------------------------------------------------------------------------------------- */

static int
report_answer (const MadoCall *call)
{
  g_autofree char *text = mado_json_canonical_object (call->answer);

  if (call->options.json)
    printf ("%s\n", text);
  else
    print_object (call->answer, 0);
  return call->status;
}

static MadoProblem *
problem_of (const MadoCall *call, const GError *error)
{
  MadoProblem *problem;

  if (call->problem != NULL)
    return mado_problem_copy (call->problem);
  problem = mado_problem_new_from_error (error);
  if (problem->failure == MADO_FAILURE_WRONG_CARD && call->kind != NULL
      && (g_str_equal (call->kind, "android-phone") || g_str_equal (call->kind, "iphone")))
    problem->failure = MADO_FAILURE_PHONE;
  if (mado_failure_exit_status (problem->failure) == 5)
    problem->kind = g_strdup (call->kind != NULL ? call->kind : "unknown");
  if (problem->failure == MADO_FAILURE_PIN_WRONG || problem->failure == MADO_FAILURE_LAST_TRY)
    problem->tries_left = call->tries_left;
  return problem;
}

static int
report_problem (const MadoCall *call, const MadoProblem *problem)
{
  if (call->options.json) {
    g_autoptr (JsonObject) object = json_object_new ();
    g_autofree char *text = NULL;
    json_object_set_object_member (object, "error", mado_problem_to_json (problem));
    text = mado_json_canonical_object (object);
    printf ("%s\n", text);
  } else {
    fprintf (stderr, "madoguchictl: %s (%s)\n", problem->message,
             mado_failure_code (problem->failure));
    if (problem->tries_left >= 0)
      fprintf (stderr, "madoguchictl: %d tries left\n", problem->tries_left);
    if (problem->kind != NULL)
      fprintf (stderr, "madoguchictl: the card: %s\n", problem->kind);
  }
  return mado_failure_exit_status (problem->failure);
}

/* An answer nobody could take is none. */
static int
flushed (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  fprintf (stderr, "madoguchictl: the answer could not be written\n");
  return mado_failure_exit_status (MADO_FAILURE_INTERNAL);
}

int
mado_call_report (const MadoCall *call, gboolean done, const GError *error)
{
  g_autoptr (MadoProblem) problem = NULL;

  if (done)
    return flushed (report_answer (call));
  problem = problem_of (call, error);
  return report_problem (call, problem);
}
