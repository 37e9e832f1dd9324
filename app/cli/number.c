#include "app/agent/error.h"
#include "app/base/json.h"
#include "app/cli/command.h"
#include "app/domain/number.h"
#include "app/print/nw7.h"
#include "app/print/qr.h"

#include <string.h>

/* --- number check ----------------------------------------------------------------------------- */

static gboolean
take_letter (const char *option, const char *typed, char *ret_letter, GError **error)
{
  if (typed == NULL)
    return TRUE;
  *ret_letter = g_ascii_toupper (typed[0]);
  if (strlen (typed) == 1 && *ret_letter >= 'A' && *ret_letter <= 'D')
    return TRUE;
  return mado_agent_raise (error, MADO_FAILURE_USAGE, "--%s: A, B, C or D", option);
}

static gboolean
take_letters (const MadoCliOptions *options, MadoNumberPlan *ret_plan, GError **error)
{
  if ((options->start == NULL) != (options->stop == NULL))
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "--start and --stop go together");
  return take_letter ("start", options->start, &ret_plan->start, error)
         && take_letter ("stop", options->stop, &ret_plan->stop, error);
}

static gboolean
take_plan (const MadoCliOptions *options, MadoNumberPlan *ret_plan, GError **error)
{
  if (!mado_call_needs ("scheme", options->scheme, error))
    return FALSE;
  if (!mado_number_scheme_from_name (options->scheme, &ret_plan->scheme))
    return mado_agent_raise (error, MADO_FAILURE_USAGE,
                             "--scheme mod10w21, mod10w31, mod11, 7dr, mod16 or none");
  if (options->width < 0 || options->width > 64)
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "--width: 1 to 64");
  ret_plan->width = (guint)options->width;
  return take_letters (options, ret_plan, error);
}

/* What is wrong with a number is an answer. */
static void
answer_number (MadoCall *call, MadoNumberFault fault, const char *number)
{
  call->answer = json_object_new ();
  json_object_set_boolean_member (call->answer, "valid", fault == MADO_NUMBER_FINE);
  mado_json_set_string (call->answer, "number", number);
  mado_json_set_string (call->answer, "reason", mado_number_fault_name (fault));
  call->status = fault == MADO_NUMBER_FINE ? 0 : MADO_CLI_NO;
}

static gboolean
run_number (MadoCall *call, GError **error)
{
  MadoNumberPlan   plan = { 0 };
  g_autofree char *number = NULL;
  MadoNumberFault  fault;

  if (!take_plan (&call->options, &plan, error))
    return FALSE;
  fault = mado_number_check (&plan, call->words[0], &number);
  answer_number (call, fault, number);
  return TRUE;
}

/* --- number barcode --------------------------------------------------------------------------- */

/* Letters that stand in the number are its own; A and A where nobody says. */
static void
complete_plan (MadoNumberPlan *plan, const char *number)
{
  gsize len = strlen (number);

  if (plan->start != '\0')
    return;
  gboolean own = len > 2 && g_ascii_isalpha (number[0]) && g_ascii_isalpha (number[len - 1]);
  plan->start = own ? g_ascii_toupper (number[0]) : 'A';
  plan->stop = own ? g_ascii_toupper (number[len - 1]) : 'A';
}

static gboolean
run_barcode (MadoCall *call, GError **error)
{
  MadoNumberPlan plan = { .scheme = MADO_NUMBER_NONE };
  g_autoptr (GError) cause = NULL;
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  MadoNumberFault  fault;

  if (!mado_call_needs ("out", call->options.out, error)
      || !take_letters (&call->options, &plan, error))
    return FALSE;
  complete_plan (&plan, call->words[0]);
  fault = mado_number_check (&plan, call->words[0], &number);
  answer_number (call, fault, number);
  if (fault != MADO_NUMBER_FINE)
    return TRUE;
  text = g_strdup_printf ("%c%s%c", plan.start, number, plan.stop);
  if (!mado_nw7_write_png (text, 2, call->options.out, &cause))
    return mado_agent_raise (error, MADO_FAILURE_FILE, "%s", cause->message);
  json_object_set_string_member (call->answer, "text", text);
  json_object_set_string_member (call->answer, "out", call->options.out);
  return TRUE;
}

/* --- qr --------------------------------------------------------------------------------------- */

static gboolean
run_qr (MadoCall *call, GError **error)
{
  g_autoptr (MadoQr) qr = NULL;
  g_autoptr (GError) cause = NULL;

  if (!mado_call_needs ("out", call->options.out, error))
    return FALSE;
  qr = mado_qr_new (call->words[0], &cause);
  if (qr == NULL)
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "%s", cause->message);
  if (!mado_qr_write_png (qr, 8, call->options.out, &cause))
    return mado_agent_raise (error, MADO_FAILURE_FILE, "%s", cause->message);
  call->answer = json_object_new ();
  json_object_set_int_member (call->answer, "modules", mado_qr_size (qr));
  json_object_set_string_member (call->answer, "out", call->options.out);
  return TRUE;
}

const MadoCommand mado_number_commands[] = {
  { "number check", "NUMBER", "Is this a library card number?", "scheme width start stop", 1,
    run_number },
  { "number barcode", "NUMBER", "Its NW-7 bars as a picture", "out start stop", 1, run_barcode },
  { "qr", "TEXT", "A QR code as a picture", "out", 1, run_qr },
  { NULL },
};
