#include "app/agent/session-table.h"

#define CARD_METHODS (MADO_METHOD_SIGN | MADO_METHOD_AUTH)
#define ALL_METHODS (CARD_METHODS | MADO_METHOD_DOCUMENT)

#define ROW(state, event, methods, next, action)                                                   \
  {                                                                                                \
    MADO_SESSION_##state, MADO_EVENT_##event, methods, MADO_SESSION_##next, MADO_DO_##action       \
  }

static const MadoSessionRow rows[] = {
  ROW (IDLE, BEGIN, ALL_METHODS, CONSENT, START),

  ROW (CONSENT, CONSENT, CARD_METHODS, CARD, WATCH),
  ROW (CONSENT, CONSENT, MADO_METHOD_DOCUMENT, DOCUMENT, NOTHING),

  ROW (CARD, CARD_IN, CARD_METHODS, READING, RECOGNISE),
  ROW (CARD, CARD_OUT, CARD_METHODS, CARD, WATCH), /* an unusable one of two was taken away */
  ROW (CARD, RETRY, CARD_METHODS, CARD, WATCH),
  ROW (CARD, FORM_OLD, CARD_METHODS, CARD, FORGET),

  ROW (READING, READY, CARD_METHODS, PIN, NOTHING),
  ROW (READING, UNUSABLE, CARD_METHODS, CARD, LET_GO),
  ROW (READING, BLOCKED, CARD_METHODS, STOPPED, LET_GO),
  ROW (READING, CARD_OUT, CARD_METHODS, CARD, KEEP),

  ROW (PIN, PIN, CARD_METHODS, CHECKING, PROVE),
  ROW (PIN, CARD_OUT, CARD_METHODS, CARD, KEEP),

  ROW (TEXT_PIN, TEXT_PIN, MADO_METHOD_AUTH, CHECKING, READ_TEXT),
  ROW (TEXT_PIN, CARD_OUT, MADO_METHOD_AUTH, CARD, KEEP),

  ROW (CHECKING, PIN_REFUSED, CARD_METHODS, PIN, NOTHING),
  ROW (CHECKING, TEXT_PIN_REFUSED, MADO_METHOD_AUTH, TEXT_PIN, NOTHING),
  ROW (CHECKING, PROVED, MADO_METHOD_AUTH, TEXT_PIN, NOTHING),
  ROW (CHECKING, PERSON_READ, CARD_METHODS, PERSON, SHOW),
  ROW (CHECKING, BLOCKED, CARD_METHODS, STOPPED, LET_GO),
  ROW (CHECKING, UNUSABLE, CARD_METHODS, STOPPED, LET_GO),
  ROW (CHECKING, REFUSED, CARD_METHODS, STOPPED, REFUSE),
  ROW (CHECKING, CARD_OUT, CARD_METHODS, CARD, KEEP),

  ROW (DOCUMENT, DOCUMENT, MADO_METHOD_DOCUMENT, PERSON, SHOW),

  ROW (PERSON, PERSON_SEEN, ALL_METHODS, CONTACT, NOTHING),
  ROW (PERSON, REVOCATION, CARD_METHODS, PERSON, NOTHING),
  ROW (PERSON, REVOKED, CARD_METHODS, STOPPED, REFUSE),
  ROW (PERSON, CARD_OUT, CARD_METHODS, CARD, KEEP),
  ROW (PERSON, BACK, MADO_METHOD_DOCUMENT, DOCUMENT, NOTHING),

  ROW (CONTACT, CONTACT, ALL_METHODS, CONFIRM, NOTHING),
  ROW (CONTACT, REVOCATION, CARD_METHODS, CONTACT, NOTHING),
  ROW (CONTACT, REVOKED, CARD_METHODS, STOPPED, REFUSE),
  ROW (CONTACT, CARD_OUT, CARD_METHODS, CARD, KEEP),
  ROW (CONTACT, BACK, ALL_METHODS, PERSON, NOTHING),

  ROW (CONFIRM, CONFIRM, MADO_METHOD_SIGN, SIGNING, SIGN),
  ROW (CONFIRM, CONFIRM, MADO_METHOD_AUTH, SIGNING, SIGN), /* nothing to sign: revocation only */
  ROW (CONFIRM, CONFIRM, MADO_METHOD_DOCUMENT, SIGNING, COMMIT),
  ROW (CONFIRM, REVOCATION, CARD_METHODS, CONFIRM, NOTHING),
  ROW (CONFIRM, REVOKED, CARD_METHODS, STOPPED, REFUSE),
  ROW (CONFIRM, CARD_OUT, CARD_METHODS, CARD, KEEP),
  ROW (CONFIRM, BACK, ALL_METHODS, CONTACT, NOTHING),

  /* A card taken away here is no event: what it signed counts, and a signature it did not make
   * comes back as UNUSABLE. */
  ROW (SIGNING, REVOCATION, CARD_METHODS, SIGNING, SIGN),
  ROW (SIGNING, REVOKED, CARD_METHODS, STOPPED, REFUSE),
  ROW (SIGNING, SIGNED, CARD_METHODS, SIGNING, COMMIT),
  ROW (SIGNING, UNUSABLE, CARD_METHODS, CARD, KEEP),
  ROW (SIGNING, STORED, ALL_METHODS, DONE, FINISH),
  ROW (SIGNING, NOT_STORED, ALL_METHODS, CONFIRM, NOTHING),

  ROW (DONE, BEGIN, ALL_METHODS, CONSENT, START),
  ROW (STOPPED, BEGIN, ALL_METHODS, CONSENT, START),
  ROW (STOPPED, RETRY, CARD_METHODS, CARD, WATCH),

  ROW (READING, FAILED, CARD_METHODS, STOPPED, LET_GO),
  ROW (CHECKING, FAILED, CARD_METHODS, STOPPED, LET_GO),
  ROW (SIGNING, FAILED, ALL_METHODS, STOPPED, LET_GO),

  ROW (CONSENT, CANCEL, ALL_METHODS, IDLE, WIPE),
  ROW (CARD, CANCEL, CARD_METHODS, IDLE, WIPE),
  ROW (READING, CANCEL, CARD_METHODS, IDLE, WIPE),
  ROW (PIN, CANCEL, CARD_METHODS, IDLE, WIPE),
  ROW (TEXT_PIN, CANCEL, MADO_METHOD_AUTH, IDLE, WIPE),
  ROW (DOCUMENT, CANCEL, MADO_METHOD_DOCUMENT, IDLE, WIPE),
  ROW (CHECKING, CANCEL, CARD_METHODS, IDLE, WIPE),
  ROW (PERSON, CANCEL, ALL_METHODS, IDLE, WIPE),
  ROW (CONTACT, CANCEL, ALL_METHODS, IDLE, WIPE),
  ROW (CONFIRM, CANCEL, ALL_METHODS, IDLE, WIPE),
  ROW (DONE, CANCEL, ALL_METHODS, IDLE, WIPE),
  ROW (STOPPED, CANCEL, ALL_METHODS, IDLE, WIPE),
};

