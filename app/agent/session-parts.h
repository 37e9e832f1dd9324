/* app/agent/session-parts.h - the sitting from inside: shared by the files session*.c alone. */
#pragma once
#include "app/agent/secret-pipe.h"
#include "app/agent/session.h"

struct _MadoSession {
  MadoOffice        *office;
  MadoSessionChanged changed;
  MadoSessionStored  stored;
  gpointer           data;

  gpointer         owner;
  MadoSessionState state;
  MadoForm         form;
  MadoProblem     *problem;
  guint            ticket; /* of the card at the desk; work with an older one is dropped */
  guint            form_timer;

  MadoSecretPipe  *pipe;
  MadoSessionEvent pin_event; /* which PIN comes through the pipe */
  gboolean         spend_last_try;

  gboolean   heard;   /* the monitor has spoken */
  GPtrArray *readers; /* as it last said; NULL: the service is down */
  char      *reader;  /* whose card lies at the desk; NULL: several were there */
  guint      present; /* cards there when it was opened */
};

/** The one way the sitting moves. %FALSE, nothing changed, when @event is not due; @problem is
 *  taken. */
gboolean mado_session_happen (MadoSession *session, MadoSessionEvent event, MadoProblem *problem);

/** What went wrong last; @problem is taken, %NULL: nothing. */
void mado_session_set_problem (MadoSession *session, MadoProblem *problem);

/* session-reader.c: cards that come and go. */

/** How many cards lie on @readers, and the name of the last one's reader. */
guint mado_session_count_cards (GPtrArray *readers, const char **ret_name);

/** A card that lies there already is an event at once. */
void mado_session_watch (MadoSession *session);

/** The word of the state document; %NULL until the monitor has spoken. */
const char *mado_session_reader_word (const MadoSession *session);

/* session-card.c: what the card worker does for the sitting. */

void mado_session_recognise (MadoSession *session);

/** A MadoSecretArrived; @data: the session. */
void mado_session_on_secret (MadoSecret *secret, const GError *error, gpointer data);

/** Waits for revocation; an application proved with the authentication key is signed already. */
void mado_session_sign (MadoSession *session);

/** What is still on its way from this card does not count any more. */
void mado_session_let_go (MadoSession *session);

/* session-check.c: who it is, whether that is still valid, whether we know them. */

void mado_session_show (MadoSession *session);
void mado_session_look_for_duplicates (MadoSession *session);

/** Of a refused person nothing is kept but the fact. */
void mado_session_note_refusal (MadoSession *session);

/* session-commit.c */

/** One act of the store. */
void mado_session_commit (MadoSession *session);
