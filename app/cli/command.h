/* app/cli/command.h - what commands there are: one table a file, joined in program.c. */
#pragma once
#include "app/cli/call.h"

typedef struct {
  const char *words;     /* "card list": what the command line begins with */
  const char *arguments; /* "auth|sign": for the help; "" for none */
  const char *summary;   /* one line */
  const char *takes;     /* names of its options, separated by blanks; --json is always taken */
  guint       n_words;   /* arguments it must have */
  /* %FALSE with @error, or with call->problem */
  gboolean (*run) (MadoCall *call, GError **error);
} MadoCommand;

/* Each ends with a row without words. */
extern const MadoCommand mado_card_commands[];
extern const MadoCommand mado_verify_commands[];
extern const MadoCommand mado_rule_commands[];
extern const MadoCommand mado_number_commands[];
extern const MadoCommand mado_register_commands[];
extern const MadoCommand mado_agent_commands[];
extern const MadoCommand mado_setup_commands[];

/** %FALSE with %MADO_FAILURE_USAGE when @value of --@option is absent. */
gboolean mado_call_needs (const char *option, const char *value, GError **error);
