/* app/agent/problem.h - a failure as it is told: on the bus, in the state document, by --json. */
#pragma once
#include "app/base/failure.h"

#include <json-glib/json-glib.h>

/* A plain value. */
typedef struct {
  MadoFailure failure;
  char       *message;    /* English, nothing personal */
  int         tries_left; /* -1: not about a PIN */
  char       *kind;       /* of the card, when it is the wrong one; else %NULL */
  char       *reason;     /* of a revocation, or the name of a field; else %NULL */
} MadoProblem;

/** @message is copied. */
MadoProblem *mado_problem_new (MadoFailure failure, const char *message);

/** What @error of any room means to the people outside (failure.h of this room). */
MadoProblem *mado_problem_new_from_error (const GError *error);

MadoProblem *mado_problem_copy (const MadoProblem *problem);
void         mado_problem_free (MadoProblem *problem);

/**
 * mado_problem_to_json:
 *
 * Returns: (transfer full): {"code","slip","message","clause","tries_left"?,"kind"?,"reason"?}
 */
JsonObject *mado_problem_to_json (const MadoProblem *problem);

/** The problem a peer told as JSON; what it does not say is empty. */
MadoProblem *mado_problem_from_json (JsonObject *object);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MadoProblem, mado_problem_free)
