/* tests/ui/fake-agent.h - a FAKE agent: the D-Bus edge of madoguchid without anything behind it.
 *
 * It walks the states of a sitting by saved documents and remembers what it was told. It knows no
 * card, no network and no store.
 */
#pragma once
#include "app/base/failure.h"
#include <gio/gio.h>

typedef struct _FakeAgent FakeAgent;

/** Listens at @socket; documents are tests/ui/data/state-NAME.json. */
FakeAgent *fake_agent_new (const char *socket);

/** Closes every line and stops listening. */
void fake_agent_free (FakeAgent *agent);

/** Says the document state-@name.json to everybody. */
void fake_agent_say (FakeAgent *agent, const char *name);

/** Says @status (state of reader: "ready", "card" …) as the status document. */
void fake_agent_say_status (FakeAgent *agent, const char *name);

/** From now on the list is @name.json; it is asked for after the next status. */
void fake_agent_say_applications (FakeAgent *agent, const char *name);

/** The next call of a session method answers this failure. */
void fake_agent_refuse_next (FakeAgent *agent, MadoFailure failure);

/** Methods called so far with their arguments, one a line: "Consent 2026-11 touch". A secret
 *  appears only as its length and SHA-256. */
const char *fake_agent_log (FakeAgent *agent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeAgent, fake_agent_free)