static const struct {
  const char *name;
  int         step;
} states[MADO_SESSION_N_STATES] = {
  [MADO_SESSION_IDLE] = { "idle", 0 },         [MADO_SESSION_CONSENT] = { "consent", 1 },
  [MADO_SESSION_CARD] = { "card", 2 },         [MADO_SESSION_READING] = { "reading", 2 },
  [MADO_SESSION_PIN] = { "pin", 3 },           [MADO_SESSION_TEXT_PIN] = { "text-pin", 3 },
  [MADO_SESSION_DOCUMENT] = { "document", 3 }, [MADO_SESSION_CHECKING] = { "checking", 3 },
  [MADO_SESSION_PERSON] = { "person", 4 },     [MADO_SESSION_CONTACT] = { "contact", 5 },
  [MADO_SESSION_CONFIRM] = { "confirm", 6 },   [MADO_SESSION_SIGNING] = { "signing", 6 },
  [MADO_SESSION_DONE] = { "done", 7 },         [MADO_SESSION_STOPPED] = { "stopped", 3 },
};

const MadoSessionRow *
mado_session_row (MadoSessionState state, MadoSessionEvent event, MadoMethod method)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].state == state && rows[i].event == event && (rows[i].methods & method) != 0)
      return &rows[i];
  return NULL;
}

const MadoSessionRow *
mado_session_rows (gsize *ret_n)
{
  *ret_n = G_N_ELEMENTS (rows);
  return rows;
}

const char *
mado_session_state_name (MadoSessionState state)
{
  return states[state].name;
}

int
mado_session_state_step (MadoSessionState state)
{
  return states[state].step;
}

const char *
mado_method_name (MadoMethod method)
{
  switch (method) {
  case MADO_METHOD_AUTH:
    return "auth";
  case MADO_METHOD_DOCUMENT:
    return "document";
  case MADO_METHOD_SIGN:
  default:
    return "sign";
  }
}

gboolean
mado_method_from_name (const char *name, MadoMethod *ret_method)
{
  for (guint method = MADO_METHOD_SIGN; method <= MADO_METHOD_DOCUMENT; method <<= 1)
    if (g_str_equal (name, mado_method_name (method))) {
      *ret_method = method;
      return TRUE;
    }
  return FALSE;
}
