/* app/agent/form.h - what one sitting has gathered, in memory only, until it is stored or wiped. */
#pragma once
#include "app/agent/problem.h"
#include "app/agent/session-table.h"
#include "app/authservice/service.h"
#include "app/base/clock.h"
#include "app/base/person.h"
#include "app/domain/consent.h"
#include "app/domain/eligibility.h"

typedef struct {
  char              *application; /* UUID; with the method, all that survives a wipe of the form */
  MadoMethod         method;
  gboolean           unattended; /* a kiosk: nobody of the staff stands beside the person */
  const MadoConsent *consent;
  char              *consent_how; /* "touch" or "spoken" */

  char *kind;                  /* of the card, once it is known */
  int   tries_left, tries_max; /* of the PIN asked next; -1 unknown */

  MadoCert      *cert, *issuer; /* cert is kept while a pulled card is waited for */
  MadoAnswer     signature;     /* the certificate's path */
  gboolean       asking;        /* the question about revocation is under way */
  MadoAuthStatus status;        /* source is %NULL until it is answered */

  MadoPerson     *person;
  const char     *source; /* "sign", "text" or "document" */
  gboolean        judged; /* eligibility holds an answer */
  MadoEligibility eligibility;
  JsonArray      *hints; /* possible duplicates */

  JsonObject *typed;  /* checked fields, or %NULL */
  char       *number; /* or %NULL */

  gint64      agreed_at; /* Unix seconds */
  GBytes     *document;  /* canonical JSON of what the screen showed */
  GBytes     *evidence;  /* CMS over it; auth: over the challenge */
  JsonObject *result;    /* the answer of `register` once stored */
} MadoForm;

/** An empty form. */
void mado_form_init (MadoForm *form);

/** Everything gone. */
void mado_form_clear (MadoForm *form);

/** What a card proved is gone; consent and what was typed stay, and the certificate to compare. */
void mado_form_card_gone (MadoForm *form);

/** Everything that is about a person is gone; application, method and consent stay. */
void mado_form_forget_person (MadoForm *form);

/** (transfer full): card and typed fields together: never the sex. */
JsonObject *mado_form_fields (const MadoForm *form);

/** Whether the centre must still ask about the certificate. */
gboolean mado_form_is_provisional (const MadoForm *form);

/** (transfer full): {"signature","revocation","eligibility"}. */
JsonObject *mado_form_checks (const MadoForm *form);

/**
 * mado_form_document:
 *
 * (transfer full): the state document of the session (ARCHITECTURE.md): what a screen may know.
 * A person is in it only where the screen shows one.
 */
JsonObject *
mado_form_document (const MadoForm *form, MadoSessionState state, const MadoProblem *problem);
