/* ui/said.h - reading the agent's documents in the words of the screen. */
#pragma once
#include <json-glib/json-glib.h>

/** Text at "member" or "outer/member"; "" when absent. Stays the document's. */
const char *mado_said (JsonObject *document, const char *path);

/** The same, a full-width space between names drawn as a plain one; (transfer full). */
char *mado_said_name (JsonObject *document, const char *path);

/** Integer at the same kind of path; @otherwise when absent. */
int mado_said_number (JsonObject *document, const char *path, int otherwise);

/** "10:39" from RFC 3339 in Japan's time; "" when absent. */
char *mado_said_time (JsonObject *document, const char *path);

/** "10:42" and "11月20日（金）" of @now (Unix seconds) in Japan. */
char *mado_clock_words (gint64 now);
char *mado_date_words (gint64 now);

/** "熊谷図書館" for "kumagaya"; the id itself when it is no branch of ours. */
char *mado_branch_words (const char *id);
