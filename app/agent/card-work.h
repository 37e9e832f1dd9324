/* app/agent/card-work.h - the pieces of a sitting that need the card, for the card worker.
 *
 * Here pcsc/ and certs/ meet: octets of the card become a certificate, a person, evidence.
 */
#pragma once
#include "app/agent/card-desk.h"
#include "app/agent/problem.h"
#include "app/agent/session-table.h"
#include "certs/cert.h"

/* One piece of work: what goes in, what comes out. */
typedef struct {
  /* in */
  MadoCardDesk    *desk;
  MadoMethod       method;
  char            *reader; /* or NULL */
  MadoSecret      *secret;
  gboolean         spend_last_try;
  GPtrArray       *anchors;   /* a reference */
  GBytes          *challenge; /* auth: what the card signs to prove it is there */
  GBytes          *document;  /* sign: what the person agreed to */
  gint64           now;       /* Unix seconds */
  /* in and out: known from an earlier piece, or found here */
  MadoCert        *cert;
  MadoCert        *issuer;
  /* out */
  MadoSessionEvent event;   /* how it ended */
  MadoProblem     *problem; /* or NULL */
  MadoCardKind     kind;
  int              tries_left, tries_max; /* of the PIN asked next; -1 unknown */
  MadoPerson      *person;
  GBytes          *evidence;
} MadoCardWork;

MadoCardWork *mado_card_work_new (MadoCardDesk *desk, MadoMethod method);
void          mado_card_work_free (MadoCardWork *work);

/* Each is a MadoWork; @work: a MadoCardWork. */

/** READY with tries (auth: and the certificate), BLOCKED, UNUSABLE, FAILED. */
void mado_card_work_recognise (gpointer work);

/** sign: PERSON_READ with certificate and person. auth: PROVED with evidence. Else PIN_REFUSED,
 *  BLOCKED, REFUSED, CARD_OUT, UNUSABLE, FAILED. Wipes the secret. */
void mado_card_work_prove (gpointer work);

/** PERSON_READ with the basic four; else as above. Wipes the secret. */
void mado_card_work_read_text (gpointer work);

/** SIGNED with evidence over the document; else UNUSABLE, FAILED. */
void mado_card_work_sign (gpointer work);

/** Lets the card go. */
void mado_card_work_let_go (gpointer work);
