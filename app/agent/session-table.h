/* app/agent/session-table.h - one sitting as a table: where it stands, what happens, what follows.
 *
 * Pure: no card, no clock, no memory. The session (session.h) asks this table at every event and
 * does the action it names; an event without a row is not due and changes nothing.
 */
#pragma once
#include <glib.h>

typedef enum {
  MADO_METHOD_SIGN = 1 << 0,     /* signing certificate and its password */
  MADO_METHOD_AUTH = 1 << 1,     /* authentication certificate, then the text application */
  MADO_METHOD_DOCUMENT = 1 << 2, /* papers, typed by staff; no card */
} MadoMethod;

typedef enum {
  MADO_SESSION_IDLE,
  MADO_SESSION_CONSENT,  /* the consent text is shown */
  MADO_SESSION_CARD,     /* a card is waited for */
  MADO_SESSION_READING,  /* recognition and tries, no PIN needed */
  MADO_SESSION_PIN,      /* the method's own PIN is waited for */
  MADO_SESSION_TEXT_PIN, /* auth: the four digits of the text application */
  MADO_SESSION_DOCUMENT, /* document: the typed person is waited for */
  MADO_SESSION_CHECKING, /* the card has the PIN; certificate or person are read */
  MADO_SESSION_PERSON,
  MADO_SESSION_CONTACT,
  MADO_SESSION_CONFIRM,
  MADO_SESSION_SIGNING, /* the card signs, then the store writes */
  MADO_SESSION_DONE,
  MADO_SESSION_STOPPED, /* a failure this sitting cannot go on from */
  MADO_SESSION_N_STATES,
} MadoSessionState;

typedef enum {
  /* from the person at the screen */
  MADO_EVENT_BEGIN,
  MADO_EVENT_CONSENT,
  MADO_EVENT_PIN,
  MADO_EVENT_TEXT_PIN,
  MADO_EVENT_DOCUMENT,
  MADO_EVENT_PERSON_SEEN,
  MADO_EVENT_CONTACT,
  MADO_EVENT_CONFIRM,
  MADO_EVENT_BACK,
  MADO_EVENT_RETRY,
  MADO_EVENT_CANCEL,
  /* from the reader */
  MADO_EVENT_CARD_IN,
  MADO_EVENT_CARD_OUT,
  /* from the card worker */
  MADO_EVENT_READY,            /* a card we can use; its tries are known */
  MADO_EVENT_UNUSABLE,         /* a card we cannot use, or a reader that failed */
  MADO_EVENT_PIN_REFUSED,      /* wrong, malformed, or it would spend the last try */
  MADO_EVENT_TEXT_PIN_REFUSED, /* the same of the text application's */
  MADO_EVENT_BLOCKED,
  MADO_EVENT_PROVED, /* auth: PIN right, challenge signed */
  MADO_EVENT_PERSON_READ,
  MADO_EVENT_REFUSED, /* the certificate is not one we accept */
  MADO_EVENT_SIGNED,
  /* from the network worker */
  MADO_EVENT_REVOCATION, /* the question was answered, or could not be */
  MADO_EVENT_REVOKED,
  /* from the store */
  MADO_EVENT_STORED,
  MADO_EVENT_NOT_STORED,
  /* from the clock, and from anywhere */
  MADO_EVENT_FORM_OLD, /* the form was kept long enough for the card to come back */
  MADO_EVENT_FAILED,   /* something nobody expected */
  MADO_EVENT_N_EVENTS,
} MadoSessionEvent;

typedef enum {
  MADO_DO_NOTHING,
  MADO_DO_START,     /* a new sitting: nothing of the last one is left */
  MADO_DO_WATCH,     /* a card that lies there already is an event at once */
  MADO_DO_RECOGNISE, /* open the card, ask its tries */
  MADO_DO_PROVE,     /* VERIFY with the method's own PIN and read the certificate */
  MADO_DO_READ_TEXT, /* VERIFY in the text application and read the basic four */
  MADO_DO_SHOW,      /* a person is known: eligibility, duplicates, revocation */
  MADO_DO_SIGN,      /* the card signs the application, once revocation is known */
  MADO_DO_COMMIT,    /* one act of the store */
  MADO_DO_FINISH,    /* let the card go; the line is on its way to the centre */
  MADO_DO_KEEP,      /* let the card go; the form waits a minute for it */
  MADO_DO_FORGET,    /* the form waited long enough */
  MADO_DO_LET_GO,    /* let the card go, keep what the screen shows */
  MADO_DO_REFUSE,    /* as LET_GO, and the fact is written down */
  MADO_DO_WIPE,      /* let the card go, forget everything */
} MadoSessionAction;

typedef struct {
  MadoSessionState  state;
  MadoSessionEvent  event;
  guint             methods; /* MadoMethod flags the row is for */
  MadoSessionState  next;
  MadoSessionAction action;
} MadoSessionRow;

/** The row for @event in @state, or %NULL: the event is not due. */
const MadoSessionRow *
mado_session_row (MadoSessionState state, MadoSessionEvent event, MadoMethod method);

/** Every row, @ret_n of them. */
const MadoSessionRow *mado_session_rows (gsize *ret_n);

/** "idle", "consent" … as in the state document. */
const char *mado_session_state_name (MadoSessionState state);

/** Which of the seven steps the screen is at: 1 consent … 7 done; 0 while idle. */
int mado_session_state_step (MadoSessionState state);

/** "sign", "auth" or "document". */
const char *mado_method_name (MadoMethod method);

/** %FALSE when @name is no method. */
gboolean mado_method_from_name (const char *name, MadoMethod *ret_method);
