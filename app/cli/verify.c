#include "app/agent/error.h"
#include "app/authservice/trust.h"
#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/cli/command.h"
#include "app/cli/file.h"
#include "app/cli/standing.h"
#include "certs/evidence.h"
#include "certs/path.h"

#define JUDGE "anchors profile at"

/* What the options ask for. */
typedef struct {
  GPtrArray      *anchors;
  MadoCertProfile profile; /* OTHER: the one the certificate names */
  gint64          at, now;
} Question;

static void
question_clear (Question *question)
{
  g_clear_pointer (&question->anchors, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static gboolean
take_profile (const char *word, MadoCertProfile *ret_profile, GError **error)
{
  *ret_profile = MADO_CERT_OTHER;
  if (word == NULL)
    return TRUE;
  if (!g_str_equal (word, "auth") && !g_str_equal (word, "sign"))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "--profile auth or --profile sign");
  *ret_profile = g_str_equal (word, "auth") ? MADO_CERT_AUTH : MADO_CERT_SIGN;
  return TRUE;
}

static gboolean
take_question (const MadoCliOptions *options, Question *ret_question, GError **error)
{
  g_autoptr (MadoClock) clock = mado_clock_new_real ();

  ret_question->at = ret_question->now = mado_clock_now (clock);
  if (!mado_call_needs ("anchors", options->anchors, error)
      || !take_profile (options->profile, &ret_question->profile, error))
    return FALSE;
  if (options->at != NULL && !mado_clock_parse (options->at, &ret_question->at))
    return mado_agent_raise (error, MADO_FAILURE_USAGE,
                             "--at: expected a time like 2026-11-20T09:00:00+09:00");
  ret_question->anchors = mado_trust_load (options->anchors, error);
  return ret_question->anchors != NULL;
}

/* --- answers ---------------------------------------------------------------------------------- */

static void
answer_path (MadoCall             *call,
             const Question       *question,
             const MadoPathAnswer *path,
             const MadoStanding   *standing)
{
  JsonObject      *answer = json_object_new ();
  g_autofree char *checked_at = mado_clock_format (question->now);

  json_object_set_string_member (answer, "chain", mado_answer_name (path->chain));
  json_object_set_string_member (answer, "dates", mado_answer_name (path->dates));
  json_object_set_string_member (answer, "usage", mado_answer_name (path->usage));
  json_object_set_string_member (answer, "revocation", mado_revocation_name (standing->revocation));
  mado_json_set_string (answer, "reason", path->reason != NULL ? path->reason : standing->reason);
  json_object_set_string_member (answer, "checked_at", checked_at);
  call->answer = answer;
  if (!mado_path_answer_is_yes (path) || standing->revocation == MADO_REVOCATION_REVOKED)
    call->status = MADO_CLI_NO;
  else if (standing->asked && standing->revocation != MADO_REVOCATION_GOOD)
    call->status = MADO_CLI_UNKNOWN;
}

/* An input that is no certificate is an answer, too. */
static void
answer_no_cert (MadoCall *call, const Question *question, const char *reason)
{
  MadoPathAnswer path = { .chain = MADO_ANSWER_NO, .reason = (char *)reason };
  MadoStanding   standing = { 0 };

  answer_path (call, question, &path, &standing);
}

static gboolean
run_cert (MadoCall *call, GError **error)
{
  g_auto (Question) question = { 0 };
  g_auto (MadoPathAnswer) path = { 0 };
  g_auto (MadoSources) sources = { NULL };
  g_auto (MadoStanding) standing = { 0 };
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) octets = NULL;
  g_autoptr (MadoCert) cert = NULL;

  if (!take_question (&call->options, &question, error)
      || !mado_sources_read (&call->options, &sources, error))
    return FALSE;
  octets = mado_cli_read_file (call->words[0], error);
  if (octets == NULL)
    return FALSE;
  cert = mado_cert_parse (octets, &cause);
  if (cert == NULL) {
    answer_no_cert (call, &question, cause->message);
    return TRUE;
  }
  mado_path_check (cert, question.anchors, question.profile, question.at, &path);
  mado_standing_ask (&sources, cert, path.issuer, question.at, question.now, &standing);
  answer_path (call, &question, &path, &standing);
  return TRUE;
}

static void
answer_evidence (MadoCall *call, const Question *question, const MadoEvidenceAnswer *evidence)
{
  MadoStanding standing = { 0 };

  answer_path (call, question, &evidence->path, &standing);
  mado_json_set_string (call->answer, "reason", evidence->reason);
  json_object_set_string_member (call->answer, "signature", mado_answer_name (evidence->signature));
  json_object_set_string_member (call->answer, "content", mado_answer_name (evidence->content));
  call->status = mado_evidence_answer_is_yes (evidence) ? 0 : MADO_CLI_NO;
}

static gboolean
run_evidence (MadoCall *call, GError **error)
{
  g_auto (Question) question = { 0 };
  g_auto (MadoEvidenceAnswer) evidence = { 0 };
  g_autoptr (GError) cause = NULL;
  g_autoptr (GBytes) p7s = NULL;
  g_autoptr (GBytes) content = NULL;

  if (!take_question (&call->options, &question, error)
      || !mado_call_needs ("content", call->options.content, error))
    return FALSE;
  p7s = mado_cli_read_file (call->words[0], error);
  content = p7s != NULL ? mado_cli_read_file (call->options.content, error) : NULL;
  if (content == NULL)
    return FALSE;
  if (mado_evidence_verify (p7s, content, question.anchors, question.profile, question.at,
                            &evidence, &cause)) {
    answer_evidence (call, &question, &evidence);
    return TRUE;
  }
  answer_no_cert (call, &question, cause->message);
  json_object_set_string_member (call->answer, "signature", mado_answer_name (MADO_ANSWER_NO));
  json_object_set_string_member (call->answer, "content",
                                 mado_answer_name (MADO_ANSWER_NOT_CHECKED));
  return TRUE;
}

const MadoCommand mado_verify_commands[] = {
  { "verify cert", "FILE", "Is this certificate one we accept?",
    JUDGE " crl ocsp-url ocsp-response", 1, run_cert },
  { "verify evidence", "FILE.p7s", "Did its signer sign this content?", JUDGE " content", 1,
    run_evidence },
  { NULL },
};
