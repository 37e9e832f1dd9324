/* app/agent/session.h - the one sitting of this terminal: does what the table says.
 *
 * Lives in the main context; everything that blocks is handed to the office's workers, and what
 * comes back late from an earlier step is dropped.
 */
#pragma once
#include "app/agent/access.h"
#include "app/agent/form.h"
#include "app/agent/office.h"

typedef struct _MadoSession MadoSession;

/* Something the owner's screen shows has changed. */
typedef void (*MadoSessionChanged) (gpointer data);

/* An application was stored and waits for the centre. */
typedef void (*MadoSessionStored) (gpointer data);

MadoSession *mado_session_new (MadoOffice        *office,
                               MadoSessionChanged changed,
                               MadoSessionStored  stored,
                               gpointer           data);

/** Once the workers have stopped. */
void mado_session_free (MadoSession *session);

/**
 * mado_session_begin:
 * @owner: whose sitting it is; only compared
 * @role: of the owner; a kiosk's is unattended: no provisional application, no last try, no number,
 *   no word about anybody else
 * @application: a UUID, or empty: one is made
 *
 * A sitting that is done makes room for anybody's; one that stopped, for its owner's.
 *
 * Returns: %FALSE with %MADO_FAILURE_BUSY, _USAGE, _DISK_FULL or _STORE
 */
gboolean mado_session_begin (MadoSession *session,
                             gpointer     owner,
                             MadoRole     role,
                             const char  *method,
                             const char  *application,
                             GError     **error);

/* Each of these is one event of the table by @owner. %FALSE with %MADO_FAILURE_USAGE when it is
 * not due, %MADO_FAILURE_NOT_ALLOWED when the sitting is another's, or what stands beside. */
gboolean mado_session_consent (MadoSession *session,
                               gpointer     owner,
                               const char  *version,
                               const char  *how,
                               GError     **error); /* _CONSENT: no such version */
gboolean mado_session_pin (MadoSession     *session,
                           gpointer         owner,
                           MadoSessionEvent event, /* PIN or TEXT_PIN */
                           int              fd,    /* (transfer full) */
                           gboolean         spend_last_try,
                           GError         **error);
gboolean mado_session_document (MadoSession *session,
                                gpointer     owner,
                                const char  *person,
                                GError     **error); /* _FIELD */
gboolean mado_session_contact (MadoSession *session,
                               gpointer     owner,
                               const char  *fields,
                               GError     **error); /* _FIELD; _NOT_ALLOWED: a number at a kiosk */
gboolean mado_session_step (MadoSession     *session,
                            gpointer         owner,
                            MadoSessionEvent event, /* PERSON_SEEN, CONFIRM, BACK, RETRY, CANCEL */
                            GError         **error);

/** The connection of @owner ended: so does its sitting. */
void mado_session_disown (MadoSession *session, gpointer owner);

/** What the reader monitor says; as MadoReaderChanged. */
void mado_session_readers (MadoSession *session, GPtrArray *readers);

/** Whether @owner's sitting is the one that is shown. */
gboolean mado_session_is_of (const MadoSession *session, gpointer owner);

/** (transfer full): the state document for @owner; idle for everybody else. */
char *mado_session_state (const MadoSession *session, gpointer owner);

/** What went wrong last, for the error of the call that caused it; %NULL: nothing. */
const MadoProblem *mado_session_problem (const MadoSession *session);
