#include "app/agent/error.h"
#include "app/base/clock.h"
#include "app/base/json.h"
#include "app/cli/command.h"
#include "app/cli/file.h"
#include "app/domain/day.h"
#include "app/domain/eligibility.h"
#include "app/domain/era.h"

static gboolean
load_rules (const char *path, MadoRules **ret_rules, GError **error)
{
  g_autoptr (GBytes) text = NULL;

  if (path == NULL)
    return TRUE;
  text = mado_cli_read_file (path, error);
  if (text == NULL)
    return FALSE;
  *ret_rules = mado_rules_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text), error);
  return *ret_rules != NULL;
}

static gboolean
refuse_date (const char *option, GError **error)
{
  return mado_agent_raise (error, MADO_FAILURE_USAGE, "--%s: expected a date like 1990-01-02",
                           option);
}

/* An unknown part of a birth date is written as zeros, as the card has it; an era is understood. */
static gboolean
take_birth_date (const char *typed, char **ret_date, GError **error)
{
  if (typed == NULL)
    return TRUE;
  *ret_date = mado_birth_date_is_valid (typed) ? g_strdup (typed) : mado_era_parse (typed);
  return *ret_date != NULL || refuse_date ("birth-date", error);
}

/* Today when nothing is typed. */
static gboolean
take_day (const char *typed, char **ret_day, GError **error)
{
  g_autoptr (MadoClock) clock = mado_clock_new_real ();

  if (typed != NULL && !mado_day_is_valid (typed))
    return refuse_date ("on", error);
  *ret_day = typed != NULL ? g_strdup (typed) : mado_clock_day (mado_clock_now (clock));
  return TRUE;
}

static int
status_of (MadoEligibilityResult result)
{
  return result == MADO_ELIGIBILITY_IN_AREA       ? 0
         : result == MADO_ELIGIBILITY_OUT_OF_AREA ? MADO_CLI_NO
                                                  : MADO_CLI_UNKNOWN;
}

static gboolean
run_eligibility (MadoCall *call, GError **error)
{
  const MadoCliOptions *options = &call->options;
  g_autoptr (MadoRules) rules = NULL;
  g_autofree char *birth_date = NULL;
  g_autofree char *on = NULL;
  g_auto (MadoEligibility) eligibility = { 0 };

  if (options->address == NULL)
    return mado_agent_raise (error, MADO_FAILURE_USAGE, "--address is needed");
  if (!load_rules (options->rules, &rules, error)
      || !take_birth_date (options->birth_date, &birth_date, error)
      || !take_day (options->on, &on, error))
    return FALSE;
  mado_eligibility_judge (rules, options->address, birth_date, on, &eligibility);
  call->answer = mado_eligibility_to_json (&eligibility);
  call->status = status_of (eligibility.result);
  return TRUE;
}

const MadoCommand mado_rule_commands[] = {
  { "eligibility", "", "May somebody with this address register?", "address birth-date on rules", 0,
    run_eligibility },
  { NULL },
};
