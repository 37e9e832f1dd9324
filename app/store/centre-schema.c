#include "app/store/centre-inner.h"

static const char data_1[]
    = "CREATE TABLE line(application BLOB PRIMARY KEY, seq INTEGER NOT NULL, head BLOB NOT NULL,"
      " state TEXT NOT NULL, branch TEXT, channel TEXT, flags TEXT, submitted_at INTEGER)"
      " WITHOUT ROWID;"
      "CREATE TABLE event(application BLOB, seq INTEGER, digest BLOB NOT NULL, header BLOB NOT "
      "NULL,"
      " sealed BLOB, click BLOB, PRIMARY KEY(application, seq)) WITHOUT ROWID;"
      "CREATE TABLE journal(n INTEGER PRIMARY KEY, application BLOB NOT NULL, head BLOB NOT NULL,"
      " digest BLOB NOT NULL);"
      "CREATE INDEX journal_of ON journal(application);"
      "CREATE TABLE given(terminal TEXT, g INTEGER, n INTEGER, head BLOB NOT NULL,"
      " PRIMARY KEY(terminal, g, n)) WITHOUT ROWID;"
      "CREATE TABLE aside(application BLOB, head BLOB, terminal TEXT, cause TEXT, content BLOB,"
      " PRIMARY KEY(application, head)) WITHOUT ROWID;"
      "CREATE TABLE checkpoint(terminal TEXT, g INTEGER, n INTEGER, digest BLOB, signature BLOB,"
      " anchor INTEGER, PRIMARY KEY(terminal, g, n)) WITHOUT ROWID;"
      "CREATE TABLE person(mac BLOB, application BLOB, PRIMARY KEY(mac, application)) WITHOUT "
      "ROWID;"
      "CREATE TABLE notice(id TEXT PRIMARY KEY, application BLOB, kind TEXT, state TEXT,"
      " next_try INTEGER, tries INTEGER);"
      "CREATE TABLE lost(application BLOB, seq INTEGER, head BLOB, state TEXT, terminal TEXT,"
      " PRIMARY KEY(application, head)) WITHOUT ROWID;"
      "CREATE TABLE alarm(code TEXT, at INTEGER, detail TEXT, seen INTEGER);"
      "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB);";

/* A purge looks for a person's row by its application. */
static const char data_2[] = "CREATE INDEX person_of ON person(application);";

/* An alarm is said once: a restore that lost many lines looks for each of them. */
static const char data_3[] = "CREATE INDEX alarm_open ON alarm(code, detail) WHERE seen = 0;";

const char *const mado_centre_steps[] = { data_1, data_2, data_3 };
const guint       mado_centre_n_steps = G_N_ELEMENTS (mado_centre_steps);

static const char vault_1[]
    = "CREATE TABLE app_key(application BLOB PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;"
      "CREATE TABLE ledger(application BLOB PRIMARY KEY, rule TEXT, at INTEGER) WITHOUT ROWID;"
      "CREATE TABLE number(mac BLOB PRIMARY KEY, application BLOB, sealed BLOB, retired INTEGER)"
      " WITHOUT ROWID;"
      "CREATE TABLE plan(next INTEGER);"
      "CREATE TABLE lease(id BLOB PRIMARY KEY, terminal TEXT, lo INTEGER, hi INTEGER);"
      "CREATE TABLE challenge(id BLOB PRIMARY KEY, application BLOB);"
      "CREATE TABLE sent(notice TEXT PRIMARY KEY, application BLOB, kind TEXT, number BLOB,"
      " state TEXT, place INTEGER);"
      "CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB);"
      "CREATE TABLE box_key(id TEXT PRIMARY KEY, public BLOB NOT NULL, wrapped BLOB NOT NULL,"
      " made INTEGER NOT NULL);"
      "CREATE TABLE terminal(id TEXT PRIMARY KEY, branch TEXT, salt BLOB, password BLOB,"
      " fingerprint BLOB UNIQUE, revoked INTEGER NOT NULL, added INTEGER);";

const char *const mado_vault_steps[] = { vault_1 };
const guint       mado_vault_n_steps = G_N_ELEMENTS (mado_vault_steps);
