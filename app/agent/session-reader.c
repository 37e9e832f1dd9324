#include "app/agent/session-parts.h"

guint
mado_session_count_cards (GPtrArray *readers, const char **ret_name)
{
  guint n_cards = 0;

  for (guint i = 0; readers != NULL && i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (reader->present) {
      n_cards++;
      *ret_name = reader->name;
    }
  }
  return n_cards;
}

static gboolean
our_card_is_gone (const MadoSession *session, GPtrArray *readers, guint n_cards)
{
  for (guint i = 0; session->reader != NULL && readers != NULL && i < readers->len; i++) {
    const MadoReader *reader = g_ptr_array_index (readers, i);
    if (g_str_equal (reader->name, session->reader))
      return !reader->present;
  }
  return session->reader != NULL || n_cards < session->present;
}

static GPtrArray *
copy_readers (GPtrArray *readers)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify)mado_reader_free);

  for (guint i = 0; i < readers->len; i++) {
    const MadoReader *from = g_ptr_array_index (readers, i);
    MadoReader       *reader = g_new0 (MadoReader, 1);
    reader->name = g_strdup (from->name);
    reader->present = from->present;
    g_ptr_array_add (copy, reader);
  }
  return copy;
}

static MadoProblem *
removed (void)
{
  return mado_problem_new (MADO_FAILURE_CARD_REMOVED, "the card was taken away");
}

/* An unusable card was taken away: its failure goes with it. That a card was pulled stays said. */
static void
hear_emptier (MadoSession *session)
{
  if (session->problem == NULL || session->problem->failure != MADO_FAILURE_CARD_REMOVED)
    mado_session_happen (session, MADO_EVENT_CARD_OUT, NULL);
}

void
mado_session_readers (MadoSession *session, GPtrArray *readers)
{
  const char *name = NULL;
  guint       before = mado_session_count_cards (session->readers, &name);
  guint       n_cards = mado_session_count_cards (readers, &name);
  gboolean    waiting = session->state == MADO_SESSION_CARD;

  g_clear_pointer (&session->readers, g_ptr_array_unref);
  session->readers = readers != NULL ? copy_readers (readers) : NULL;
  session->heard = TRUE;
  if (waiting && n_cards > before)
    mado_session_happen (session, MADO_EVENT_CARD_IN, NULL);
  else if (waiting && n_cards < before)
    hear_emptier (session);
  else if (!waiting && our_card_is_gone (session, readers, n_cards))
    mado_session_happen (session, MADO_EVENT_CARD_OUT, removed ());
  session->changed (session->data);
}

void
mado_session_watch (MadoSession *session)
{
  const char *name = NULL;

  if (mado_session_count_cards (session->readers, &name) > 0)
    mado_session_happen (session, MADO_EVENT_CARD_IN, NULL);
}

const char *
mado_session_reader_word (const MadoSession *session)
{
  const char *name = NULL;

  if (session->readers == NULL)
    return session->heard ? "service-down" : NULL;
  if (mado_session_count_cards (session->readers, &name) > 0)
    return "card";
  return session->readers->len > 0 ? "ready" : "absent";
}
