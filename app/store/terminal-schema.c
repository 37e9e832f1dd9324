#include "app/store/terminal.h"

static const char version_1[]
    = "CREATE TABLE line(application BLOB PRIMARY KEY, seq INTEGER NOT NULL, head BLOB NOT NULL,"
      " state TEXT NOT NULL, sitting INTEGER NOT NULL, wrapped BLOB, kek INTEGER, box BLOB,"
      " sync INTEGER NOT NULL DEFAULT 0, code TEXT, at INTEGER) WITHOUT ROWID;"
      "CREATE TABLE event(application BLOB, seq INTEGER, digest BLOB NOT NULL, header BLOB NOT "
      "NULL,"
      " sealed BLOB, click BLOB, PRIMARY KEY(application, seq)) WITHOUT ROWID;"
      "CREATE TABLE journal(g INTEGER, n INTEGER, application BLOB NOT NULL, head BLOB NOT NULL,"
      " digest BLOB NOT NULL, PRIMARY KEY(g, n)) WITHOUT ROWID;"
      "CREATE TABLE view(application BLOB PRIMARY KEY, seq INTEGER, sealed BLOB) WITHOUT ROWID;"
      "CREATE TABLE seen(application BLOB PRIMARY KEY, seq INTEGER, head BLOB, state TEXT,"
      " at INTEGER) WITHOUT ROWID;"
      "CREATE TABLE lease(id BLOB PRIMARY KEY, plan TEXT, next INTEGER, hi INTEGER,"
      " expires INTEGER);"
      "CREATE TABLE challenge(id BLOB PRIMARY KEY, nonce BLOB, expires INTEGER, application BLOB);"
      "CREATE TABLE alarm(code TEXT, at INTEGER, detail TEXT, seen INTEGER);"
      "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB);"
      /* A queue of days must not make each sync read the whole table. */
      "CREATE INDEX line_to_send ON line(sync) WHERE sync = 1;"
      "CREATE INDEX journal_of ON journal(application);";

const char *const mado_terminal_steps[] = { version_1 };
const guint       mado_terminal_n_steps = G_N_ELEMENTS (mado_terminal_steps);
