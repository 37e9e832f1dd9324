#include "app/agent/session.h"

#include "app/agent/session-parts.h"
#include "app/base/log.h"

/* How long the form waits for a card that was pulled. */
#define FORM_KEPT_S 60

/* --- the actions of the table ----------------------------------------------------------------- */

static void
stop_form_timer (MadoSession *session)
{
  if (session->form_timer != 0)
    g_source_remove (session->form_timer);
  session->form_timer = 0;
}

static gboolean
on_form_old (gpointer data)
{
  MadoSession *session = data;

  /* A card lies there: it is the same one, or the form waits for the next time one is lifted. */
  if (session->state != MADO_SESSION_CARD && session->form.signature != MADO_ANSWER_YES)
    return G_SOURCE_CONTINUE;
  session->form_timer = 0;
  mado_session_happen (session, MADO_EVENT_FORM_OLD, NULL);
  return G_SOURCE_REMOVE;
}

static void
act_keep (MadoSession *session)
{
  mado_session_let_go (session);
  mado_form_card_gone (&session->form);
  stop_form_timer (session);
  session->form_timer = g_timeout_add_seconds (FORM_KEPT_S, on_form_old, session);
}

static void
act_refuse (MadoSession *session)
{
  mado_session_let_go (session);
  mado_session_note_refusal (session);
}

static void
act_wipe (MadoSession *session)
{
  mado_session_let_go (session);
  stop_form_timer (session);
  mado_form_clear (&session->form);
}

static void
do_action (MadoSession *session, MadoSessionAction action)
{
  switch (action) {
  case MADO_DO_WATCH:
    mado_session_watch (session);
    break;
  case MADO_DO_RECOGNISE:
    mado_session_recognise (session);
    break;
  case MADO_DO_SHOW:
    mado_session_show (session);
    break;
  case MADO_DO_SIGN:
    mado_session_sign (session);
    break;
  case MADO_DO_COMMIT:
    mado_session_commit (session);
    break;
  case MADO_DO_KEEP:
    act_keep (session);
    break;
  case MADO_DO_FORGET:
    mado_form_forget_person (&session->form);
    break;
  case MADO_DO_FINISH:
  case MADO_DO_LET_GO:
    mado_session_let_go (session);
    break;
  case MADO_DO_REFUSE:
    act_refuse (session);
    break;
  case MADO_DO_WIPE:
    act_wipe (session);
    break;
  case MADO_DO_START:     /* mado_session_begin() has done it */
  case MADO_DO_PROVE:     /* when the secret has come through its pipe */
  case MADO_DO_READ_TEXT: /* the same */
  case MADO_DO_NOTHING:
    break;
  }
}

void
mado_session_set_problem (MadoSession *session, MadoProblem *problem)
{
  g_clear_pointer (&session->problem, mado_problem_free);
  session->problem = problem;
  if (problem != NULL)
    mado_log (G_LOG_LEVEL_INFO, "the sitting met a failure", "CODE",
              mado_failure_code (problem->failure), "STATE",
              mado_session_state_name (session->state), NULL);
}

/* The one way the sitting moves. %FALSE, nothing changed, when @event is not due. */
gboolean
mado_session_happen (MadoSession *session, MadoSessionEvent event, MadoProblem *problem)
{
  const MadoSessionRow *row = mado_session_row (session->state, event, session->form.method);

  if (row == NULL) {
    mado_problem_free (problem);
    return FALSE;
  }
  session->state = row->next;
  /* An answer from the network says nothing about what the person was told meanwhile. */
  if (problem != NULL || event != MADO_EVENT_REVOCATION)
    mado_session_set_problem (session, problem);
  do_action (session, row->action);
  session->changed (session->data);
  if (session->owner == NULL && session->state != MADO_SESSION_IDLE)
    mado_session_happen (session, MADO_EVENT_CANCEL, NULL);
  return TRUE;
}

/* --- from beginning to end -------------------------------------------------------------------- */

MadoSession *
mado_session_new (MadoOffice        *office,
                  MadoSessionChanged changed,
                  MadoSessionStored  stored,
                  gpointer           data)
{
  MadoSession *session = g_new0 (MadoSession, 1);

  session->office = office;
  session->changed = changed;
  session->stored = stored;
  session->data = data;
  mado_form_init (&session->form);
  return session;
}

void
mado_session_free (MadoSession *session)
{
  if (session == NULL)
    return;
  stop_form_timer (session);
  mado_secret_pipe_free (session->pipe);
  mado_form_clear (&session->form);
  mado_problem_free (session->problem);
  g_clear_pointer (&session->readers, g_ptr_array_unref);
  g_free (session->reader);
  g_free (session);
}
