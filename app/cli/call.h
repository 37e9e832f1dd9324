/* app/cli/call.h - one call of madoguchictl: its options, its words, what comes of it. */
#pragma once
#include "app/agent/problem.h"

#include <gio/gio.h>

/* Every option there is; a command reads those it takes (command.h). Text is %NULL when absent. */
typedef struct {
  gboolean json;
  char    *socket;
  /* card */
  char    *reader, *trace;
  int      pin_fd, text_pin_fd; /* -1: absent */
  gboolean pin_stdin, spend_last_try;
  char    *in, *out, *from;
  /* verification and rules */
  char    *anchors, *profile, *at, *ocsp_url, *ocsp_response, *content;
  char   **crl;
  char    *address, *birth_date, *on, *rules;
  char    *scheme, *start, *stop;
  int      width;
  /* registration */
  char    *method, *consent, *application, *name;
  char    *kana, *phone, *email, *postcode, *category, *branch, *number;
  char    *guardian_name, *guardian_phone, *guardian_relation;
  /* lists and administration */
  char   **state;
  char    *since;
  gboolean wait, seen;
  char    *server, *terminal, *kek;
  int      password_fd;
} MadoCliOptions;

typedef struct {
  MadoCliOptions options;
  char         **words; /* what is left of the command line: the command's arguments */
  guint          n_words;
  /* outcome */
  JsonObject    *answer;     /* printed when the command returns %TRUE */
  int            status;     /* 0, 11 or 12: the exit status of an answer */
  MadoProblem   *problem;    /* what a peer told; instead of an error */
  int            tries_left; /* for the error: -1 nothing to say */
  char          *kind;       /* for the error: of the card, or %NULL */
} MadoCall;

/** Exit statuses of an answer that is not yes (contracts: no, and could not be found out). */
#define MADO_CLI_NO 11
#define MADO_CLI_UNKNOWN 12

void mado_call_init (MadoCall *call);
void mado_call_clear (MadoCall *call);

/** Prints what came of it, as one JSON line or for people; @error: %NULL after %TRUE. */
int mado_call_report (const MadoCall *call, gboolean done, const GError *error);
